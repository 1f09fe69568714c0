"""A day at random for a kiosk and its server: what people, printer, network and time do, by seed."""

from collections.abc import Callable
from random import Random

from pydantic import TypeAdapter

from hall.ticket import TicketState
from hall.wire.commands import Command
from installer.rehearsal.faults.pair import Pair
from queue_server.link.ledger import JobState
from queue_server.store.records import Session

_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)
_ASIDE = (TicketState.MISSED, TicketState.ON_HOLD)
_AT_WINDOW = {
    TicketState.CALLED: (
        "start_service", "start_service", "recall", "mark_missed", "put_back", "transfer", "hold", "undo",
    ),
    TicketState.SERVING: ("finish_service", "finish_service", "transfer", "hold", "undo"),
}  # fmt: skip
_SLIPS = (JobState.PRINTED, JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED)


def act(pair: Pair, dice: Random, on_shut: Callable[[], None] = lambda: None) -> None:
    """Do one thing.

    Args:
        pair: The kiosk and the server.
        dice: Decides what.
        on_shut: Called when the hall has been shut for days and nothing was written yet.
    """
    (name,) = dice.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    if name == "days":
        pair.shut()
        on_shut()
        pair.open_again()
    else:
        _ACTS[name](pair, dice)


def command(pair: Pair, session: Session, dice: Random) -> Command:
    """Something a clerk can ask for at a window as it stands."""
    with pair.store.read() as reader:
        ticket = reader.active_at(session.window)
        aside = [each.id for each in reader.live_tickets() if each.state in _ASIDE]
    request_id = pair.new_id()
    if ticket is None:
        if aside and dice.random() < 0.5:
            return asked("put_back", request_id, dice.choice(aside))
        return asked("call_next", request_id)
    kind = dice.choice(_AT_WINDOW[ticket.state])
    if kind == "transfer":
        return asked(kind, request_id, ticket.id, group=dice.choice(pair.catalog.groups).id)
    return asked(kind, request_id, ticket.id)


def asked(kind: str, request_id: str, ticket: str | None = None, **more: str) -> Command:
    """A command by its kind."""
    fields = {"kind": kind, "request_id": request_id, **more}
    return _COMMAND.validate_python(fields if ticket is None else {**fields, "ticket": ticket})


def _command(pair: Pair, dice: Random) -> None:
    session = dice.choice(pair.sessions)
    pair.do(session, command(pair, session, dice))


_ACTS: dict[str, Callable[[Pair, Random], object]] = {
    "issue": lambda pair, dice: pair.issue(paper=dice.random() < 0.7, named=dice.random() < 0.5),
    "slip": lambda pair, dice: pair.end_slip(dice.choice(_SLIPS)),
    "settle": lambda pair, dice: pair.settle(void=dice.random() < 0.5),
    "push": lambda pair, _: pair.push(),
    "hear": lambda pair, _: pair.hear(),
    "connect": lambda pair, _: pair.connect(),
    "command": _command,
    "again": lambda pair, dice: [pair.do(*again[:2]) for again in pair.told.replies[-1:] if dice],
    "tick": lambda pair, _: pair.tick(),
}
_WEIGHTS = {
    "issue": 30,
    "slip": 18,
    "settle": 4,
    "push": 14,
    "hear": 8,
    "connect": 3,
    "command": 30,
    "again": 4,
    "tick": 4,
    "days": 1,
}
