"""How many issued tickets a second the server makes durable, one per request and in batches."""

from collections.abc import Iterator, Sequence

from hall.facts import JournalEntry, TicketIssued
from hall.numbering import Number
from hall.wire.sync import BATCH
from installer.bench import disk
from installer.bench.clients import Clients, Run
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall
from installer.bench.lanes import IssuerLane, open_lanes
from installer.bench.sizes import Sizes

PEER = Against(110, "best open peer, 110/s")
_CLIENTS = (1, 8)


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Eight kiosks' worth of facts with holders, built beforehand, pushed over HTTP to the real server."""
    hall.stage.start_server()
    lanes = open_lanes(hall, max(_CLIENTS))
    warm = [lane.pushes(lane.issue(hall.stage.catalog.services, 3), 1) for lane in lanes]
    with Clients(hall.stage.address, len(lanes)) as clients:
        clients.run(warm)
    sent = 3 * len(lanes)
    disk_ms = disk.probe(hall.folder)
    found: list[Figure] = []
    for at_once, words in ((1, "one per request"), (BATCH, f"batches of {BATCH}")):
        for count in _CLIENTS:
            each = sizes.facts if at_once == 1 else sizes.batches * BATCH
            run = _push(hall, lanes[:count], each, at_once)
            disk_ms += disk.probe(hall.folder, 20)
            sent += each * count
            name = f"apply: {words}, {count} client{'s' if count > 1 else ''}"
            bar = "≥ 10 × peer; Python client on the same cores" if count > 1 else ""
            found.append(figure(f"{name}, facts", each * count / run.seconds, "/s", bar, PEER))
            found.append(figure(f"{name}, p95 of a request", quantile(run.ms, 0.95), "ms", "", disk.beside(disk_ms)))
    yield from disk.rows("apply", disk_ms)
    yield from found
    numbers = issued_numbers(hall.journal())
    yield hard_count("apply: numbers given twice, of all in the journal", len(numbers) - len(set(numbers)))
    yield hard_count("apply: facts sent and not in the journal", sent - len(numbers))


def issued_numbers(entries: Sequence[JournalEntry]) -> list[tuple[str, str]]:
    """Day and printed number of every ticket issued, in the order of the journal."""
    bodies = (entry.fact.body for entry in entries)
    return [
        (body.day.isoformat(), str(Number(body.prefix, body.n, body.lane)))
        for body in bodies
        if isinstance(body, TicketIssued)
    ]


def _push(hall: BenchHall, lanes: Sequence[IssuerLane], each: int, at_once: int) -> Run:
    requests = [lane.pushes(lane.issue(hall.stage.catalog.services, each), at_once) for lane in lanes]
    with Clients(hall.stage.address, len(lanes)) as clients:
        return clients.run(requests)
