"""Whether the server's memory grows from day to day: a week of full days at a real server, measured after each night.

Its clock is carried forward (`carried_clock`), so the day turns, numbers begin anew, sessions end, leases run out,
backups are made and tried, and what was said of waits comes true, as in a week of real time.
"""

import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

from hall.clock import DAY_US, MINUTE_US
from hall.facts import TicketIssued
from hall.opening import business_day, local_time
from hall.slip_code import SlipCode, seal
from hall.wire.sync import SentFact
from installer.bench.boards import Boards
from installer.bench.calling import call_next, finish, sign_in, ticket_called
from installer.bench.carried_clock import CarriedClock
from installer.bench.clients import Clients
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure
from installer.bench.halls import WINDOWS, BenchHall
from installer.bench.lanes import open_lanes
from installer.bench.sizes import Sizes
from installer.bench.using import child_of, resident_mb
from installer.hall_api import HallApi

DAYS, _BOARDS = 7, 20
_OPENS, _CLOSES, _NIGHT = 8 * 60, 17 * 60, 3 * 60 + 30
"""Minutes after midnight; at night the backup of the day is made and tried."""
_BARS = {"the server": "flat: ≤ 1.05", "its forecast": "fills for sixty days, on purpose"}
_FORECAST = "queue_server.forecast.worker"
_PATIENCE_S, _LOOK_S = 60.0, 0.2


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Memory of the server and of its forecast after each day; half a week fills what is kept on purpose."""
    file = hall.folder / "clock"
    clock = CarriedClock(file)
    clerks = hall.clerks(WINDOWS)
    server = hall.crew.start("server", "installer.bench.carried_server", str(hall.stage.settings), str(file))
    server.hear("address")
    week, half = _Week(hall, clock), dict[str, float]()
    for day in range(1, DAYS + 1):
        week.morning()
        sessions = [sign_in(hall, window, staff.staff, staff.pin) for window, staff in clerks]
        week.day(sizes.citizens, sessions)
        week.night()
        held = dict(zip(_BARS, map(resident_mb, (server.pid, child_of(server.pid, _FORECAST))), strict=True))
        for whose, megabytes in held.items():
            against = Against(half[whose], "half way") if half else None
            what = f"week: memory of {whose} after day {day} of {sizes.citizens:,}"
            yield figure(what, megabytes, "MB", _BARS[whose] if day == DAYS else "", against)
        if day == (DAYS + 1) // 2:
            half = held


class _Week:
    """The people of the hall, one day after another."""

    def __init__(self, hall: BenchHall, clock: CarriedClock) -> None:
        self._hall = hall
        self._clock = clock
        (self._lane,) = open_lanes(hall, 1, clock)
        self._offset = hall.stage.catalog.hall.offset_minutes

    def morning(self) -> None:
        """The hall opens."""
        self._forward_to(_OPENS)

    def day(self, citizens: int, sessions: list[str]) -> None:
        """All of them come, one to each window at a time, and are served; some look at their phones, boards at all."""
        rounds, windows = citizens // len(sessions), self._hall.stage.catalog.windows
        with ExitStack() as closing:
            clients = closing.enter_context(Clients(self._hall.stage.address, len(sessions)))
            boards = Boards(self._hall.stage.address, _BOARDS, closing)  # switched off at night
            self._come(clients, [group.id for group in self._hall.stage.catalog.groups])  # go home unserved
            for turn in range(rounds):
                slips = self._come(clients, [window.groups[turn % len(window.groups)] for window in windows])
                self._look_at_phone(slips[0])
                called = clients.run([[call_next(session)] for session in sessions]).answers
                served = zip(sessions, called, strict=True)
                clients.run([finish(session, ticket_called(answer)) for session, (answer,) in served])
                boards.settle()
                self._clock.forward((_CLOSES - _OPENS) * MINUTE_US // rounds)

    def night(self) -> None:
        """Those who still wait go home, a backup is made and tried, the manager has read the day's figures."""
        today = self._today()
        self._manager().statistics(today - timedelta(days=DAYS), today, "service,hour")
        self._forward_to(_NIGHT)
        manager, until = self._manager(), time.monotonic() + _PATIENCE_S
        while any(group.waiting for group in manager.hall().groups):
            if time.monotonic() > until:
                raise BenchError(f"过了一夜，{_PATIENCE_S:.0f} 秒后还有人在等")
            time.sleep(_LOOK_S)
        manager.back_up()
        manager.drill()

    def _come(self, clients: Clients, groups: list[str]) -> list[SentFact]:
        """Somebody for each of the groups."""
        catalog = self._hall.stage.catalog
        facts = self._lane.issue([next(catalog.services_of(group)) for group in groups], len(groups))
        clients.run([self._lane.pushes(facts), *([] for _ in range(WINDOWS - 1))])
        return facts

    def _look_at_phone(self, sent: SentFact) -> None:
        body = sent.fact.body
        assert isinstance(body, TicketIssued)
        slip = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, sent.fact.wall_us)
        code = seal(slip, self._hall.stage.catalog.hall.id, self._hall.hall_key)
        with urllib.request.urlopen(f"{self._hall.stage.address}/t/{code}") as page:  # noqa: S310 - our own server
            page.read()

    def _manager(self) -> HallApi:
        return self._hall.manager_api()

    def _today(self) -> date:
        return business_day(self._clock.now().wall_us, self._offset)

    def _forward_to(self, minute: int) -> None:
        """To the next time that the clock on the wall shows so many minutes after midnight."""
        wall = local_time(self._clock.now().wall_us, self._offset)
        gone_us = (wall - wall.replace(hour=0, minute=0, second=0, microsecond=0)) // timedelta(microseconds=1)
        self._clock.forward((minute * MINUTE_US - gone_us) % DAY_US)
