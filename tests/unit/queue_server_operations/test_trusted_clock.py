"""A server's clock that leaps closes no day over waiting citizens, and the manager is told."""

import pytest

from hall.ticket import Ticket, TicketState
from hall.window import WindowState
from queue_server.operations.tick import tick
from queue_server.operations.trusted_clock import CLOCK, SERVER, trust
from queue_server.store.records import Health
from tests.support.referee import SECOND, Referee

HOUR = 3600


class Waiting:
    """Somebody waits, a clerk sits at window 1, the clock has been looked at once."""

    def __init__(self) -> None:
        self.referee = Referee()
        kiosk = self.referee.kiosk()
        self.referee.clerk(1)
        self.id = kiosk.issue().ticket
        kiosk.push()
        self.tick()

    def leap(self, seconds: float) -> None:
        """The wall clock alone is set."""
        moment = self.referee.moment
        self.referee.moment = moment.model_copy(update={"wall_us": moment.wall_us + round(seconds * SECOND)})

    def tick(self, after: float = 5) -> None:
        self.referee.pass_time(after)
        self.referee.run(lambda tx: tick(tx, self.referee.moment))

    @property
    def state(self) -> TicketState:
        ticket = self.referee.run(lambda tx: tx.get(Ticket, self.id))
        assert ticket is not None
        return ticket.state

    @property
    def alarm(self) -> str:
        health = self.referee.run(lambda tx: tx.get(Health, SERVER, CLOCK))
        return "" if health is None else health.state


@pytest.mark.parametrize("hours", [24, 48, -48])
def test_a_leap_ends_nobodys_wait_and_is_over_when_the_clock_has_agreed_for_ten_minutes(hours: int) -> None:
    hall = Waiting()
    hall.leap(hours * HOUR)
    hall.tick()
    hall.tick()
    assert (hall.state, hall.alarm) == (TicketState.WAITING, "fault")
    assert hall.referee.run(lambda tx: tx.window(1)).state is WindowState.IDLE
    told = hall.referee.run(lambda tx: [e for e in tx.entries() if e.fact.body.kind == "health_changed"])
    assert len(told) == 1
    hall.leap(-hours * HOUR)
    hall.tick()
    assert hall.alarm == "fault"
    hall.tick(after=600)
    assert (hall.state, hall.alarm) == (TicketState.WAITING, "online")
    hall.tick(after=24 * HOUR)
    assert hall.state is TicketState.CANCELLED


def test_a_day_that_passes_is_no_leap_nor_are_small_corrections() -> None:
    hall = Waiting()
    for _ in range(3):
        hall.leap(HOUR * 0.9)
        hall.tick()
    assert hall.alarm == ""
    hall.tick(after=24 * HOUR)
    assert (hall.state, hall.alarm) == (TicketState.CANCELLED, "")


@pytest.mark.parametrize("machine", [True, False])
def test_whoever_starts_it_anew_has_looked_at_the_clock(machine: bool) -> None:
    hall = Waiting()
    hall.leap(24 * HOUR)
    hall.tick()
    if machine:
        hall.referee.reboot()
    else:
        hall.referee.run(lambda tx: trust(tx, hall.referee.moment))
    hall.tick()
    assert (hall.state, hall.alarm) == (TicketState.CANCELLED, "online")
