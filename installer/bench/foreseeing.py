"""What the live forecast costs those who call: the same load by turns on a server with it and on one without."""

import random
import time
from collections.abc import Iterator

from hall.clock import SECOND_US
from hall.ticket import Ticket
from hall.waiting import Wait, WaitKind
from installer.bench import disk
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.flow import EVENTS_A_SECOND, WAITING, Flow
from installer.bench.halls import BenchHall, bench_hall
from installer.bench.past import fill
from installer.bench.sizes import Sizes
from queue_server.forecast.outlook import Foretold, Said
from queue_server.link.clock import new_id
from queue_server.operations import forecasting
from queue_server.store import Store

_NOTES = forecasting.REMEMBERED
_FEATURES = 11
_READY_S = 60.0


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Two halls with a full past and 500 who wait; every 20 ms somebody comes, is called, begins or ends."""
    with bench_hall(hall.folder) as other:
        sides = foretold, alone = _opened(hall, forecast=True), _opened(other, forecast=False)
        _await_forecast(hall)
        times: dict[Flow, list[float]] = {foretold: [], alone: []}
        disk_ms = list[float]()
        for turn in range(sizes.foreseen + 1):
            for side in sides if turn % 2 else reversed(sides):
                ms = side.turn()
                if turn:  # the first one only warms up
                    times[side] += ms
            disk_ms += disk.probe(hall.folder, 20)
        yield from disk.rows("foreseeing", disk_ms)
        name = f"foreseeing: call next, {EVENTS_A_SECOND} events a second, {WAITING} waiting"
        for share in (0.5, 0.95):
            usual, now = quantile(times[alone], share), quantile(times[foretold], share)
            what, bar = f"{name}, p{share * 100:.0f}", "ratio ≤ 1.3" if share > 0.5 else ""
            yield figure(f"{what}, without forecast", usual, "ms", "", disk.beside(disk_ms))
            yield figure(f"{what}, with the live forecast", now, "ms", bar, Against(usual, "without"))
        _await_forecast(hall)  # it went on to the end


def _opened(hall: BenchHall, *, forecast: bool) -> Flow:
    """A hall with its past, its server running, every window open and everybody waiting."""
    fill(hall.stage.hall.database, hall.stage.catalog, _NOTES + 1000)
    _remember(hall)
    if not forecast:
        text = hall.stage.settings.read_text("utf-8")
        hall.stage.settings.write_text(text.replace("[server]\n", "[server]\nforecast = false\n", 1), "utf-8")
    return Flow(hall)


def _await_forecast(hall: BenchHall) -> None:
    api, until = hall.manager_api(), time.monotonic() + _READY_S
    while not api.waits().groups:
        if time.monotonic() > until:
            raise BenchError(f"服务器 {_READY_S:.0f} 秒内没有预计等候")
        time.sleep(0.1)


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
