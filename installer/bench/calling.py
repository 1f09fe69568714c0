"""Calls of the next citizen at one window, eight and twenty, and whether anybody was ever called twice."""

from collections.abc import Iterator, Sequence

from hall.facts import JournalEntry, ServiceFinished, TicketCalled
from hall.wire.commands import CallNext, FinishService, StartService
from hall.wire.replies import Reply
from installer.bench.clients import Answer, Clients, post
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, hard_count
from installer.bench.halls import BenchHall
from installer.bench.lanes import open_lanes
from installer.bench.sharing import CLIENTS, Load, compared
from installer.bench.sizes import Sizes
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.server_link import ServerLink

PEER = Against(155, "best open peer, 155/s")
_BAR = "≥ 4 × peer, p95 < 20 ms with a compiled client; this one is Python"
_COMMANDS = "/api/commands"
_PER_GROUP = 4
"""So many tickets of each group for every round, so that no window runs dry; no group has more windows of its own."""


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """In rounds: every window calls at once, asks the same again, then starts and finishes. Only the calls count."""
    clerks = hall.clerks(max(CLIENTS))
    first = hall.start_server()
    sessions = [sign_in(hall, window, staff.staff, staff.pin) for window, staff in clerks]
    rounds = 2 * sizes.turns * (len(CLIENTS) + 1) * sizes.rounds
    issue_waiting(hall, _PER_GROUP * len(hall.stage.catalog.groups) * rounds)
    first.stop()
    different = 0

    def in_rounds(count: int) -> Load:
        nonlocal different
        load, unlike = call_rounds(hall.stage.address, sessions[:count], sizes.rounds)
        different += unlike
        return load

    yield from compared(hall, sizes.turns, in_rounds, ("call next", "window", "calls"), _BAR, PEER)
    yield hard_count("call next: double calls in the journal", double_calls(hall.journal()))
    yield hard_count("call next: other answers to a request id sent again", different)


def sign_in(hall: BenchHall, window: int, staff: str, pin: str) -> str:
    """A clerk's session at an open window."""
    with ServerLink(hall.stage.address, SystemClock()) as link:
        return link.sign_in(staff, pin, window).session


def issue_waiting(hall: BenchHall, count: int) -> None:
    """People of every group in turn who wait to be called."""
    catalog = hall.stage.catalog
    services = [next(catalog.services_of(group.id)) for group in catalog.groups]
    (lane,) = open_lanes(hall, 1)
    with Clients(hall.stage.address, 1) as clients:
        clients.run([lane.pushes(lane.issue(services, count))])


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


def call_rounds(address: str, sessions: Sequence[str], rounds: int) -> tuple[Load, int]:
    """The calls of so many rounds, and how many repeated requests were answered otherwise."""
    load, different = Load(), 0
    with Clients(address, len(sessions)) as clients:
        for _ in range(rounds):
            requests = [[call_next(session)] for session in sessions]
            first, again = clients.run(requests), clients.run(requests)
            load.add(Load(first.seconds, first.ms))
            pairs = zip(first.answers, again.answers, strict=True)
            different += sum(one.body != other.body for (one,), (other,) in pairs)
            calls = zip(sessions, first.answers, strict=True)
            clients.run([finish(session, ticket_called(answer)) for session, (answer,) in calls])
    return load, different
