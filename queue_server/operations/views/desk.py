"""A clerk's screen, and the rating page beside it."""

from hall.calling import CallReason, may_call, order_key
from hall.clock import MINUTE_US, Moment
from hall.facts import TicketCalled, TicketHeld
from hall.identity import Holder
from hall.projection import shown_state
from hall.ticket import Ticket, TicketState
from hall.window import Window, WindowState
from hall.wire.views import Desk, DeskTicket, RatingPage
from queue_server.forecast.outlook import Outlook
from queue_server.operations.auto_call import calls_at
from queue_server.operations.errors import NoSuchWindowError
from queue_server.operations.rating import last_at_the_pad
from queue_server.operations.system_fault import faults
from queue_server.operations.undo import UNDO_US, undoable
from queue_server.operations.views.live import Live, look, masked_name
from queue_server.operations.views.waits import group_waits, wait_of_ticket
from queue_server.store import Reader
from queue_server.store.records import Rating

SHOWN = 100
"""So many tickets of a queue are sent; `hall_waiting` tells how many there are."""


def desk(reader: Reader, moment: Moment, window: int, live: Live | None = None, outlook: Outlook | None = None) -> Desk:
    """Everything one window's screen needs.

    Args:
        reader: The hall's store.
        moment: Now.
        window: The window's number.
        live: The hall already looked at with the same reader, when several desks are composed.
        outlook: The newest forecast.

    Raises:
        NoSuchWindowError: If the hall has no such window.
        NoCatalogError: If the hall has no catalogue yet.
    """
    live = live or look(reader, moment)
    place = next((each for each in live.catalog.windows if each.number == window), None)
    if place is None:
        raise NoSuchWindowError(f"大厅没有 {window} 号窗口")
    active = live.active.get(window)
    to_rate = _to_rate(reader, window, active)
    queue = queue_of(live, place)
    aside = [ticket for ticket in live.aside if place.penalty_us(ticket.group) is not None][:SHOWN]
    uncertain = [ticket for ticket in live.uncertain if place.penalty_us(ticket.group) is not None][:SHOWN]
    shown = [*queue, *aside, *uncertain, *(ticket for ticket in (active, to_rate) if ticket is not None)]
    holders = reader.holders(ticket.id for ticket in shown)

    def line(ticket: Ticket) -> DeskTicket:
        return _line(live, place, holders, ticket).model_copy(update={"wait": wait_of_ticket(outlook, ticket.id)})

    last = undoable(reader, window, moment.wall_us)
    return Desk(
        at=live.at,
        seq=live.seq,
        window=live.windows[window],
        shown_state=shown_state(live.windows[window], active).value,
        active=None if active is None else _here(reader, line(active)),
        to_rate=None if to_rate is None else line(to_rate),
        undo_until=0 if last is None else last.at + UNDO_US,
        queue=tuple(map(line, queue)),
        missed=tuple(line(ticket) for ticket in aside if ticket.state is TicketState.MISSED),
        held=tuple(
            line(ticket).model_copy(update={"held_for": _held_for(reader, ticket)})
            for ticket in aside
            if ticket.state is TicketState.ON_HOLD
        ),
        colleagues=() if active is None else _colleagues(live, place, active.group),
        uncertain=tuple(map(line, uncertain)),
        epoch=reader.server_epoch(),
        auto_call_at=(calls_at(reader, live.windows[window]) or 0) if queue else 0,
        faults=tuple(sorted(group for group in faults(reader) if place.penalty_us(group) is not None)),
        hall_waiting=sum(map(len, live.waiting.values())),
        longest_wait_us=live.longest_wait_us(),
        windows_serving=sum(ticket.state is TicketState.SERVING for ticket in live.active.values()),
        windows_open=len(live.open_windows),
        served_today=reader.served_on(live.day, window),
        waits=group_waits(outlook, {*place.groups, *place.helps}),
    )


def rating_page(reader: Reader, window: int) -> RatingPage:
    """What may be rated at a window now. It is withdrawn when the next citizen's service begins."""
    ticket = _to_rate(reader, window, reader.active_at(window))
    if ticket is None:
        return RatingPage(window=window)
    catalog = reader.catalog()
    names = {group.id: group.name for group in catalog.groups} | {each.id: each.name for each in catalog.services}
    wanted = ticket.service or ticket.group  # one known from its slip alone has its group's name
    name = names.get(wanted, wanted)
    return RatingPage(window=window, ticket=ticket.id, number=ticket.number, service_name=name)


def _to_rate(reader: Reader, window: int, active: Ticket | None) -> Ticket | None:
    if active is not None and active.state is TicketState.SERVING:
        return None
    served = last_at_the_pad(reader, window)
    if served is None or reader.get(Rating, served.ticket) is not None:
        return None
    return reader.ticket(served.ticket)


def _here(reader: Reader, shown: DeskTicket) -> DeskTicket:
    """Whoever is at the window: why, and what a colleague says of it."""
    reason, note = _reason(reader, shown.ticket), reader.note(shown.ticket.id)
    return shown.model_copy(update={"reason": reason, "note": note})


def _reason(reader: Reader, active: Ticket) -> CallReason | None:
    calls = [entry.fact.body for entry in reader.entries_of(active.id) if isinstance(entry.fact.body, TicketCalled)]
    return calls[-1].reason if calls else None


def _held_for(reader: Reader, held: Ticket) -> str:
    holds = [entry.fact.body for entry in reader.entries_of(held.id) if isinstance(entry.fact.body, TicketHeld)]
    return holds[-1].reason if holds else ""


def _colleagues(live: Live, own: Window, group: str) -> tuple[int, ...]:
    others = (window for window in live.catalog.windows if window.number != own.number)
    return tuple(
        window.number
        for window in others
        if window.penalty_us(group) is not None and live.windows[window.number].state is not WindowState.CLOSED
    )


def queue_of(live: Live, window: Window) -> list[Ticket]:
    """Whom a window may call, in calling order."""
    keyed = [
        (order_key(ticket, penalty), ticket)
        for group, tickets in live.waiting.items()
        if (penalty := window.penalty_us(group)) is not None
        for ticket in [each for each in tickets[:SHOWN] if may_call(window, each)]
    ]
    return [ticket for _, ticket in sorted(keyed, key=lambda pair: pair[0])[:SHOWN]]


def _line(live: Live, window: Window, holders: dict[str, Holder], ticket: Ticket) -> DeskTicket:
    return DeskTicket(
        ticket=ticket,
        number=ticket.number,
        service_name=live.service_name(ticket),
        group_name=live.group_name(ticket.group),
        masked_name=masked_name(holders, ticket),
        issuer=live.devices.get(ticket.issuer_lane, ""),
        penalty_minutes=(window.penalty_us(ticket.group) or 0) // MINUTE_US,
    )
