"""`devices read-card`: what an installer sees of a card, and what is said when there is none to see."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from devices.__main__ import main
from devices.id_card.people import invented_person
from devices.id_card.read_card import shown
from devices.id_card.simulator import IdCardSimulator
from hall.identity import DocumentKind, IdentityDocument

KEYS = [
    "kind", "name", "name_en", "number", "sex", "ethnic_group",
    "birth", "address", "authority", "valid_from", "valid_to",
]  # fmt: skip
KINDS = [DocumentKind.RESIDENT, DocumentKind.HMT_PERMIT, DocumentKind.FOREIGNER_2017, DocumentKind.FOREIGNER_2023]


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[IdCardSimulator]:
    twin = IdCardSimulator(link=tmp_path / "reader")
    twin.start()
    yield twin
    twin.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shown_masked_cannot_be_put_together_again(kind: DocumentKind) -> None:
    person = invented_person(Random(8), kind)
    masked, whole = shown(person, reveal=False), shown(person, reveal=True)
    assert list(masked) == list(whole) == KEYS
    assert whole["number"] == person.number
    assert whole["birth"] == str(person.birth)
    told = json.dumps(masked, ensure_ascii=False)
    secrets = (person.name, person.name_en, person.number, person.address, person.authority, str(person.birth))
    for secret in (*secrets, person.number[:4], person.number[6:14]):
        assert not secret or secret not in told
    assert [key for key in KEYS if masked[key] is None] == [key for key in KEYS if whole[key] is None]
    assert masked["number"] == "*" * (len(person.number) - 4) + person.number[-4:]
    assert masked["authority"] in (None, "****")


def test_what_a_card_does_not_state_is_null_and_a_long_term_is_said() -> None:
    bare = shown(IdentityDocument(DocumentKind.RESIDENT, "测试甲", "11010519491231002X", long_term=True), reveal=True)
    stated = {"kind": "resident", "name": "测试甲", "number": "11010519491231002X", "sex": "0", "valid_to": "长期"}
    assert bare == dict.fromkeys(KEYS) | stated


def test_a_card_is_read_masked_and_with_reveal_whole(twin: IdCardSimulator, capsys: pytest.CaptureFixture[str]) -> None:
    person = invented_person(Random(2))
    twin.act("lay", {"seed": 2})
    port = ["--port", twin.address, "--baud", "115200"]
    assert main(["read-card", *port, "--json"]) == 0
    told = capsys.readouterr()
    assert list(json.loads(told.out)) == KEYS
    assert person.number not in told.out + told.err
    assert "完整" not in told.err

    twin.act("lay", {"seed": 2, "newest_address": "某市新路2号"})
    assert main(["read-card", *port, "--json", "--reveal"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["number"] == person.number
    assert json.loads(told.out)["address"] == "某市新路2号"
    assert "完整内容" in told.err

    twin.act("lay", {"seed": 2, "kind": "hmt_permit"})
    assert main(["read-card", *port]) == 0
    assert "证件：港澳台居民居住证" in capsys.readouterr().out


def test_no_card_no_answer_and_no_port_are_told_apart(
    twin: IdCardSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    port = ["--port", twin.address, "--baud", "115200", "--timeout", "0.3"]
    assert main(["read-card", *port, "--json"]) == 1
    no_card = capsys.readouterr()
    twin.act("fault", {"kind": "40", "count": None})
    twin.act("lay", {"seed": 2})
    assert main(["read-card", *port, "--json"]) == 1
    no_document = capsys.readouterr()
    twin.act("fault", {"kind": "silence", "count": None})
    assert main(["read-card", *port, "--json"]) == 1
    silent = capsys.readouterr()
    twin.act("unplug", {})
    assert main(["read-card", *port, "--json"]) == 1
    no_port = capsys.readouterr()
    assert {told.out for told in (no_card, no_document, silent, no_port)} == {""}
    assert "没有读到证件" in no_card.err
    assert "不是身份证件" in no_document.err
    assert "没有回答" in silent.err
    assert "不可用" in no_port.err
    assert "放在阅读器上" not in no_port.err


@pytest.mark.parametrize(
    "wrong", [["--baud", "fast"], ["--timeout", "-1"], ["--timeout", "nan"], ["--timeout", "soon"]]
)
def test_what_cannot_be_meant_is_refused_in_words(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["read-card", "--port", "p", *wrong])
    assert refused.value.code == 2
    assert "应" in capsys.readouterr().err
