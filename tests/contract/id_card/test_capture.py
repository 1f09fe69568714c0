"""A recorded reader with an invented person in it: nothing of the real one is left, and the driver reads it again."""

import threading
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import capture
from devices.__main__ import main
from devices.errors import DeviceSilent
from devices.id_card import CardEvent, CardRead
from devices.id_card.codec import Command
from devices.id_card.drivers.sdt import SdtReader
from devices.id_card.layouts import text_of
from devices.id_card.people import invented_person
from devices.id_card.redaction import redacted, survivors
from devices.id_card.simulator import IdCardSimulator
from devices.transports import ReplayTransport, Said
from hall.identity import DocumentKind, IdentityDocument, is_citizen_number
from tests.golden.id_card import builder

TRACES = sorted((Path(__file__).parents[2] / "traces" / "id_card").glob("*.txt"))
# What no two cards have alike, rare and private-use characters among it.
NAME, ADDRESS, AUTHORITY = "𬱖\ue86c𠮷", "某省某县㛃村九组 12-3号", "某县公安局"


def played(recording: str) -> IdentityDocument:
    """The document that the driver reads from a recording."""
    told: list[CardEvent] = []
    transport = ReplayTransport(recording)
    reader = SdtReader(transport, told.append, with_newest_address=True, poll_s=0.01)
    reader.open()
    with pytest.raises(DeviceSilent):
        reader.watch(threading.Event())
    assert transport.finished
    [event] = told
    assert isinstance(event, CardRead)
    return event.document


@pytest.mark.parametrize("trace", TRACES, ids=lambda path: path.stem)
def test_recorded_readers_are_read(trace: Path) -> None:
    assert played(trace.read_text("utf-8")).number


def fields_of(person: IdentityDocument) -> dict[str, Any]:
    kept = {"kind", "name", "number", "sex", "ethnic_group", "address", "authority", "long_term"}
    return {name: getattr(person, name) for name in kept}


def test_a_captured_card_holds_nothing_of_the_person_and_plays_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = replace(invented_person(Random(4)), name=NAME, address=ADDRESS, authority=AUTHORITY)
    person = replace(person, ethnic_group="蒙古", long_term=True, valid_to=None)
    twin = IdCardSimulator(link=tmp_path / "reader")
    twin.start()
    try:
        twin.act("lay", {"document": fields_of(person), "newest_address": "某省某县新村一组8号"})
        twin.act("fault", {"kind": "flipped_bit", "on": "READ"})  # the damaged answer holds the person too
        options = ["capture", "id_card", "--port", twin.address, "--baud", "115200", "--folder", str(tmp_path)]
        assert main([*options, "--name", "herder"]) == 0
        assert main([*options, "--name", "herder"]) == 1
        assert main([*options, "--name", "../up"]) == 1
        assert main([*options[:-1], str(tmp_path / "none"), "--name", "herder"]) == 1
    finally:
        twin.stop()
    told = capsys.readouterr()
    assert "已经有了" in told.err
    assert person.number not in told.out + told.err

    recording = (tmp_path / "herder.txt").read_text("utf-8")
    heard = "".join(line[2:] for line in recording.splitlines() if line.startswith("<")).replace(" ", "").lower()
    of_the_person = [NAME, ADDRESS, AUTHORITY, person.number, "新村一组8号", "蒙古"]
    for secret in [*of_the_person, *(person.number[at : at + 5] for at in range(6, 14))]:
        assert secret.encode("utf-16-le").hex() not in heard
    assert bytes(index * 37 % 256 for index in range(16)).hex() not in heard  # the twin's photo

    invented = played(recording)
    assert is_citizen_number(invented.number)
    assert (invented.kind, invented.long_term) == (DocumentKind.RESIDENT, True)
    assert [len(character.encode("utf-16-le")) for character in invented.name] == [4, 2, 4]
    assert invented.name[1] == "\ue000"
    assert len(invented.address or "") == len("某省某县新村一组8号")


def test_nothing_is_written_when_something_personal_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    careless = replace(capture.CAPTURES["id_card"], redact=lambda conversation, _: list(conversation))
    monkeypatch.setattr(capture, "CAPTURES", {"id_card": careless})
    twin = IdCardSimulator(link=tmp_path / "reader")
    twin.start()
    try:
        twin.act("lay", {"seed": 5})
        where = ["--port", twin.address, "--baud", "115200", "--folder", str(tmp_path), "--name", "left"]
        assert main(["capture", "id_card", *where]) == 1
    finally:
        twin.stop()
    assert "没有写文件" in capsys.readouterr().err
    assert not (tmp_path / "left.txt").exists()


def test_the_serial_numbers_of_reader_and_card_are_replaced_and_idle_polls_left_out() -> None:
    module, card = bytes(range(101, 117)), bytes(range(201, 209))
    poll: list[Said] = [(">", Command.FIND.request), ("<", builder.answer(0x80))]
    conversation: list[Said] = [
        (">", Command.SAM_ID.request),
        ("<", builder.answer(0x90, module)),
        *(5 * poll),
        (">", Command.SAM_STATUS.request),
        ("<", builder.answer(0x90)),
        *poll,
        (">", Command.FIND.request),
        ("<", builder.answer(0x9F, card[:4])),
        (">", Command.SELECT.request),
        ("<", builder.answer(0x90, card)),
    ]
    told = redacted(conversation, Random(1))
    assert [data for direction, data in told if direction == ">"] == [
        Command.SAM_ID.request,
        *(3 * [Command.FIND.request]),
        Command.SELECT.request,
    ]
    left = b"".join(data for _, data in told)
    for secret in (module, card):
        assert not any(secret[at : at + 3] in left for at in range(len(secret) - 2))


KINDS = [DocumentKind.RESIDENT, DocumentKind.HMT_PERMIT, DocumentKind.FOREIGNER_2017, DocumentKind.FOREIGNER_2023]


@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(0, 1295), st.integers(0, 1294), st.binary(max_size=9))
def test_no_damage_lets_a_person_through(kind: DocumentKind, seed: int, cut: int, hit: int, noise: bytes) -> None:
    person = invented_person(Random(seed), kind)
    answer = bytearray(builder.read_answer(text_of(person)))
    answer[hit] ^= 0x40
    whole = [(">", Command.READ.request), ("<", builder.read_answer(text_of(person)))]
    damaged: list[Said] = [(">", Command.READ.request), ("<", noise + bytes(answer[:cut]))]
    for conversation in (damaged, [*whole, *damaged], [*whole, ("<", bytes(answer[cut:]))]):
        told = redacted(conversation, Random(seed + 1))
        assert [len(data) for _, data in told] == [len(data) for _, data in conversation]
        assert survivors([*whole, *conversation], told) == []
        left = b"".join(data for direction, data in told if direction == "<")
        assert person.number.encode("utf-16-le") not in left


def test_no_rare_character_of_a_name_survives() -> None:
    name = "⺁\ue000𠮷①♥é"
    text = bytearray(text_of(invented_person(Random(1))))
    text[0:30] = name.encode("utf-16-le").ljust(30, b"\0")
    text[248:250] = "龘".encode("utf-16-le")
    told = redacted([(">", Command.READ.request), ("<", builder.read_answer(bytes(text)))], Random(2))
    left = b"".join(data for direction, data in told if direction == "<")
    for character in f"{name}龘":
        assert character.encode("utf-16-le") not in left, character
