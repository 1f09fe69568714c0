"""What a backup of a full hall takes, and what clerks and kiosks notice of it: facts pushed with and without one."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from installer.bench import disk
from installer.bench.clients import Clients, Run
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall
from installer.bench.lanes import IssuerLane, open_lanes
from installer.bench.past import fill
from installer.bench.sizes import Sizes
from queue_server.config import load

_EACH = 20


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """One kiosk pushes facts one by one; by turns alone and while the server makes a backup; then a drill."""
    fill(hall.stage.hall.database, hall.stage.catalog, sizes.past // 2)
    yield figure(
        f"keep: a hall with {sizes.past // 2:,} past tickets", hall.stage.hall.database.stat().st_size / 1e6, "MB"
    )
    hall.start_server()
    lane, api = open_lanes(hall, 1)[0], hall.manager_api()
    api.back_up()  # after the one that every start begins with
    alone, beside, took = list[float](), list[float](), list[float]()
    for _ in range(sizes.turns):
        while len(alone) <= len(beside) or len(alone) < _EACH:
            alone += _push(hall, lane).ms
        began = time.perf_counter()
        backing_up = threading.Thread(target=api.back_up)
        backing_up.start()
        while backing_up.is_alive():
            beside += _push(hall, lane).ms
        backing_up.join()
        took.append(time.perf_counter() - began)
    yield from disk.rows("keep", disk.probe(hall.folder))
    yield figure("keep: a backup, checked, sealed, on the disk", quantile(took, 0.5), "s")
    sealed = max(path.stat().st_size for path in _folder(hall).glob("*.owb"))
    yield figure("keep: its sealed file", sealed / 1e6, "MB")
    for share in (0.5, 0.95, 1.0):
        name = f"keep: fact durable, {'longest' if share == 1 else f'p{share * 100:.0f}'}"
        usual = quantile(alone, share)
        yield figure(f"{name}, no backup going on", usual, "ms")
        yield figure(f"{name}, while one is made", quantile(beside, share), "ms", "", Against(usual, "no backup"))
    began = time.perf_counter()
    drilled = api.drill()
    yield figure("keep: a drill: restored, chain followed, tables recomputed", time.perf_counter() - began, "s")
    yield hard_count("keep: what the drill found wrong", len(drilled.faults))


def _folder(hall: BenchHall) -> Path:
    return load(hall.stage.settings, {}).backup_folder


def _push(hall: BenchHall, lane: IssuerLane) -> Run:
    requests = lane.pushes(lane.issue(hall.stage.catalog.services, _EACH), 1)
    with Clients(hall.stage.address, 1) as clients:
        return clients.run([requests])
