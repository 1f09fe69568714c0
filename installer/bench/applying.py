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
from installer.bench.sharing import CLIENTS, Load, compared
from installer.bench.sizes import Sizes

PEER = Against(110, "best open peer, 110/s")
_BAR = "≥ 10 × peer; Python client on the same cores"
_IN_BATCHES = (1, 8)


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Many kiosks' worth of facts with holders, built beforehand, pushed over HTTP to the real server."""
    first = hall.start_server()
    lanes = open_lanes(hall, max(CLIENTS))
    first.stop()
    sent = 0

    def one_by_one(count: int) -> Load:
        nonlocal sent
        sent += sizes.facts * count
        run = _push(hall, lanes[:count], sizes.facts, 1)
        return Load(run.seconds, run.ms)

    words = ("apply: one per request", "client", "facts")
    yield from compared(hall, sizes.turns, one_by_one, words, _BAR, PEER)
    disk_ms = disk.probe(hall.folder)
    for count in _IN_BATCHES:
        each = sizes.batches * BATCH
        run = _push(hall, lanes[:count], each, BATCH)
        sent += each * count
        name = f"apply: batches of {BATCH}, {count} client{'s' if count > 1 else ''}"
        yield figure(f"{name}, facts", each * count / run.seconds, "/s", _BAR if count > 1 else "", PEER)
        yield figure(f"{name}, p95 of a request", quantile(run.ms, 0.95), "ms", "", disk.beside(disk_ms))
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
