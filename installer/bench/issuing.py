"""From the tap to the durable number, and to the first byte at the printer, with the server alive, killed and dead."""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import cycle, islice

from installer.bench import disk
from installer.bench.applying import issued_numbers
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.rehearsal.processes import Program

_WARM_UP = 5
_UNTIL_NOTICED = 200
_BEFORE_A_KILL = 3
_ARRIVAL_S = 30.0
_P99 = 0.99
_STEPS = {"tap_to_durable": "tap → durable", "tap_to_first_byte": "tap → first byte at the printer"}


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """A kiosk without a screen gives numbers through the real issuing and prints them on the printer's twin.

    A tap is one line on its standard input; the next one comes when the slip before is out.
    """
    server = hall.start_server()
    kiosk = hall.headless_kiosk()
    services = [next(hall.stage.catalog.services_of(group.id)).id for group in hall.stage.catalog.groups]
    every = set(take(kiosk, islice(cycle(services), _WARM_UP)))
    disk_ms = disk.probe(hall.folder)
    # Half alive, all dead, half alive: whatever grows with the ledger weighs on both sides alike.
    alive = take(kiosk, islice(cycle(services), sizes.tickets // 2))
    server.kill()
    every |= _until(kiosk, services[0], offline=True)
    disk_ms += disk.probe(hall.folder)
    dead = take(kiosk, islice(cycle(services), sizes.tickets))
    disk_ms += disk.probe(hall.folder)
    server = hall.start_server()
    every |= _until(kiosk, services[0], offline=False)
    alive |= take(kiosk, islice(cycle(services), sizes.tickets // 2))
    disk_ms += disk.probe(hall.folder)
    _expect(alive, offline=False)
    _expect(dead, offline=True)
    before: list[str] = []
    first: list[str] = []
    for _ in range(sizes.kills):
        before += take(kiosk, services[:_BEFORE_A_KILL])
        server.kill()
        first += take(kiosk, services[:1])
        server = hall.start_server()
        every |= _until(kiosk, services[0], offline=False)
        disk_ms += disk.probe(hall.folder, 10)
    every |= {*alive, *dead, *before, *first}
    yield from disk.rows("issue", disk_ms)
    lines = [json.loads(line) for line in hall.stage.metrics.read_text("utf-8").splitlines()]
    for what, words in _STEPS.items():
        ms = {line["number"]: line["ms"] for line in lines if line["what"] == what}
        for base_name, base, name, numbers, high in (
            ("server alive", list(alive), "server dead", list(dead), _P99),
            ("just before a kill", before, "first after a kill", first, 0.95),
        ):
            for share in (0.5, high):
                quantity, bar = f"{words}, p{share * 100:.0f}", "p99 ≤ 50 ms" if share == _P99 else ""
                at_base = quantile([ms[number] for number in base], share)
                here = quantile([ms[number] for number in numbers], share)
                yield figure(f"issue: {quantity}, {base_name}", at_base, "ms", bar, disk.beside(disk_ms))
                same = f"{bar}, the same as {base_name}".removeprefix(", ")
                yield figure(f"issue: {quantity}, {name}", here, "ms", same, Against(at_base, base_name))
    twice, lost = _arrived(hall, every)
    yield hard_count("issue: numbers given twice, of all in the journal", twice)
    yield hard_count("issue: numbers on paper that the server does not have", lost)


def take(kiosk: Program, services: Iterable[str]) -> dict[str, bool]:
    """A number for each service and its slip out; which numbers, and whether each was given without the server.

    Raises:
        BenchError: If a slip did not come out.
    """
    taken = {}
    for service in services:
        answer = kiosk.ask("ticket", service=service)
        end = kiosk.hear("paper")
        if end["paper"] != "printed":
            raise BenchError(f"{answer['number']} 的取号单没有打出来：{end['paper']}")
        taken[answer["number"]] = answer["offline"]
    return taken


def _until(kiosk: Program, service: str, *, offline: bool) -> set[str]:
    """Give numbers until the kiosk has noticed how its server is, so that none is counted on the wrong side."""
    taken: set[str] = set()
    for _ in range(_UNTIL_NOTICED):
        ((number, was),) = take(kiosk, [service]).items()
        taken.add(number)
        if was is offline:
            return taken
    raise BenchError(f"取号机一直没有发觉服务器已{'停' if offline else '恢复'}")


def _expect(taken: dict[str, bool], *, offline: bool) -> None:
    wrong: Sequence[str] = [number for number, was in taken.items() if was is not offline]
    if wrong:
        raise BenchError(f"{len(wrong)} 个号取号时服务器的状态与应有的不同")


def _arrived(hall: BenchHall, numbers: set[str]) -> tuple[int, int]:
    """How many numbers the server has twice, and how many of those on paper it does not have, after a while."""
    until = time.monotonic() + _ARRIVAL_S
    while True:
        there = [number for _, number in issued_numbers(hall.journal())]
        lost = len(numbers - set(there))
        if not lost or time.monotonic() > until:
            return len(there) - len(set(there)), lost
        time.sleep(0.2)
