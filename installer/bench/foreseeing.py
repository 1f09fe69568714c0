"""What the live forecast costs those who call: the same load by turns on a server with it and on one without."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from hall.clock import SECOND_US
from hall.ticket import Ticket
from hall.waiting import Wait, WaitKind
from installer.bench import disk
from installer.bench.calling import call_next, finish, issue_waiting, sign_in, ticket_called
from installer.bench.clients import Answer, Clients
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.halls import WINDOWS, BenchHall, bench_hall
from installer.bench.lanes import IssuerLane, open_lanes
from installer.bench.past import fill
from installer.bench.sizes import Sizes
from queue_server.forecast.outlook import Foretold, Said
from queue_server.link.clock import new_id
from queue_server.operations import forecasting
from queue_server.store import Store

WAITING, EVENTS_A_SECOND = 500, 50
_NOTES = forecasting.REMEMBERED
_FEATURES = 11
_READY_S = 60.0
_CALLS = 25
"""In one turn, some two seconds: short, so that what else the machine does weighs on both sides alike."""


@dataclass(slots=True)
class _Side:
    """One of the two halls, its server running."""

    hall: BenchHall
    sessions: list[str]
    lane: IssuerLane
    at_window: dict[str, str] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    turns: int = 0


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Two halls with a full past and 500 who wait; every 20 ms somebody comes, is called, begins or ends."""
    with bench_hall(hall.folder) as other:
        foretold, alone = _opened(hall, forecast=True), _opened(other, forecast=False)
        _await_forecast(hall)
        disk_ms = list[float]()
        for turn in range(sizes.foreseen + 1):
            for side in (foretold, alone) if turn % 2 else (alone, foretold):
                ms = _turn(side)
                if turn:  # the first one only warms up
                    side.ms += ms
            disk_ms += disk.probe(hall.folder, 20)
        yield from disk.rows("foreseeing", disk_ms)
        name = f"foreseeing: call next, {EVENTS_A_SECOND} events a second, {WAITING} waiting"
        for share in (0.5, 0.95):
            usual, now, what = quantile(alone.ms, share), quantile(foretold.ms, share), f"{name}, p{share * 100:.0f}"
            bar = "ratio ≤ 1.3" if share > 0.5 else ""
            yield figure(f"{what}, without forecast", usual, "ms", "", disk.beside(disk_ms))
            yield figure(f"{what}, with the live forecast", now, "ms", bar, Against(usual, "without"))
        _await_forecast(hall)  # it went on to the end


def _opened(hall: BenchHall, *, forecast: bool) -> _Side:
    """A hall with its past, its server running, every window open and everybody waiting."""
    fill(hall.stage.hall.database, hall.stage.catalog, _NOTES + 1000)
    _remember(hall)
    clerks = hall.clerks(WINDOWS)
    if not forecast:
        text = hall.stage.settings.read_text("utf-8")
        hall.stage.settings.write_text(text.replace("[server]\n", "[server]\nforecast = false\n", 1), "utf-8")
    hall.start_server()
    sessions = [sign_in(hall, window, staff.staff, staff.pin) for window, staff in clerks]
    (lane,) = open_lanes(hall, 1)
    issue_waiting(hall, WAITING)
    return _Side(hall, sessions, lane)


def _await_forecast(hall: BenchHall) -> None:
    api, until = hall.manager_api(), time.monotonic() + _READY_S
    while not api.waits().groups:
        if time.monotonic() > until:
            raise BenchError(f"服务器 {_READY_S:.0f} 秒内没有预计等候")
        time.sleep(0.1)


def _turn(side: _Side) -> list[float]:
    """Some seconds of events; milliseconds of each call."""
    catalog, ms, due = side.hall.stage.catalog, list[float](), time.monotonic()
    with Clients(side.hall.stage.address, 1) as clients:

        def send(request: bytes) -> Answer:
            nonlocal due
            due += 1 / EVENTS_A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            ((answer,),) = clients.run([[request]]).answers
            return answer

        for _ in range(_CALLS):
            side.turns += 1
            session = side.sessions[side.turns % len(side.sessions)]
            service = catalog.services[side.turns % len(catalog.services)]
            (push,) = side.lane.pushes(side.lane.issue([service], 1), 1)
            send(push)
            if session in side.at_window:
                for request in finish(session, side.at_window.pop(session)):
                    send(request)
            called = send(call_next(session))
            side.at_window[session] = ticket_called(called)
            ms.append(called.ms)
    return ms


def _remember(hall: BenchHall) -> None:
    """What was said to the latest of them, so that every look compares with a full past."""
    dice = random.Random(1)
    with Store.open(hall.stage.hall.database, hall.stage.catalog.hall.id, new_id=new_id) as store:
        with store.read() as reader:
            tickets = sorted(reader.every(Ticket), key=lambda ticket: -ticket.issued_at)[:_NOTES]
        foretold = [_foretold_of(ticket, dice) for ticket in tickets]
        store.run(lambda transaction: forecasting.keep(transaction, foretold))


def _foretold_of(ticket: Ticket, dice: random.Random) -> Foretold:
    wait = ((ticket.called_at or ticket.issued_at) - ticket.issued_at) / SECOND_US
    return Foretold(
        ticket=ticket.id,
        nth=0,
        at=ticket.issued_at,
        group=ticket.group,
        ticket_class=ticket.ticket_class,
        said=Said(ahead=1, p20=0, p50=wait, p90=2 * wait, wait=Wait(kind=WaitKind.RANGE, low=0, high=5)),
        features=tuple(dice.uniform(0, 6) for _ in range(_FEATURES)),
    )
