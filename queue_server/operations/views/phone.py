"""A citizen's phone: one ticket by the code on its slip."""

from functools import partial
from typing import Any

from hall.catalog import Catalog
from hall.clock import Moment
from hall.facts import TicketCancelled
from hall.guidance import paper_words, to_bring, windows_of
from hall.numbering import Number
from hall.rating import Level
from hall.slip_code import SlipCode
from hall.system_fault import last_day
from hall.ticket import MARKS, CancelReason, Flag, Ticket, TicketState
from hall.waiting import Wait, WaitKind
from hall.wire.phone import PhoneState, PhoneTicket
from queue_server.forecast.outlook import Outlook
from queue_server.operations.phone import may_leave, served_today, ticket_of
from queue_server.operations.views.live import Live, look
from queue_server.operations.views.waits import wait_of_ticket
from queue_server.store import Reader
from queue_server.store.records import Rating

_STATES = {
    TicketState.WAITING: PhoneState.WAITING,
    TicketState.CALLED: PhoneState.CALLED,
    TicketState.SERVING: PhoneState.SERVING,
    TicketState.MISSED: PhoneState.MISSED,
    TicketState.ON_HOLD: PhoneState.ON_HOLD,
    TicketState.FINISHED: PhoneState.FINISHED,
}
_ENDS = {
    CancelReason.LEFT: PhoneState.LEFT,
    CancelReason.DAY_END: PhoneState.DAY_OVER,
    CancelReason.SYSTEM_FAULT: PhoneState.SYSTEM_FAULT,
    CancelReason.CLOSED: PhoneState.HALL_CLOSED,
}
_STILL_TO_COME = frozenset({PhoneState.WAITING, PhoneState.CALLED, PhoneState.MISSED, PhoneState.ON_HOLD})
_PRIORITY_LATER = frozenset({PhoneState.SYSTEM_FAULT, PhoneState.HALL_CLOSED})
_PAST = frozenset({PhoneState.FINISHED, PhoneState.LEFT, PhoneState.DAY_OVER, PhoneState.VOID})


def phone(
    reader: Reader, moment: Moment, code: SlipCode, live: Live | None = None, outlook: Outlook | None = None
) -> PhoneTicket:
    """What the holder of a slip sees.

    Args:
        reader: The hall's store.
        moment: Now.
        code: What the slip says, its seal verified.
        live: The hall already looked at with the same reader.
        outlook: The newest forecast.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    live = live or look(reader, moment)
    hall = live.catalog.hall
    said: dict[str, Any] = {
        "at": live.at, "offset_minutes": hall.offset_minutes, "hall": hall.name, "hall_en": hall.name_en,
    }  # fmt: skip
    ticket = ticket_of(reader, code)
    if ticket is None:
        state = PhoneState.ON_ITS_WAY if code.day == live.day else PhoneState.OF_ANOTHER_DAY
        number = str(Number(code.prefix, code.n, code.lane))
        group = next((each for each in live.catalog.groups if each.prefix == code.prefix), None)
        said |= {"name": group.name, "name_en": group.name_en} if group else {}
        return PhoneTicket(state=state, number=number, day=code.day, issued_at=code.issued_at, **said)
    state = _state(reader, live, ticket)
    said |= _what(live, ticket)
    if state in _STILL_TO_COME:
        said |= _where(live, ticket) | {"papers": _papers(live.catalog, ticket.service)}
    if state is PhoneState.WAITING:
        said |= {
            "ahead": live.ahead(ticket),
            "wait": _wait(live, ticket, outlook),
        }
    if state is PhoneState.MISSED:
        said["returns_left"] = max(0, hall.returns_allowed - ticket.returns)
    if state in _PRIORITY_LATER and live.group(ticket.group) is not None:
        said["good_until"] = last_day(ticket.day, partial(live.catalog.opens_on, ticket.group), hall.fault_days)
    if state is PhoneState.FINISHED:
        rating = reader.get(Rating, ticket.id)
        said["level"] = None if rating is None else Level(rating.level)
        said["may_rate"] = rating is None and served_today(reader, moment, ticket) is not None
    return PhoneTicket(
        state=state,
        number=ticket.number,
        day=ticket.day,
        issued_at=ticket.issued_at,
        mark=MARKS[ticket.ticket_class],
        window=ticket.window if state in {PhoneState.CALLED, PhoneState.SERVING} else None,
        call_no=ticket.calls if state is PhoneState.CALLED else 0,
        may_leave=may_leave(ticket),
        **said,
    )


def _state(reader: Reader, live: Live, ticket: Ticket) -> PhoneState:
    if Flag.UNCERTAIN in ticket.flags and ticket.live:
        return PhoneState.UNSURE
    state = _STATES.get(ticket.state) or _end(reader, ticket)
    return PhoneState.OF_ANOTHER_DAY if ticket.day != live.day and state in _PAST else state


def _end(reader: Reader, ticket: Ticket) -> PhoneState:
    ends = [entry.fact.body for entry in reader.entries_of(ticket.id) if isinstance(entry.fact.body, TicketCancelled)]
    return _ENDS.get(ends[-1].reason, PhoneState.VOID) if ends else PhoneState.VOID


def _what(live: Live, ticket: Ticket) -> dict[str, Any]:
    services = (service.name_en for service in live.catalog.services if service.id == ticket.service)
    group = live.group(ticket.group)
    return {"name": live.service_name(ticket), "name_en": next(services, group.name_en if group else "")}


def _where(live: Live, ticket: Ticket) -> dict[str, Any]:
    """Where to sit: at the one window that waits for it, else at its group's windows."""
    alone = ticket.pinned if ticket.state is TicketState.WAITING else ticket.window
    window = next((each for each in live.catalog.windows if each.number == alone), None)
    group = live.group(ticket.group)
    place, place_en = (group.place, group.place_en) if group else ("", "")
    if window is None:
        return {"place": place, "place_en": place_en, "windows": windows_of(live.catalog, ticket.group, "–")}
    elsewhere = bool(window.place) and window.place != place
    return {
        "place": window.place if elsewhere else place,
        "place_en": "" if elsewhere else place_en,
        "windows": str(window.number),
    }


def _papers(catalog: Catalog, service_id: str) -> tuple[str, ...]:
    service = next((each for each in catalog.services if each.id == service_id), None)
    guide = None if service is None else service.guide
    return () if guide is None else tuple(map(paper_words, to_bring(guide)))


def _wait(live: Live, ticket: Ticket, outlook: Outlook | None) -> Wait | None:
    """From the forecast; without one, at least whether any window could call it."""
    said = wait_of_ticket(outlook, ticket.id)
    if said is not None:
        return said
    serving = (window for window in live.catalog.windows if window.penalty_us(ticket.group) is not None)
    if any(window.number in live.open_windows for window in serving):
        return None
    return Wait(kind=WaitKind.PAUSED)
