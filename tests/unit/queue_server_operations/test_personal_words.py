"""A reason that holds somebody's number is refused, and stands nowhere afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.link.act_log import ActLog
from tests.support.referee import Referee

NUMBER = "13812345678"
WORDS = f"复印 {NUMBER}"


def call(request: str, ticket: str) -> commands.Command:
    return commands.CallTicket(request_id=request, ticket=ticket, reason=WORDS)


def hold(request: str, ticket: str) -> commands.Command:
    return commands.Hold(request_id=request, ticket=ticket, reason=WORDS)


def pause(request: str, ticket: str) -> commands.Command:
    return commands.Pause(request_id=request, reason=WORDS)


def fault(request: str, ticket: str) -> commands.Command:
    return commands.DeclareFault(request_id=request, groups=("alpha",), reason=WORDS)


@pytest.mark.parametrize("asking", [call, hold, pause, fault])
def test_it_is_refused_in_every_act_that_takes_a_reason(
    tmp_path: Path, asking: Callable[[str, str], commands.Command]
) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk = referee.kiosk()
    ticket = kiosk.issue().ticket
    kiosk.push()
    command = asking(referee.ids(), ticket)
    clerk = referee.clerk(1)
    reply = referee.do(clerk, command)
    assert reply.refusal is Refusal.PERSONAL_WORDS
    assert referee.do(clerk, command) == reply, "again, the answer of the first"
    with referee.store.read() as reader:
        assert not any(NUMBER in entry.model_dump_json() for entry in reader.entries())
    referee.store.close()
    assert not any(NUMBER.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_the_window_does_not_write_it_down_either(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked("1001", hold("a" * 32, "b" * 32))
    assert not any(NUMBER.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_other_words_are_as_welcome_as_before() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    ticket = kiosk.issue().ticket
    kiosk.push()
    asked = commands.CallTicket(request_id=referee.ids(), ticket=ticket, reason="抱着孩子，2 岁")
    assert referee.do(referee.clerk(1), asked).done
