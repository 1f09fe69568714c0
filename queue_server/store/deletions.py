"""What is deleted on purpose, and when its time has come. The statements; a `Transaction` runs them."""

from typing import Any

from peewee import SQL, fn

from queue_server.store.questions import ASKED
from queue_server.store.shelves import compiled
from queue_server.store.tables import (
    AnswerTable,
    AttemptsTable,
    BookerTable,
    BookingAnswerTable,
    BookingTable,
    ForecastTable,
    HolderTable,
    NonceTable,
    NoteTable,
    SessionTable,
    SignInPlaceTable,
    TicketTable,
)


def _deletion(table: Any, *conditions: Any) -> str:
    return compiled(table.delete().where(table.hall_id == ASKED, *conditions))


def _of_ended(table: Any) -> str:
    """What stands beside the tickets whose visit is over."""
    tickets = TicketTable.select(TicketTable.id)
    ended = tickets.where(
        TicketTable.hall_id == table.hall_id, TicketTable.id == table.ticket, TicketTable.ended_at <= ASKED
    )
    return _deletion(table, fn.EXISTS(ended))


HOLDERS_OF_ENDED = _of_ended(HolderTable)
NOTES_OF_ENDED = _of_ended(NoteTable)
_ENDED = (SQL("'cancelled'"), SQL("'called_off'"), SQL("'checked_in'"))
BOOKERS_OF_ENDED = _deletion(
    BookerTable,
    fn.EXISTS(
        BookingTable.select(BookingTable.id).where(
            BookingTable.hall_id == BookerTable.hall_id,
            BookingTable.id == BookerTable.booking,
            BookingTable.state.in_(_ENDED) | ((BookingTable.state == SQL("'no_show'")) & (BookingTable.day < ASKED)),
        )
    ),
)
OLD_BOOKING_ANSWERS = _deletion(BookingAnswerTable, BookingAnswerTable.at < ASKED)
OLD_ANSWERS = _deletion(AnswerTable, AnswerTable.at < ASKED)
OLD_NONCES = _deletion(NonceTable, NonceTable.expires_at <= ASKED)
OLD_ATTEMPTS = _deletion(AttemptsTable, AttemptsTable.at < ASKED, AttemptsTable.locked_until < ASKED)
OLD_SIGN_IN_PLACES = _deletion(SignInPlaceTable, SignInPlaceTable.used_at < ASKED)
OLD_FORECASTS = _deletion(ForecastTable, ForecastTable.at < ASKED)
EXPIRED_SESSIONS = _deletion(SessionTable, SessionTable.expires_at <= ASKED)
SESSIONS_OF = _deletion(SessionTable, SessionTable.subject == ASKED, SessionTable.kind == ASKED)
SESSIONS_OF_LANE = _deletion(SessionTable, SessionTable.lane == ASKED)
SESSIONS_OF_KIND = _deletion(SessionTable, SessionTable.kind == ASKED)
