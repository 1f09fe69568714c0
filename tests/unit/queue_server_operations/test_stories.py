"""A day in a hall, told five times: closing time, lunch, a group without windows, a limit reached, 系统故障.

In each nobody is left without an end, the figures add up, and what people are told is so.
"""

from datetime import datetime

from hall.admission import NoNumber, refusal
from hall.catalog import Catalog
from hall.opening import WeekHours, local_time
from hall.ticket import LIVE, Ticket, TicketState
from hall.wire import commands
from hall.wire.replies import Reply
from hall.wire.views import Board, GroupNow
from queue_server.operations.sessions import CLERK_HOURS_US
from queue_server.operations.tick import tick
from queue_server.operations.views import board, hall_now
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.referee import SECOND, Referee, small_catalog

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
TWO_PERIODS = WeekHours(**dict.fromkeys(WEEK, ("09:00-12:00", "13:00-17:00")))
HOUR, MORNING = 3600, 11.5 * 3600  # the tests begin on a Monday at 21:30


class Day:
    """A Tuesday from nine in the morning: a kiosk, and clerks at all three windows."""

    def __init__(self, catalog: Catalog | None = None) -> None:
        self.referee = Referee(catalog=catalog or small_catalog(TWO_PERIODS))
        self.referee.pass_time(MORNING)
        self.kiosk = self.referee.kiosk()
        self.clerks: dict[int, Session] = {n: self.referee.clerk(n, f"100{n}") for n in (1, 2, 3)}

    def at(self, hour: int, minute: int = 0) -> None:
        """Let time pass until then, and what passes by itself with it."""
        now = self.local
        self.referee.pass_time((hour - now.hour) * HOUR + (minute - now.minute) * 60)
        self.tick()

    def tick(self) -> None:
        self.referee.run(lambda tx: tick(tx, self.referee.moment))

    @property
    def local(self) -> datetime:
        return local_time(self.referee.moment.wall_us, 480)

    @property
    def catalog(self) -> Catalog:
        return self.referee.run(lambda tx: tx.catalog())

    def come(self, *groups: str) -> None:
        """Citizens take numbers."""
        for group in groups:
            self.kiosk.issue(group)
        self.kiosk.push()

    def may_come(self, group: str, issued: int = 0) -> NoNumber | None:
        """What a kiosk answers to whoever comes now."""
        found = refusal(self.catalog, group, self.local, issued, None, ())
        return None if found is None else found[0]

    def do(self, window: int, kind: type, **fields: object) -> Reply:
        return self.referee.do(self.clerks[window], kind(request_id=self.referee.ids(), **fields))

    def serve(self, window: int) -> Ticket | None:
        """One citizen from call to end."""
        ticket = self.do(window, commands.CallNext).ticket
        if ticket is not None:
            for kind in (commands.StartService, commands.FinishService):
                assert self.do(window, kind, ticket=ticket.id).done
        return ticket

    def serve_everybody(self) -> None:
        while any(self.serve(window) for window in self.clerks):
            pass

    def states(self) -> list[TicketState]:
        with self.referee.store.read() as reader:
            return sorted(ticket.state for ticket in reader.every(Ticket))

    def group(self, group: str = "alpha") -> GroupNow:
        """What the manager sees of a group."""
        with self.referee.store.read() as reader:
            return next(each for each in hall_now(reader, self.referee.moment).groups if each.group == group)

    def board(self) -> Board:
        with self.referee.store.read() as reader:
            return board(reader, self.referee.moment)

    def is_over(self) -> None:
        """The night passes: everybody has an end, no window stands open, and the figures add up."""
        groups = [self.group(group.id) for group in self.catalog.groups]
        live = [ticket for ticket in self.states() if ticket in LIVE]
        ended = sum(group.finished + group.cancelled for group in groups)
        assert sum(group.issued for group in groups) == ended + len(live)
        self.referee.pass_time(CLERK_HOURS_US / SECOND + 12 * HOUR)
        self.tick()
        with self.referee.store.read() as reader:
            assert [ticket.number for ticket in reader.every(Ticket) if ticket.state in LIVE] == []
            assert check(reader).differences == ()
        assert self.board().calls == ()
        assert {group.waiting for group in self.board().groups} == {0}


def test_end_of_day_those_who_wait_are_served_to_the_last() -> None:
    day = Day()
    day.come("alpha", "alpha", "beta", "alpha")
    missed = day.do(1, commands.CallNext).ticket
    assert missed is not None
    for _ in range(2):
        day.do(1, commands.Recall, ticket=missed.id)
    day.do(1, commands.MarkMissed, ticket=missed.id)
    day.at(17)
    assert day.may_come("alpha") is NoNumber.CLOSED
    assert day.states() == [TicketState.CANCELLED, *[TicketState.WAITING] * 3]  # who was missed comes no more
    day.serve_everybody()
    assert day.states() == [TicketState.CANCELLED, *[TicketState.FINISHED] * 3]
    day.is_over()


