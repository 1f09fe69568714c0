"""The public board: numbers and windows, never a name."""

import re
from collections.abc import Callable, Iterator

from hall.clock import Moment
from hall.ticket import MARKS, Ticket, TicketState
from hall.wire.views import Board, BoardCall, BoardGroup, BoardNext
from queue_server.operations.system_fault import faults
from queue_server.operations.views.live import Live, look
from queue_server.store import Reader

CALLS_SHOWN = 24
READY_SHOWN = 8
MISSED_SHOWN = 24
NAMED_AT_ONCE = 3

VoiceOf = Callable[[str, int], str]
"""Address of the WAV that calls a number to a window."""


def board(reader: Reader, moment: Moment, voice_of: VoiceOf | None = None, live: Live | None = None) -> Board:
    """What the board shows: who is at or on the way to a window (newest call first), who should get ready, who missed.

    Args:
        reader: The hall's store.
        moment: Now.
        voice_of: Gives the address of the spoken call; None leaves the calls silent.
        live: The hall already looked at with the same reader.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    live = live or look(reader, moment)
    hall = live.catalog.hall
    by_number = (ticket for ticket in live.active.values() if ticket.calls)  # not who came without one
    called = sorted(by_number, key=lambda ticket: -(ticket.called_at or 0))[:CALLS_SHOWN]
    missed = [ticket.number for ticket in live.aside if ticket.day == live.day and _may_return(live, ticket)]
    return Board(
        at=live.at,
        seq=live.seq,
        hall=hall.name,
        hall_en=hall.name_en,
        notices=tuple(_notices(reader, live)),
        calls=tuple(_call(reader, live, ticket, voice_of) for ticket in called),
        ready=tuple(_ready(live, ticket) for ticket in _first_of_each_group(live)[:READY_SHOWN]),
        missed=tuple(missed[:MISSED_SHOWN]),
        groups=tuple(
            BoardGroup(
                name=group.name,
                name_en=group.name_en,
                prefix=group.prefix,
                waiting=len(live.waiting.get(group.id, ())),
            )
            for group in live.catalog.groups
        ),
    )


def _call(reader: Reader, live: Live, ticket: Ticket, voice_of: VoiceOf | None) -> BoardCall:
    number = ticket.window or 0
    name = next((window.name for window in live.catalog.windows if window.number == number), "")
    return BoardCall(
        number=ticket.number,
        window=number,
        window_name=name,
        call_no=ticket.calls,
        at=ticket.called_at or 0,
        state=ticket.state.value,
        mark=MARKS[ticket.ticket_class],
        voice="" if voice_of is None else voice_of(ticket.number, number),
        seq=reader.last_call(ticket.id),
    )


def _may_return(live: Live, ticket: Ticket) -> bool:
    """Whether a missed number is taken back without a new one, as the board promises of those it lists."""
    known = live.group(ticket.group) is not None
    return known and ticket.state is TicketState.MISSED and ticket.returns < live.catalog.hall.returns_allowed


def _notices(reader: Reader, live: Live) -> Iterator[str]:
    """What everybody is told, in pieces that are read at one look: what cannot be served, then the hall's own words."""
    hall, down = live.catalog.hall, faults(reader)
    names = [group.name for group in live.catalog.groups if group.id in down]
    for at in range(0, len(names), NAMED_AT_ONCE):
        yield f"{'、'.join(names[at : at + NAMED_AT_ONCE])}系统故障，暂时不能办理。"
    if names:
        later = f" {hall.fault_days} 个工作日内" if hall.fault_days else "今天"
        yield f"系统故障前取的号，请留好取号单，恢复后{later}凭单到窗口优先办理。"
    yield from filter(None, re.split("(?<=。)", hall.notice))


def _first_of_each_group(live: Live) -> list[Ticket]:
    """Of groups the catalogue does not know, which a fact may name all the same, nobody is asked to get ready."""
    firsts = {tickets[0].id for group, tickets in live.waiting.items() if live.group(group) is not None}
    return [ticket for ticket in live.all_waiting if ticket.id in firsts]


def _ready(live: Live, ticket: Ticket) -> BoardNext:
    group = live.group(ticket.group)
    return BoardNext(
        number=ticket.number,
        mark=MARKS[ticket.ticket_class],
        group_name=live.group_name(ticket.group),
        place="" if group is None else group.place,
    )
