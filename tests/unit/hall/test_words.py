"""What may not even be written: absurd numbers, truth values for levels, words that turn a line around."""

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from hall.facts import HealthChanged, TicketIssued
from hall.wire.commands import Command, Rate
from tests.support.tickets import issued

COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
RATE = {"kind": "rate", "request_id": "a" * 32, "ticket": "b" * 32}


@pytest.mark.parametrize("changed", [{"n": 2**63 - 1}, {"n": 0}, {"service": "a" * 900}, {"group": "a\u202eb"}])
def test_one_absurd_fact_cannot_stop_a_prefix(changed: dict[str, object]) -> None:
    good = json.loads(issued(1).model_dump_json())
    assert TicketIssued.model_validate_json(json.dumps(good)).n == 1
    with pytest.raises(ValidationError):
        TicketIssued.model_validate_json(json.dumps(good | changed))


@pytest.mark.parametrize("words", ["缺纸\n", "\x1b@", "a\u202eb", "字" * 121])
def test_words_for_the_manager_hold_no_controls(words: str) -> None:
    with pytest.raises(ValidationError):
        HealthChanged(device="kiosk-1", part="printer", state="fault", problem=words)


@pytest.mark.parametrize("level", [True, False, 0, 6, "5", 4.5])
def test_a_level_is_one_of_five(level: object) -> None:
    with pytest.raises(ValidationError):
        COMMAND.validate_json(json.dumps(RATE | {"level": level}))


def test_a_pressed_level_is_read() -> None:
    command = COMMAND.validate_json(json.dumps(RATE | {"level": 4}))
    assert isinstance(command, Rate)
    assert command.level == 4
