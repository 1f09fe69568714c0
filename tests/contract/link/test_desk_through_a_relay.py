"""A clerk's link over a line that swallows answers: however often somebody presses, one citizen is called."""

from pathlib import Path

import pytest

from hall.facts import TicketCalled
from hall.wire.commands import CallNext, Pause
from hall.wire.replies import Refusal
from installer.rehearsal.relay import Way
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import ServerAway
from queue_server.link.find import Finder
from queue_server.link.settling import Settled
from tests.support.relayed import RelayedHall, relayed_hall
from tests.support.served_hall import PIN, clerk_of
from tests.support.watch import Watch


class AtTheWindow:
    """A desk behind the relay."""

    def __init__(self, hall: RelayedHall, log: ActLog) -> None:
        self.live: Watch[bool] = Watch()
        self.settled: Watch[Settled] = Watch()
        self.link = DeskLink(
            Finder(f"http://{hall.relay.address}"),
            1,
            SystemClock(),
            log,
            on_desk=lambda _: None,
            on_state=lambda live, _: self.live(live),
            on_signed_out=lambda: None,
            on_settled=self.settled,
            jitter=lambda: 0.0,
        )


def called(hall: RelayedHall) -> list[str]:
    return [entry.fact.body.ticket for entry in hall.journal() if isinstance(entry.fact.body, TicketCalled)]


@pytest.mark.parametrize("lost", list(Way))
def test_a_press_whose_answer_was_lost_gets_the_same_citizen_again(tmp_path: Path, lost: Way) -> None:
    with relayed_hall(tmp_path) as hall, ActLog(tmp_path / "window") as log:
        hall.issue(2)
        hall.all_arrived()
        window = AtTheWindow(hall, log)
        try:
            window.link.sign_in(clerk_of(1), PIN)
            window.live.until(lambda live: live)
            hall.relay.hold(lost)
            with pytest.raises(ServerAway):
                window.link.send(CallNext(request_id=new_id()), patience_s=0)
            hall.relay.heal()
            reply = window.link.send(CallNext(request_id=new_id()))
            if not reply.done:  # the view broke as well, and the open press came to its end by itself
                assert reply.refusal is Refusal.WINDOW_BUSY
            assert len(called(hall)) == 1
            assert window.link.send(Pause(request_id=new_id())).done
            assert log.unanswered() == []
        finally:
            window.link.close()
