"""Reads a journal as a stranger would: who was called where, and whether anybody was called who could not be."""

from collections.abc import Iterable, Iterator

from hall.facts import (
    ActUndone,
    JournalEntry,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketReturned,
    TicketTransferred,
)
from hall.ticket import ACTIVE, TicketState

_AFTER = {
    TicketIssued: TicketState.WAITING,
    TicketCalled: TicketState.CALLED,
    ServiceStarted: TicketState.SERVING,
    ServiceFinished: TicketState.FINISHED,
    TicketMissed: TicketState.MISSED,
    TicketReturned: TicketState.WAITING,
    TicketTransferred: TicketState.WAITING,
    TicketHeld: TicketState.ON_HOLD,
    TicketCancelled: TicketState.CANCELLED,
}


def double_calls(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """Every call of somebody who was not waiting, or to a window that still had somebody."""
    state: dict[str, TicketState] = {}
    at_window: dict[str, int] = {}
    for entry in entries:
        body = entry.fact.body
        if isinstance(body, TicketCalled):
            if state.get(body.ticket) is not TicketState.WAITING:
                yield f"entry {entry.seq} calls {body.ticket}, which is {state.get(body.ticket)}"
            if body.window in at_window.values():
                yield f"entry {entry.seq} calls to window {body.window}, which has somebody"
        after = body.restores.state if isinstance(body, ActUndone) else _AFTER.get(type(body))
        if after is None:
            continue
        ticket = str(getattr(body, "ticket", ""))
        state[ticket] = after
        at_window.pop(ticket, None)
        window = body.restores.window if isinstance(body, ActUndone) else getattr(body, "window", None)
        if after in ACTIVE and window is not None:
            at_window[ticket] = window
