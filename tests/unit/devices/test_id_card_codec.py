"""Frames and text layouts of ID-card readers against vectors written by hand, and against anything at all."""

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.errors import DeviceGarbled
from devices.id_card import codec, layouts
from devices.id_card.frames import Deframer, frame
from devices.id_card.people import invented_person
from hall.identity import DocumentKind, IdentityDocument, Sex, is_citizen_number
from tests.golden.id_card import builder

GOLDEN = Path(__file__).parents[2] / "golden" / "id_card"
EXCHANGES = json.loads((GOLDEN / "exchanges.json").read_text("utf-8"))
LAYOUTS = json.loads((GOLDEN / "layouts.json").read_text("utf-8"))
CARDS = LAYOUTS["cards"]
GROUPS = LAYOUTS["ethnic_groups"].split()
CARD_KINDS = (
    DocumentKind.RESIDENT,
    DocumentKind.HMT_PERMIT,
    DocumentKind.FOREIGNER_2017,
    DocumentKind.FOREIGNER_2023,
)


@pytest.mark.parametrize("name", EXCHANGES["requests"])
def test_requests_are_the_published_bytes(name: str) -> None:
    assert codec.Command[name].request == bytes.fromhex(EXCHANGES["requests"][name])


@pytest.mark.parametrize("example", EXCHANGES["answers"], ids=lambda e: e["frame"][15:])
def test_published_answers_are_understood_and_made(example: dict[str, str]) -> None:
    answer = codec.AnswerStream().feed(bytes.fromhex(example["frame"]))
    assert answer is not None
    assert (answer.status, answer.data) == (int(example["status"], 16), bytes.fromhex(example["data"]))
    assert codec.answer_frame(answer.status, answer.data) == bytes.fromhex(example["frame"])


def test_the_handset_timeout_is_known_for_what_it_is() -> None:
    stream = codec.AnswerStream()
    assert stream.feed(bytes.fromhex(EXCHANGES["oem_timeout"])) is None
    assert stream.timed_out
    assert not stream.damaged


@pytest.mark.parametrize("example", EXCHANGES["read_answers"], ids=lambda e: e["bytes"])
def test_a_read_answer_gives_its_text_whatever_follows(example: dict[str, Any]) -> None:
    text = builder.card(CARDS[0]["fields"])
    whole = builder.read_answer(text, example["fingerprint"])
    assert len(whole) == example["bytes"]
    assert whole.startswith(bytes.fromhex(example["begins"]))
    answer = codec.AnswerStream().feed(whole)
    assert answer is not None
    assert answer.status == codec.Status.OK
    assert codec.text_of_read(answer.data) == text
    too_short_a_text = bytes.fromhex("00 FE 04 00 00 00") + bytes(254 + 1024)
    for broken in (answer.data[:-1], answer.data + b" ", answer.data[:3], too_short_a_text):
        with pytest.raises(DeviceGarbled):
            codec.text_of_read(broken)
    if example["fingerprint"] is None:
        assert codec.answer_frame(codec.Status.OK, codec.read_data(text, answer.data[-1024:])) == whole


def test_a_module_s_number_is_told_as_its_maker_prints_it() -> None:
    answer = codec.AnswerStream().feed(bytes.fromhex(EXCHANGES["sam_id"]["frame"]))
    assert answer is not None
    assert codec.sam_id_text(answer.data) == EXCHANGES["sam_id"]["text"]
    with pytest.raises(DeviceGarbled):
        codec.sam_id_text(answer.data[:-1])


def test_a_request_with_data_is_the_published_one() -> None:
    for name, example in EXCHANGES["request_with_data"].items():
        assert frame(codec.Command[name].value + bytes.fromhex(example["data"])) == bytes.fromhex(example["frame"])
    assert set(codec.Command.__members__) == {*EXCHANGES["requests"], *EXCHANGES["request_with_data"]}


def test_every_status_has_a_published_answer() -> None:
    assert {int(example["status"], 16) for example in EXCHANGES["answers"]} == set(codec.Status)


@pytest.mark.parametrize("number", LAYOUTS["numbers"])
def test_a_specimen_number_verifies_and_no_single_change_of_it_does(number: str) -> None:
    assert is_citizen_number(number)
    changes = [
        number[:at] + other + number[at + 1 :]
        for at in range(18)
        for other in ("0123456789X" if at == 17 else "0123456789")
        if other != number[at]
    ]
    assert len(changes) == 17 * 9 + 10
    assert [changed for changed in changes if is_citizen_number(changed)] == []


@pytest.mark.parametrize(("code", "name"), [*zip(GROUPS[::2], GROUPS[1::2], strict=True), ("77", "77")])
def test_every_ethnic_group_has_its_name_and_an_unknown_one_shows_its_code(code: str, name: str) -> None:
    assert layouts.document_of(builder.card([*CARDS[0]["fields"], (32, 4, code)])).ethnic_group == name


