"""Appointments as this device heard of them, so that people check in while the server is away. No name is here.

The ticket given for one stands beside it, whoever gave it: while that is not cancelled the appointment is used. A token
stays as long as its holder can still come for the number.
"""

from datetime import date
from typing import NamedTuple

from peewee import Database

from hall.booking import Booking, BookingCancelled, BookingMade, BookingMissed, BookingState, CapacitySet
from hall.booking_projection import booking_after
from hall.facts import JournalEntry
from hall.identity import Holder, HolderToken
from hall.slots import WHOLE_DAY, Changes
from queue_server.link.ledger.statements import ASKED, Statement
from queue_server.link.ledger.tables import BOOKING, SLOT_CHANGE

_SELECT = BOOKING.select(BOOKING.body, BOOKING.token, BOOKING.ticket)
_FIND = Statement(_SELECT.where(BOOKING.id == ASKED))
_OF_NUMBER = Statement(_SELECT.where(BOOKING.number == ASKED))
_OF_TOKEN = Statement(_SELECT.where(BOOKING.token == ASKED))
_ON_DAY = Statement(_SELECT.where(BOOKING.day == ASKED))


class KnownBooking(NamedTuple):
    """An appointment as it is known here: whose it is, and the ticket that was given for it."""

    booking: Booking
    token: HolderToken | None
    ticket: str | None


def hear(database: Database, entry: JournalEntry, holder: Holder | None) -> None:
    """Follow what the server tells of appointments and slots; other entries leave all as it is."""
    body = entry.fact.body
    match body:
        case BookingMade():
            booking = booking_after(None, entry)  # told once more, the server's word begins anew
            assert booking is not None
            known = find(database, booking.id)
            ticket = known.ticket if known else None
            _keep(database, booking, holder.token if holder else None, ticket)
        case BookingCancelled() | BookingMissed():
            known = find(database, body.booking)
            after = booking_after(known.booking if known else None, entry)
            if known is not None and after is not None:
                ended = after.state is BookingState.CANCELLED  # of one called off its holder still hears by the card
                _keep(database, after, None if ended else known.token, known.ticket)
        case CapacitySet(day=day, group=group, start=start, capacity=capacity):
            _change(database, day, group or "", WHOLE_DAY if start is None else start, capacity)
        case _:
            pass


def _change(database: Database, day: date, group: str, start: int, capacity: int | None) -> None:
    place = {"day": day.isoformat(), "group_id": group, "start": start}
    here = [getattr(SLOT_CHANGE, name) == value for name, value in place.items()]
    SLOT_CHANGE.delete().where(*here).execute(database)
    if capacity is not None:
        SLOT_CHANGE.insert(place | {"capacity": capacity}).execute(database)


def use(database: Database, booking: str, ticket: str) -> None:
    """A number was given for an appointment; the first one that is told stands."""
    BOOKING.update({BOOKING.ticket: ticket}).where((BOOKING.id == booking) & BOOKING.ticket.is_null()).execute(database)


def use_again(database: Database, booking: str, ticket: str) -> None:
    """A number was given in place of one that was cancelled."""
    BOOKING.update({BOOKING.ticket: ticket}).where(BOOKING.id == booking).execute(database)


def forget_holder_of(database: Database, ticket: str) -> None:
    """The visit of a number is over: nobody needs to know for whom it was booked."""
    BOOKING.update({BOOKING.token: None}).where(BOOKING.ticket == ticket).execute(database)


def forget_before(database: Database, day: date) -> None:
    """A new day: what was booked for earlier ones goes."""
    BOOKING.delete().where(BOOKING.day < day.isoformat()).execute(database)
    SLOT_CHANGE.delete().where(SLOT_CHANGE.day < day.isoformat()).execute(database)


def find(database: Database, booking: str) -> KnownBooking | None:
    """An appointment by its id."""
    return _first(_FIND.run(database, booking).fetchone())


def of_number(database: Database, number: str) -> KnownBooking | None:
    """An appointment by its number."""
    return _first(_OF_NUMBER.run(database, number).fetchone())


def of_token(database: Database, token: HolderToken) -> list[KnownBooking]:
    """The appointments of one person."""
    return [_known(row) for row in _OF_TOKEN.run(database, token).fetchall()]


def on_day(database: Database, day: date) -> list[Booking]:
    """The appointments of a day."""
    return [_known(row).booking for row in _ON_DAY.run(database, day.isoformat()).fetchall()]


def changes_on(database: Database, day: date) -> Changes:
    """What a manager changed of a day's slots."""
    columns = SLOT_CHANGE.group_id, SLOT_CHANGE.start, SLOT_CHANGE.capacity
    rows = SLOT_CHANGE.select(*columns).where(SLOT_CHANGE.day == day.isoformat()).tuples().execute(database)
    return {(group, start): capacity for group, start, capacity in rows}


def _keep(database: Database, booking: Booking, token: str | None, ticket: str | None) -> None:
    row = {
        "id": booking.id,
        "number": booking.number,
        "day": booking.day.isoformat(),
        "token": token,
        "ticket": ticket,
        "body": booking.model_dump_json(),
    }
    BOOKING.insert(row).on_conflict_replace().execute(database)


def _known(row: tuple[str, str | None, str | None]) -> KnownBooking:
    body, token, ticket = row
    return KnownBooking(Booking.model_validate_json(body), HolderToken(token) if token else None, ticket)


def _first(row: tuple[str, str | None, str | None] | None) -> KnownBooking | None:
    return None if row is None else _known(row)
