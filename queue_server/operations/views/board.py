"""The public board of the hall or of a zone of it: numbers and windows, never a name."""

import re
from collections.abc import Iterator

from hall.clock import Moment
from hall.ticket import Ticket, TicketState
from hall.wire.views import Board, BoardCall, BoardGroup
from queue_server.operations.system_fault import faults
from queue_server.operations.views.calls import VoiceOf, call_of, next_of, past_calls
from queue_server.operations.views.live import Live, look
from queue_server.operations.views.zone import Part
from queue_server.store import Reader

CALLS_SHOWN = 24
"""So many of those who are served already; whoever is still expected at a window is shown and said in any case."""
PAST_SHOWN = 24
READY_SHOWN = 8
MISSED_SHOWN = 24
NAMED_AT_ONCE = 3
_EXPECTED = TicketState.CALLED.value


def board(
    reader: Reader, moment: Moment, voice_of: VoiceOf | None = None, live: Live | None = None, zone: str = ""
) -> Board:
    """What the board shows: who is at or on the way to a window (newest call first), who should get ready, who missed.

    Args:
        reader: The hall's store.
        moment: Now.
        voice_of: Gives the addresses of the spoken call; None leaves the calls silent.
        live: The hall already looked at with the same reader.
        zone: Only what belongs to this zone, "" for the whole hall.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
        NoSuchZoneError: If it has no such zone.
    """
    live = live or look(reader, moment)
    hall, part = live.catalog.hall, Part(live, zone)
    by_number = (ticket for ticket in live.active.values() if ticket.calls)  # not who came without one
    here = (ticket for ticket in by_number if part.is_called_here(ticket, ticket.window or 0))
    calls = sorted((_call(reader, live, ticket, part, voice_of) for ticket in here), key=lambda call: -call.seq)
    past = [call for ticket, call in past_calls(reader, live) if part.is_called_here(ticket, call.window)]
    missed = [ticket.number for ticket in live.aside if _is_missed(live, ticket) and part.waits_here(ticket.group)]
    return Board(
        at=live.at,
        seq=live.seq,
        hall=hall.name,
        hall_en=hall.name_en,
        notices=tuple(_notices(reader, live, part)),
        calls=tuple(call for place, call in enumerate(calls) if place < CALLS_SHOWN or call.state == _EXPECTED),
        ready=tuple(next_of(live, ticket) for ticket in _first_of_each_group(live, part)[:READY_SHOWN]),
        missed=tuple(missed[:MISSED_SHOWN]),
        groups=tuple(
            BoardGroup(
                name=group.name,
                name_en=group.name_en,
                prefix=group.prefix,
                waiting=len(live.waiting.get(group.id, ())),
            )
            for group in live.catalog.groups
            if part.waits_here(group.id)
        ),
        past=tuple(past[:PAST_SHOWN]),
        zone=part.name,
        volume=part.volume,
    )


def _call(reader: Reader, live: Live, ticket: Ticket, part: Part, voice_of: VoiceOf | None) -> BoardCall:
    """Spoken only while its citizen is expected: after a start of the server the first new call waits for no others."""
    return call_of(reader, live, ticket, part.voice, voice_of if ticket.state is TicketState.CALLED else None)


def _is_missed(live: Live, ticket: Ticket) -> bool:
    """Whether a missed number of today is taken back without a new one, as the board promises of those it lists."""
    known = live.group(ticket.group) is not None and ticket.day == live.day
    return known and ticket.state is TicketState.MISSED and ticket.returns < live.catalog.hall.returns_allowed


def _notices(reader: Reader, live: Live, part: Part) -> Iterator[str]:
    """What everybody is told, in pieces that are read at one look: what cannot be served, then the hall's own words."""
    hall, down = live.catalog.hall, faults(reader)
    names = [group.name for group in live.catalog.groups if group.id in down and part.waits_here(group.id)]
    for at in range(0, len(names), NAMED_AT_ONCE):
        yield f"{'、'.join(names[at : at + NAMED_AT_ONCE])}系统故障，暂时不能办理。"
    if names:
        later = f" {hall.fault_days} 个工作日内" if hall.fault_days else "今天"
        yield f"系统故障前取的号，请留好取号单，恢复后{later}凭单到窗口优先办理。"
    yield from filter(None, re.split("(?<=。)", hall.notice))


def _first_of_each_group(live: Live, part: Part) -> list[Ticket]:
    """Of groups the catalogue does not know, which a fact may name all the same, nobody is asked to get ready."""
    known = {group.id for group in live.catalog.groups if part.waits_here(group.id)}
    firsts = {tickets[0].id for group, tickets in live.waiting.items() if group in known}
    return [ticket for ticket in live.all_waiting if ticket.id in firsts]
