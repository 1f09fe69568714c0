"""What must hold after any fault, looked at with the real opening code: told is kept, once, and work goes on."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from hall.facts import JournalEntry, TicketIssued
from hall.numbering import Number
from hall.wire.commands import CallNext
from installer.rehearsal.faults.disk import integrity
from installer.rehearsal.faults.pair import DATABASE, KIOSK, Pair, Told
from queue_server.link.ledger import JobState
from queue_server.link.ledger.database import FILE
from queue_server.store import check
from queue_server.store.order import Order
from queue_server.store.records import Answer

_PROGRESS = (JobState.ISSUED, JobState.SENT, JobState.UNKNOWN, JobState.PRINTED, JobState.FAILED)
"""A slip never goes back in this order; it may be further than was told yet."""


def broken(pair: Pair, told: Told) -> Iterator[str]:
    """Every promise that a pair, opened again after a fault, does not keep.

    The pair is used on the way: the kiosk connects and sends what it has, numbers and calls follow.
    """
    yield from _kept(pair, told)
    known = set(told.numbers.values())
    pair.told.numbers.clear()
    pair.publish()
    pair.connect()
    pair.push()
    pair.hear()
    pair.open_windows()
    pair.issue()
    pair.push()
    fresh = set(pair.told.numbers.values())
    if fresh & known:
        yield f"{fresh & known} was given a second time"
    for session in pair.sessions:
        pair.do(session, CallNext(request_id=pair.new_id()))
    with pair.store.read() as reader:
        entries = list(reader.entries())
        found = check(reader)
    yield from arrived({**told.numbers, **pair.told.numbers}, entries)
    yield from found.differences
    yield from remembers(pair)


def remembers(pair: Pair) -> Iterator[str]:
    """Where the memory of the programs differs from their files."""
    with pair.store.read() as reader:
        waiting = {ticket.id: ticket for ticket in Order(reader.waiting())}
    if pair.store.run(lambda tx: {ticket.id: ticket for ticket in tx.order}) != waiting:
        yield "who waits is not who the tables say"
    catalog, version = pair.ledger.catalog(), pair.ledger.state.catalog_version
    if (catalog.version if catalog else "") != version:
        yield "the kiosk shows another catalogue than the one it keeps"


def arrived(numbers: dict[str, str], entries: Iterable[JournalEntry]) -> Iterator[str]:
    """Every number told must be in the journal once, and no number twice.

    Args:
        numbers: `DAY NUMBER` by ticket, or the number alone.
        entries: The journal.
    """
    issued = [body for entry in entries if isinstance(body := entry.fact.body, TicketIssued)]
    by_ticket = Counter(body.ticket for body in issued)
    given = Counter(_number(body) for body in issued)
    printed = {body.ticket: _number(body) for body in issued}
    for ticket, number in numbers.items():
        if by_ticket[ticket] != 1:
            yield f"{number} was told and is in the server {by_ticket[ticket]} times"
        elif number not in (printed[ticket], printed[ticket].split()[-1]):
            yield f"{number} was told and is {printed[ticket]} in the server"
    yield from (f"{number} was given {times} times" for number, times in given.items() if times > 1)


def unsound(folder: Path) -> Iterator[str]:
    """What SQLite itself finds wrong with the two files, which nobody has open."""
    for path in (folder / KIOSK / FILE, folder / DATABASE):
        verdict = integrity(path)
        if verdict != "ok":
            yield f"{path.name}: {verdict}"


def _kept(pair: Pair, told: Told) -> Iterator[str]:
    """What each side must have on its own disk, before they speak to each other."""
    with pair.store.read() as reader:
        lane = reader.lane_of(pair.ledger.state.incarnation)
        highwater = lane.highwater if lane else 0
        for _, command, reply in told.replies:
            answer = reader.get(Answer, command.request_id)
            if answer is None or answer.reply.model_copy(update={"masked_name": reply.masked_name}) != reply:
                yield f"the answer to {command.kind} is another one now"
        entries = list(reader.entries())
    if told.highwater > highwater:
        yield f"the server applied up to {told.highwater} and now says {highwater}"
    at_server = {body.ticket for entry in entries if isinstance(body := entry.fact.body, TicketIssued)}
    for ticket, number in told.numbers.items():
        if ticket not in at_server and pair.ledger.ticket(ticket) is None:
            yield f"{number} was told and is on no disk"
    jobs = {job.id: job.state for job in pair.ledger.jobs(*JobState)}
    for job, state in told.jobs.items():
        now = jobs.get(job)
        if now is None or _PROGRESS.index(now) < _PROGRESS.index(state):
            yield f"slip {job} was {state} and is {now or 'gone'} now"


def _number(body: TicketIssued) -> str:
    return f"{body.day} {Number(body.prefix, body.n, body.lane)}"
