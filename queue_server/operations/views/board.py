"""The public board of the hall or of a zone of it: numbers and windows, never a name."""

from collections.abc import Iterator

from hall.arrangements.words import sentences
from hall.calling import order_key
from hall.catalog import ServiceGroup
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
GROUPS_SHOWN = 8
MISSED_SHOWN = 24
NAMED_AT_ONCE = 3
_EXPECTED = TicketState.CALLED.value
Groups = tuple[ServiceGroup, ...]


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
    layout, groups = part.layout, tuple(group for group in live.catalog.groups if part.waits_here(group.id))
    idle = (group for group in (groups if layout.ready else ()) if not live.waiting.get(group.id))
    return Board(
        at=live.at,
        seq=live.seq,
        hall=hall.name,
        hall_en=hall.name_en,
        notices=tuple(_notices(reader, live, groups, hall.notice if layout.notices else "")),
        calls=tuple(call for place, call in enumerate(calls) if place < CALLS_SHOWN or call.state == _EXPECTED),
        ready=tuple(next_of(live, ticket) for ticket in _first_of_groups(live, groups, layout.ready)),
        missed=tuple(_missed(live, groups))[:MISSED_SHOWN] if layout.missed else (),
        groups=tuple(
            BoardGroup(
                name=group.name,
                name_en=group.name_en,
                prefix=group.prefix,
                waiting=len(live.waiting.get(group.id, ())),
            )
            for group in (groups if layout.waiting else ())
        ),
        suspended=tuple(group.name for group in idle if group.suspended),
        past=tuple(past[:PAST_SHOWN]),
        zone=part.name,
        volume=part.volume,
        layout=layout,
    )


def _call(reader: Reader, live: Live, ticket: Ticket, part: Part, voice_of: VoiceOf | None) -> BoardCall:
    """Spoken only while its citizen is expected: after a start of the server the first new call waits for no others."""
    return call_of(reader, live, ticket, part.voice, voice_of if ticket.state is TicketState.CALLED else None)


def _missed(live: Live, groups: Groups) -> Iterator[str]:
    """Missed numbers of today that are taken back without a new one, as the board promises of those it lists."""
    known = {group.id for group in groups}
    for ticket in live.aside:
        of_today = ticket.group in known and ticket.day == live.day
        if of_today and ticket.state is TicketState.MISSED and ticket.returns < live.catalog.hall.returns_allowed:
            yield ticket.number


def _notices(reader: Reader, live: Live, groups: Groups, own: str) -> Iterator[str]:
    """What everybody is told, in pieces that are read at one look: what cannot be done, then the hall's own words.

    Of a suspended group something is told while people wait for it: they must not think that they wait in vain.
    """
    down, fault_days = faults(reader), live.catalog.hall.fault_days
    failed = [group.name for group in groups if group.id in down]
    yield from _of_all(failed, "系统故障，暂时不能办理。")
    if failed:
        later = f" {fault_days} 个工作日内" if fault_days else "今天"
        yield f"系统故障前取的号，请留好取号单，恢复后{later}凭单到窗口优先办理。"
    halted = [group.name for group in groups if group.suspended and live.waiting.get(group.id)]
    yield from _of_all(halted, "停办，不再取号；已经取的号照常叫。")
    yield from sentences(own)


def _of_all(names: list[str], words: str) -> Iterator[str]:
    """The same words of all these groups, a few named at once."""
    for at in range(0, len(names), NAMED_AT_ONCE):
        yield f"{'、'.join(names[at : at + NAMED_AT_ONCE])}{words}"


def _first_of_groups(live: Live, groups: Groups, each: int) -> list[Ticket]:
    """So many of each group; the groups in the order in which somebody of them is called, the first ones only.

    Of groups the catalogue does not know, which a fact may name all the same, nobody is asked to get ready.
    """
    queues = [live.waiting[group.id] for group in groups if live.waiting.get(group.id)]
    queues.sort(key=lambda queue: order_key(queue[0]))
    return [ticket for queue in queues[:GROUPS_SHOWN] for ticket in queue[:each]]
