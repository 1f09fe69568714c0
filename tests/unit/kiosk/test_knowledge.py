"""What a kiosk says of waits: only while it is connected, and only while it is fresh."""

from pathlib import Path

from hall.waiting import Wait, WaitKind
from hall.wire.views import GroupWait, Waits
from kiosk.knowledge import Knowledge
from tests.support.kiosks import GROUP, SetClock, kiosk_ledger

ORDINARY, PRIORITY = (Wait(kind=WaitKind.RANGE, low=low, high=20) for low in (10, 0))


def test_a_wait_is_said_while_it_is_fresh_and_the_server_answers(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        knowledge = Knowledge(ledger, clock)
        knowledge.set_online(True)
        assert knowledge.wait(GROUP) is None
        foretold = GroupWait(group=GROUP, ordinary=ORDINARY, priority=PRIORITY)
        knowledge.set_waits(Waits(at=1, groups=(foretold,)))  # whatever the server's clock says
        assert (knowledge.wait(GROUP), knowledge.wait(GROUP, priority=True)) == (ORDINARY, PRIORITY)
        assert knowledge.wait("tax") is None
        knowledge.set_online(False)
        assert knowledge.wait(GROUP) is None
        knowledge.set_online(True)
        clock.minutes += 1
        assert knowledge.wait(GROUP) == ORDINARY
        clock.minutes += 0.1
        assert knowledge.wait(GROUP) is None
        knowledge.set_waits(Waits(at=2))
        assert knowledge.wait(GROUP) is None