@pytest.mark.parametrize(("code", "sex"), LAYOUTS["sexes"].items())
def test_nobody_is_made_a_woman_for_want_of_a_code(code: str, sex: str) -> None:
    assert layouts.document_of(builder.card([*CARDS[0]["fields"], (30, 2, code)])).sex == Sex(sex)


def test_an_answer_never_shows_its_data() -> None:
    assert "secret" not in repr(codec.Answer(0x90, b"secret"))


@given(st.binary(max_size=40), st.lists(st.binary(min_size=3, max_size=60), max_size=4), st.integers(1, 70))
def test_frames_are_found_however_the_bytes_are_cut(noise: bytes, payloads: list[bytes], step: int) -> None:
    noise = noise.replace(b"\xaa", b"\x00")
    stream = noise + b"\xaa".join([b"", *map(frame, payloads)])
    deframer = Deframer(least=4)
    found = [p for at in range(0, len(stream), step) for p in deframer.feed(stream[at : at + step])]
    assert found == payloads
    assert deframer.missing > 0


@given(st.binary(min_size=3, max_size=60), st.data())
def test_one_flipped_bit_never_passes_as_an_answer(payload: bytes, data: st.DataObject) -> None:
    whole = bytearray(frame(payload))
    # A length field that lies can by chance end where the XOR fits; everywhere else one bit is always noticed.
    bit = data.draw(st.sampled_from([*range(40), *range(56, len(whole) * 8)]))
    whole[bit // 8] ^= 1 << bit % 8
    assert Deframer(least=4).feed(bytes(whole)) == []


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_any_stream_is_survived_and_asks_for_more(pieces: list[bytes]) -> None:
    stream = codec.AnswerStream()
    for piece in pieces:
        stream.feed(piece)
        assert 0 < stream.missing <= 4103


def _plain(document: IdentityDocument, names: list[str]) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in names}
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in values.items()}


@pytest.mark.parametrize("card", CARDS, ids=lambda c: c["name"])
def test_cards_laid_out_by_hand_are_read(card: dict[str, Any]) -> None:
    document = layouts.document_of(builder.card(card["fields"]))
    assert _plain(document, list(card["document"])) == card["document"]


def test_an_appended_address_is_the_valid_one() -> None:
    text = builder.card(CARDS[0]["fields"])
    appended = layouts.address_of(layouts.address_bytes("某市新址9号"))
    assert layouts.document_of(text, appended).address == "某市新址9号"
    assert layouts.address_of(b" \0" * 35) is None
    with pytest.raises(ValueError, match="35"):
        layouts.address_bytes("长" * 36)


NAME_TEXT = st.text(st.characters(codec="utf-16-le", exclude_characters=" \0\u3000"), min_size=1, max_size=7)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(st.sampled_from(CARD_KINDS), st.integers(0, 10**6), NAME_TEXT, st.sampled_from(Sex), DAYS)
def test_what_a_twin_lays_is_what_is_read(kind: DocumentKind, seed: int, name: str, sex: Sex, day: date) -> None:
    person = invented_person(Random(seed), kind)
    fields = {n: getattr(person, n) for n in IdentityDocument.__dataclass_fields__}
    document = IdentityDocument(**fields | {"name": name, "sex": sex, "birth": day})
    text = layouts.text_of(document)
    assert len(text) == 256
    assert layouts.document_of(text) == document


@given(st.one_of(st.binary(max_size=300), st.binary(min_size=256, max_size=256)))
def test_any_bytes_become_a_document_or_a_named_error(text: bytes) -> None:
    try:
        document = layouts.document_of(text)
    except DeviceGarbled as error:
        code = error.code
    else:
        code = f"id_card.number of {len(document.number)}"
    assert code.startswith("id_card.")


@given(st.binary(min_size=2, max_size=30), st.integers(0, 218))
def test_a_right_number_makes_any_card_readable(junk: bytes, at: int) -> None:
    text = bytearray(builder.card(CARDS[0]["fields"]))
    text[at : at + len(junk)] = junk
    text[122:158] = "11010519491231002X".encode("utf-16-le")
    text[0:2] = "测".encode("utf-16-le")
    document = layouts.document_of(bytes(text))
    document.name.encode("utf-16-le")  # no half characters: whatever stands there can be shown and stored
    assert document.kind is DocumentKind.RESIDENT


def test_a_card_that_the_layouts_do_not_know_cannot_be_laid() -> None:
    with pytest.raises(ValueError, match="芯片"):
        layouts.text_of(IdentityDocument(kind=DocumentKind.PASSPORT, name="测", number="X1"))
