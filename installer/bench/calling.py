"""Calls of the next citizen at one window and at eight, and whether anybody was ever called twice."""

from collections.abc import Iterator, Sequence

from hall.facts import JournalEntry, ServiceFinished, TicketCalled
from hall.wire.commands import CallNext, FinishService, StartService
from hall.wire.replies import Reply
from installer.bench import disk
from installer.bench.clients import Answer, Clients, post
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall
from installer.bench.lanes import open_lanes
from installer.bench.sizes import Sizes
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.server_link import ServerLink

PEER = Against(155, "best open peer, 155/s")
WINDOWS = 8
_COMMANDS = "/api/commands"
_SPARE = 40
"""Tickets of each service beyond those that will be called, so that no window runs dry."""


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """In rounds: every window calls at once, asks the same again, then starts and finishes. Only the calls count."""
    clerks = hall.clerks(WINDOWS)
    hall.stage.start_server()
    sessions = [sign_in(hall, window, staff.staff, staff.pin) for window, staff in clerks]
    issue_waiting(hall, sizes.rounds * (WINDOWS + 1) + _SPARE * len(hall.stage.catalog.services))
    disk_ms = disk.probe(hall.folder)
    found: list[Figure] = []
    different = 0
    for count in (1, WINDOWS):
        seconds, ms, unlike = _rounds(hall, sessions[:count], sizes.rounds)
        disk_ms += disk.probe(hall.folder, 20)
        different += unlike
        name = f"call next: {count} window{'s' if count > 1 else ''}"
        bar = "≥ 4 × peer, p95 < 20 ms with a compiled client; this one is Python" if count > 1 else ""
        found.append(figure(f"{name}, calls", len(ms) / seconds, "/s", bar, PEER))
        found.append(figure(f"{name}, p50", quantile(ms, 0.5), "ms", "", disk.beside(disk_ms)))
        found.append(figure(f"{name}, p95", quantile(ms, 0.95), "ms", "", disk.beside(disk_ms)))
    yield from disk.rows("call next", disk_ms)
    yield from found
    yield hard_count("call next: double calls in the journal", double_calls(hall.journal()))
    yield hard_count("call next: other answers to a request id sent again", different)


def sign_in(hall: BenchHall, window: int, staff: str, pin: str) -> str:
    """A clerk's session at an open window."""
    with ServerLink(hall.stage.address, SystemClock()) as link:
        return link.sign_in(staff, pin, window).session


def issue_waiting(hall: BenchHall, count: int) -> None:
    """People of every service in turn who wait to be called."""
    (lane,) = open_lanes(hall, 1)
    with Clients(hall.stage.address, 1) as clients:
        clients.run([lane.pushes(lane.issue(hall.stage.catalog.services, count))])


def ticket_called(answer: Answer) -> str:
    """Whom a call summoned.

    Raises:
        BenchError: If it summoned nobody.
    """
    reply = Reply.model_validate_json(answer.body)
    if reply.ticket is None:
        raise BenchError(f"叫号没有叫到人：{reply.refusal}")
    return reply.ticket.id


def finish(session: str, ticket: str) -> list[bytes]:
    """The requests that free a window again."""
    start = StartService(request_id=new_id(), ticket=ticket)
    end = FinishService(request_id=new_id(), ticket=ticket)
    return [post(_COMMANDS, session, start), post(_COMMANDS, session, end)]


def call_next(session: str) -> bytes:
    """A fresh call."""
    return post(_COMMANDS, session, CallNext(request_id=new_id()))


def double_calls(entries: Sequence[JournalEntry]) -> int:
    """Calls of somebody already called, or to a window that still had somebody; nobody is put back in this bench."""
    called: set[str] = set()
    at_window: dict[int, str] = {}
    doubles = 0
    for body in (entry.fact.body for entry in entries):
        if isinstance(body, TicketCalled):
            doubles += body.ticket in called or body.window in at_window
            called.add(body.ticket)
            at_window[body.window] = body.ticket
        elif isinstance(body, ServiceFinished):
            at_window.pop(body.window, None)
    return doubles


def _rounds(hall: BenchHall, sessions: Sequence[str], rounds: int) -> tuple[float, list[float], int]:
    """Seconds spent in calls, milliseconds of each, and how many repeated requests were answered otherwise."""
    seconds, different = 0.0, 0
    ms: list[float] = []
    with Clients(hall.stage.address, len(sessions)) as clients:
        for _ in range(rounds):
            requests = [[call_next(session)] for session in sessions]
            first, again = clients.run(requests), clients.run(requests)
            seconds += first.seconds
            ms += first.ms
            pairs = zip(first.answers, again.answers, strict=True)
            different += sum(one.body != other.body for (one,), (other,) in pairs)
            calls = zip(sessions, first.answers, strict=True)
            clients.run([finish(session, ticket_called(answer)) for session, (answer,) in calls])
    return seconds, ms, different
