"""Calls as public screens show and say them: those to a window now, and the last ones that are over."""

from collections.abc import Callable, Iterator

from hall.facts import TicketCalled, TicketRecalled
from hall.ticket import MARKS, Ticket, TicketState
from hall.wire.views import BoardCall, BoardNext
from hall.zones import Voice
from queue_server.operations.views.live import Live
from queue_server.store import Reader

CALLS_LOOKED_AT = 48
"""So many of the latest calls are gone through for those that are over: a busy hall's last quarter of an hour."""

Spoken = tuple[str, tuple[str, ...]]
VoiceOf = Callable[[str, int, Voice], Spoken]
"""Addresses of the WAVs that call a number to a window: of the one that says it once, and of all that are heard."""
_OVER = frozenset({TicketState.FINISHED, TicketState.MISSED, TicketState.ON_HOLD})


def call_of(reader: Reader, live: Live, ticket: Ticket, voice: Voice, voice_of: VoiceOf | None = None) -> BoardCall:
    """The last call of a ticket that is at a window or on the way to it."""
    shown = _call(live, ticket, ticket.window or 0, reader.last_call(ticket.id))
    once, says = voice_of(ticket.number, shown.window, voice) if voice_of else ("", ())
    return shown.model_copy(update={"voice": once, "says": says})


def past_calls(reader: Reader, live: Live) -> Iterator[tuple[Ticket, BoardCall]]:
    """The last calls whose citizens were served, missed or set aside since, newest first; each ticket once.

    One that was taken back is no call, and one that is called again stands among the present ones.
    """
    seen: set[str] = set()
    for entry in reader.last_calls(CALLS_LOOKED_AT):
        body = entry.fact.body
        if not isinstance(body, TicketCalled | TicketRecalled) or body.ticket in seen:
            continue
        seen.add(body.ticket)
        ticket = reader.ticket(body.ticket)
        if ticket is not None and ticket.day == live.day and ticket.state in _OVER:
            yield ticket, _call(live, ticket, body.window, entry.seq)


def next_of(live: Live, ticket: Ticket) -> BoardNext:
    """A waiting ticket as one who should get ready."""
    group = live.group(ticket.group)
    return BoardNext(
        number=ticket.number,
        mark=MARKS[ticket.ticket_class],
        group_name=live.group_name(ticket.group),
        place="" if group is None else group.place,
    )


def _call(live: Live, ticket: Ticket, window: int, seq: int) -> BoardCall:
    name = next((each.name for each in live.catalog.windows if each.number == window), "")
    return BoardCall(
        number=ticket.number,
        window=window,
        window_name=name,
        call_no=ticket.calls,
        at=ticket.called_at or 0,
        state=ticket.state.value,
        mark=MARKS[ticket.ticket_class],
        seq=seq,
    )