def test_end_of_day_in_a_hall_that_serves_nobody_after_closing() -> None:
    day = Day(small_catalog(TWO_PERIODS, serve_after_closing=False))
    day.come("alpha", "alpha", "beta")
    here = day.do(1, commands.CallNext).ticket
    assert here is not None
    day.do(1, commands.StartService, ticket=here.id)
    day.at(17)
    assert day.states() == [TicketState.CANCELLED, TicketState.CANCELLED, TicketState.SERVING]
    assert [call.number for call in day.board().calls] == [here.number]  # nobody is sent away from a window
    day.is_over()


def test_lunch_gives_no_numbers_and_takes_none_away() -> None:
    day = Day()
    day.come("alpha", "beta", "alpha")
    day.at(12, 30)
    assert day.may_come("alpha") is NoNumber.CLOSED
    assert day.catalog.hours_of("alpha").next_opening(day.local) == day.local.replace(hour=13, minute=0)
    assert day.states() == [TicketState.WAITING] * 3
    assert {group.name: group.waiting for group in day.board().groups} == {"甲类": 2, "乙类": 1}
    day.at(13)
    assert day.may_come("alpha") is None
    day.serve_everybody()
    assert day.states() == [TicketState.FINISHED] * 3
    day.is_over()


def test_lunch_of_one_group_alone() -> None:
    catalog = small_catalog(WeekHours(**dict.fromkeys(WEEK, ("09:00-17:00",))))
    groups = tuple(
        each.model_copy(update={"hours": TWO_PERIODS if each.id == "alpha" else None}) for each in catalog.groups
    )
    day = Day(catalog.model_copy(update={"groups": groups}))
    day.come("alpha", "beta")
    day.at(12, 30)
    assert (day.may_come("alpha"), day.may_come("beta")) == (NoNumber.CLOSED, None)
    assert day.states() == [TicketState.WAITING] * 2
    day.is_over()


def test_a_group_whose_last_window_closes_is_seen_and_its_people_have_an_end() -> None:
    day = Day()
    day.come("beta", "beta")
    for window in (2, 3):
        assert day.do(window, commands.SignOut).done
        del day.clerks[window]
    seen = day.group("beta")
    assert (seen.waiting, seen.windows_open) == (2, 0)
    assert day.serve(1) is None
    day.clerks[2] = day.referee.clerk(2, "1002")  # somebody comes for one of them
    assert day.serve(2) is not None
    day.do(2, commands.SignOut)
    day.is_over()
    assert day.states() == [TicketState.CANCELLED, TicketState.FINISHED]


def test_a_group_that_a_new_catalogue_has_no_more() -> None:
    day = Day()
    day.come("alpha", "beta")
    catalog = day.catalog
    windows = tuple(each.model_copy(update={"groups": ("alpha",), "helps": {}}) for each in catalog.windows)
    day.referee.publish(catalog.model_copy(update={"groups": catalog.groups[:1], "windows": windows}))
    day.serve_everybody()
    assert day.states() == [TicketState.FINISHED, TicketState.WAITING]
    day.referee.pass_time(CLERK_HOURS_US / SECOND + 12 * HOUR)
    day.tick()
    assert day.states() == [TicketState.CANCELLED, TicketState.FINISHED]


def test_a_limit_reached_turns_away_who_comes_and_nobody_who_waits() -> None:
    catalog = small_catalog(TWO_PERIODS)
    groups = tuple(each.model_copy(update={"daily_limit": 2}) for each in catalog.groups)
    day = Day(catalog.model_copy(update={"groups": groups}))
    day.come("alpha", "alpha")
    assert day.may_come("alpha", day.group().issued) is NoNumber.FULL
    assert day.may_come("beta", day.group("beta").issued) is None
    without = day.do(1, commands.StartWithoutTicket, service="alpha_one").ticket
    assert without is not None  # a clerk may, limit or not
    day.do(1, commands.FinishService, ticket=without.id)
    day.serve_everybody()
    assert day.states() == [TicketState.FINISHED] * 3
    day.is_over()


def test_a_system_fails_for_an_hour() -> None:
    day = Day()
    day.come("alpha", "alpha", "beta")
    here = day.do(1, commands.CallNext).ticket
    assert here is not None
    day.do(1, commands.StartService, ticket=here.id)
    day.at(10)
    assert day.do(1, commands.DeclareFault, groups=("alpha",)).done
    assert "甲类系统故障" in day.board().notices[0]
    assert day.states() == [TicketState.CANCELLED, TicketState.SERVING, TicketState.WAITING]
    day.come("alpha")  # from a kiosk that has not heard of it
    day.at(10, 30)
    assert day.states() == [TicketState.CANCELLED, TicketState.CANCELLED, TicketState.SERVING, TicketState.WAITING]
    day.do(1, commands.FinishService, ticket=here.id)
    day.at(11)
    assert day.do(1, commands.EndFault, groups=("alpha",)).done
    assert day.board().notices == ()
    day.come("alpha")
    day.serve_everybody()
    assert day.states() == [TicketState.CANCELLED, TicketState.CANCELLED, *[TicketState.FINISHED] * 3]
    day.is_over()
