"""What a printer says of itself."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer import PrinterStatus, Trouble
from devices.printer.status import AnswerReader, from_answers, from_asb

WELL = 0x12


def test_twelve_hexadecimal_four_times_is_a_printer_in_order() -> None:
    status = from_answers(WELL, WELL, WELL, WELL)
    assert status == PrinterStatus()
    assert status.ready
    assert (status.words, status.advice) == ("打印机正常", "")


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ((0x1A, WELL, WELL, WELL), Trouble.OFFLINE),
        ((0x1A, 0x16, WELL, WELL), Trouble.COVER_OPEN),
        ((0x1A, 0x32, WELL, 0x72), Trouble.PAPER_END),
        ((0x1A, 0x32, WELL, WELL), Trouble.PAPER_END),
        ((WELL, WELL, WELL, 0x7E), Trouble.PAPER_END),
        ((WELL, WELL, WELL, 0x32), Trouble.PAPER_END),  # one bit of the pair is enough
        ((WELL, WELL, WELL, 0x52), Trouble.PAPER_END),
        ((0x1A, 0x52, 0x1A, WELL), Trouble.CUTTER),
        ((0x1A, 0x52, 0x32, WELL), Trouble.BROKEN),
        ((0x1A, 0x52, 0x52, WELL), Trouble.HOT),
        ((0x1A, 0x52, WELL, WELL), Trouble.ERROR),
        ((0x5A, 0x1A, WELL, WELL), Trouble.FEEDING),
    ],
)
def test_every_trouble_stops_printing_and_has_words_and_advice(
    answers: tuple[int, int, int, int], trouble: Trouble
) -> None:
    status = from_answers(*answers)
    assert status.trouble is trouble
    assert not status.ready
    assert status.words
    assert status.advice


@pytest.mark.parametrize("paper", [0x1E, 0x16, 0x1A])
def test_paper_near_its_end_still_prints(paper: int) -> None:
    status = from_answers(WELL, WELL, WELL, paper)
    assert status.trouble is Trouble.NEAR_END
    assert status.ready


def test_silence_is_never_taken_for_paper() -> None:
    status = PrinterStatus.unheard()
    assert status.trouble is Trouble.SILENT
    assert not status.ready
    assert not status.online


@pytest.mark.parametrize(
    ("packet", "trouble"),
    [
        ("10 00 00 0f", None),
        ("18 00 00 0f", Trouble.OFFLINE),
        ("38 00 00 0f", Trouble.COVER_OPEN),
        ("18 08 00 0f", Trouble.CUTTER),
        ("18 20 00 0f", Trouble.BROKEN),
        ("18 40 00 0f", Trouble.HOT),
        ("58 00 00 0f", Trouble.FEEDING),
        ("10 00 03 0f", Trouble.NEAR_END),
        ("18 00 0f 0f", Trouble.PAPER_END),
    ],
)
def test_automatic_status_says_the_same(packet: str, trouble: Trouble | None) -> None:
    assert from_asb(bytes.fromhex(packet)).trouble is trouble


@pytest.mark.parametrize("packet", ["12 00 00 0f", "10 00 00", "90 00 00 00"])
def test_what_is_no_automatic_status_is_refused(packet: str) -> None:
    with pytest.raises(ValueError, match="not an automatic status"):
        from_asb(bytes.fromhex(packet))


@given(
    st.lists(st.sampled_from([b"\x12", b"\x1e", b"\x7e", b"\x10\x00\x03\x0f", b"\x38\x40\x0f\x0f", b"\x03", b"\x93"]))
)
def test_answers_packets_and_echoes_are_told_apart_in_any_order(parts: list[bytes]) -> None:
    heard = AnswerReader()
    heard.feed(b"".join(parts))
    packets = [part for part in parts if len(part) == 4]
    assert heard.answers == [part[0] for part in parts if part in (b"\x12", b"\x1e", b"\x7e")]
    assert heard.echoes == parts.count(b"\x03")
    assert heard.automatic == (from_asb(packets[-1]) if packets else None)


def test_a_packet_may_arrive_in_two_halves() -> None:
    heard = AnswerReader()
    heard.feed(b"\x18\x00")
    heard.feed(b"\x0f\x0f\x12")
    assert heard.automatic is not None
    assert heard.automatic.paper_end
    assert heard.answers == [0x12]


def test_a_packet_whose_end_was_lost_swallows_no_answer() -> None:
    heard = AnswerReader()
    heard.feed(b"\x18\x00\x12\x1e")
    assert heard.answers == [0x12, 0x1E]
    assert heard.automatic is None


@pytest.mark.parametrize("byte", sorted(set(range(256)) - {0x00, 0x03, 0x0C, 0x0F}))
def test_no_byte_but_the_four_of_the_manuals_is_an_echo(byte: int) -> None:
    heard = AnswerReader()
    heard.feed(bytes([byte]))
    assert heard.echoes == 0


def test_an_answer_inside_a_packet_leaves_its_rest_no_echo() -> None:
    heard = AnswerReader()
    heard.feed(b"\x18\x00\x12\x0f\x00")
    assert (heard.answers, heard.echoes) == ([0x12], 0)
    assert heard.automatic is not None
    assert heard.automatic.paper_end


def test_the_rest_of_a_packet_that_was_forgotten_is_no_echo() -> None:
    heard = AnswerReader()
    heard.feed(b"\x10\x00")
    heard.forget()
    heard.feed(b"\x00\x00")
    assert heard.echoes == 0


def test_a_finger_on_the_feed_button_of_a_printer_that_is_on_line_is_no_trouble() -> None:
    assert from_answers(0x12, 0x1A, WELL, WELL).ready


def test_a_million_bytes_of_noise_are_sorted_without_a_fault() -> None:
    heard, noise = AnswerReader(), Random(7).randbytes(1_000_000)
    heard.feed(noise)
    assert heard.automatic is not None
    assert set(heard.answers) <= {byte for byte in range(256) if byte & 0x93 == 0x12}
