"""设置: a manager changes a part of the catalogue while the hall runs, and nobody who holds a number is forgotten.

The catalogue takes force as one whole: kiosks fetch it by its version and have either the old or the new one.
"""

from datetime import date

from hall.arrangements import (
    Arrangement,
    ArrangementChanged,
    NewGroup,
    NewService,
    Waiting,
    WindowPart,
    rearranged,
)
from hall.arrangements.part import Fields
from hall.catalog import Catalog
from hall.closing import cut_short, left_alone, opened_again
from hall.facts import Body, TicketCancelled, TicketTransferred, WindowClosed
from hall.ticket import ACTIVE, CancelReason, Flag, Ticket
from hall.visits import Subject
from hall.wire.commands import ChangeArrangement
from hall.wire.replies import Refusal
from queue_server.operations import bookings
from queue_server.operations.catalog import put_in_force
from queue_server.operations.days import local_now
from queue_server.operations.office import Office
from queue_server.operations.scene import Outcome
from queue_server.operations.taking_back import is_taken_back
from queue_server.store import Reader
from queue_server.store.records import Session, SessionKind


def change_arrangement(office: Office, command: ChangeArrangement) -> Outcome:
    """One part of the catalogue is another from now on.

    Whoever holds a number of a group that gives no more today is served still, or ends at once, as the manager says,
    and so does a number that a kiosk tells of later; where no window is left to serve them, they can only end.
    Appointments for times that are gone are called off. An uncertain number is left to a person's word.
    """
    transaction, moment, staff = office.transaction, office.moment, office.session.subject
    catalog, local = transaction.catalog(), local_now(office.transaction, office.moment)
    try:
        if command.before != command.after.as_in(catalog):
            return Refusal.CHANGED_MEANWHILE
    except KeyError:
        return Refusal.CHANGED_MEANWHILE
    if command.before == command.after:
        return office.nothing_to_do
    if refusal := _why_not(transaction, catalog, command, local.date()):
        return refusal
    after = command.after.within(catalog)
    cut, alone = cut_short(catalog, after, local), left_alone(catalog, after)
    waiting, ends = those_waiting(transaction, cut | alone), command.waiting is Waiting.END
    if (waiting and command.waiting is None) or (not ends and those_waiting(transaction, alone)):
        return Refusal.PEOPLE_WAIT
    day = local.date()
    marks = dict.fromkeys(opened_again(catalog, after, local), _told())
    marks |= dict.fromkeys(cut, _told(ended_on=day) if ends else _told(served_out_on=day))
    marks |= dict.fromkeys(alone, _told(ended_on=day))
    after = rearranged(after, groups=marks)
    done = office.record(
        ArrangementChanged(
            staff=staff,
            before=command.before,
            after=command.after,
            catalog=after.version,
            waiting=command.waiting if cut | alone else None,  # also of those whom a kiosk tells of later
            reverts=command.reverts,
        )
    )
    put_in_force(transaction, moment, after, staff)
    if (gone := _gone(command.after)) is not None:
        _close(office, gone)
    _free(office, after)
    for ticket in waiting if ends else ():
        if Flag.UNCERTAIN not in ticket.flags:
            transaction.record(TicketCancelled(ticket=ticket.id, reason=CancelReason.CLOSED, clerk=staff), moment)
    bookings.call_off(transaction, moment, catalog)
    return done


def _why_not(reader: Reader, catalog: Catalog, command: ChangeArrangement, today: date) -> Refusal | None:
    """Why it cannot be changed so, whoever waits; None if it can."""
    if not _fits(reader, catalog, command):
        return Refusal.BAD_ARRANGEMENT
    if was_asked_for(reader, command.after, today):
        return Refusal.NUMBERS_GIVEN
    gone = _gone(command.after)
    return Refusal.WINDOW_BUSY if gone is not None and reader.active_at(gone) is not None else None


def _gone(wanted: Arrangement) -> int | None:
    """The window that is taken away."""
    return wanted.number if isinstance(wanted, WindowPart) and wanted.window is None else None


def _fits(reader: Reader, catalog: Catalog, command: ChangeArrangement) -> bool:
    """Nothing is wrong with it, and it takes back what it says it does."""

    def took(body: Body) -> bool:
        return isinstance(body, ArrangementChanged) and body.before == command.after

    return not any(command.after.troubles(catalog)) and is_taken_back(reader, command.reverts, took)


def was_asked_for(reader: Reader, wanted: Arrangement, today: date) -> bool:
    """Whether a change would take away a group or a service that somebody has taken a number for, or an appointment."""
    match wanted:
        case NewGroup(made=None, id=gone):  # with all its services, of which some may have been another group's before
            services = {service.id for service in reader.catalog().services_of(gone)}
            taken = _was_taken(reader, Subject.GROUP, {gone}, today)
        case NewService(made=None, id=gone):
            services, taken = {gone}, False
        case _:
            return False
    booked = any(booking.service in services for booking in bookings.still_open(reader))
    return taken or booked or _was_taken(reader, Subject.SERVICE, services, today)


def _was_taken(reader: Reader, subject: Subject, ids: set[str], today: date) -> bool:
    """Whether there is a number of one of these groups, or for one of these services."""
    days = {today, *(behind.day for behind in reader.days_behind())}
    numbers = (ticket for day in days for ticket in reader.tickets_of(day))
    if any(not ids.isdisjoint((ticket.group, ticket.service)) for ticket in numbers):
        return True
    marks = [f'"{each}"' for each in ids]
    return any(mark in counted.text for counted in reader.summaries(subject, date.min, today) for mark in marks)


def those_waiting(reader: Reader, groups: frozenset[str]) -> list[Ticket]:
    """Who holds a number of these groups and stands at no window."""
    if not groups:
        return []
    return [ticket for ticket in reader.live_tickets() if ticket.group in groups and ticket.state not in ACTIVE]


def _close(office: Office, window: int) -> None:
    """The window is not there any more: whoever sits at it is signed out."""
    transaction, clerk = office.transaction, office.transaction.window(window).clerk
    if clerk is None:
        return
    for session in transaction.sessions_of(clerk, [SessionKind.CLERK]):
        if session.window == window:
            transaction.drop(Session, session.token_hash)
    office.record(WindowClosed(window=window, clerk=clerk))


def _free(office: Office, catalog: Catalog) -> None:
    """Nobody waits for one window alone that cannot serve them any more."""
    windows = {window.number: window for window in catalog.windows}
    for ticket in [ticket for ticket in office.transaction.order if ticket.pinned is not None]:
        assert ticket.pinned is not None
        window = windows.get(ticket.pinned)
        if window is None or window.penalty_us(ticket.group) is None:
            office.record(TicketTransferred(ticket=ticket.id, window=ticket.pinned, group=ticket.group))


def _told(served_out_on: date | None = None, ended_on: date | None = None) -> Fields:
    """What was said last of those who hold a number of a group; the one or the other, or nothing any more."""
    return {"served_out_on": served_out_on, "ended_on": ended_on}
