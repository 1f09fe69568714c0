"""From the tap to the durable number and to the first byte at the printer, with the server alive and dead."""

import json
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from installer.bench import disk
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.rehearsal.processes import Program

_WARM_UP = 5
_UNTIL_NOTICED = 200
_STEPS = {"tap_to_durable": "tap → durable", "tap_to_first_byte": "tap → first byte at the printer"}


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """A kiosk without a screen gives numbers through the real issuing and prints them on the printer's twin.

    A tap is one line on its standard input; the next one comes when the slip before is out.
    """
    server = hall.stage.start_server()
    kiosk = hall.headless_kiosk()
    services = [next(hall.stage.catalog.services_of(group.id)).id for group in hall.stage.catalog.groups]
    _take(kiosk, islice(cycle(services), _WARM_UP))
    disk_ms = disk.probe(hall.folder)
    # Half alive, all dead, half alive: whatever grows with the ledger weighs on both sides alike.
    alive = _take(kiosk, islice(cycle(services), sizes.tickets // 2))
    server.kill()
    _until(kiosk, services[0], offline=True)
    disk_ms += disk.probe(hall.folder)
    dead = _take(kiosk, islice(cycle(services), sizes.tickets))
    disk_ms += disk.probe(hall.folder)
    hall.stage.start_server()
    _until(kiosk, services[0], offline=False)
    alive |= _take(kiosk, islice(cycle(services), sizes.tickets // 2))
    disk_ms += disk.probe(hall.folder)
    _expect(alive, offline=False)
    _expect(dead, offline=True)
    yield from disk.rows("issue", disk_ms)
    lines = [json.loads(line) for line in hall.stage.metrics.read_text("utf-8").splitlines()]
    for what, words in _STEPS.items():
        by_number = {line["number"]: line["ms"] for line in lines if line["what"] == what}
        with_server, without = ([by_number[number] for number in taken] for taken in (alive, dead))
        for share in (0.5, 0.99):
            name, bar = f"{words}, p{share * 100:.0f}", "p99 ≤ 50 ms" if share > 0.5 else ""
            online = quantile(with_server, share)
            yield figure(f"issue: {name}, server alive", online, "ms", bar, disk.beside(disk_ms))
            same = f"{bar}, the same as alive" if bar else "the same as alive"
            yield figure(
                f"issue: {name}, server dead", quantile(without, share), "ms", same, Against(online, "server alive")
            )


def _take(kiosk: Program, services: Iterator[str]) -> dict[str, bool]:
    """A number for each service and its slip out; which numbers, and whether each was given without the server."""
    taken = {}
    for service in services:
        answer = kiosk.ask("ticket", service=service)
        end = kiosk.hear("paper")
        if end["paper"] != "printed":
            raise BenchError(f"{answer['number']} 的取号单没有打出来：{end['paper']}")
        taken[answer["number"]] = answer["offline"]
    return taken


def _until(kiosk: Program, service: str, *, offline: bool) -> None:
    """Give numbers until the kiosk has noticed how its server is, so that none is counted on the wrong side."""
    for _ in range(_UNTIL_NOTICED):
        if _take(kiosk, iter([service])).popitem()[1] is offline:
            return
    raise BenchError(f"取号机一直没有发觉服务器已{'停' if offline else '恢复'}")


def _expect(taken: dict[str, bool], *, offline: bool) -> None:
    wrong: Sequence[str] = [number for number, was in taken.items() if was is not offline]
    if wrong:
        raise BenchError(f"{len(wrong)} 个号取号时服务器的状态与应有的不同")
