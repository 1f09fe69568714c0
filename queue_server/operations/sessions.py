"""Opaque sessions: 256 random bits for the holder, only their hash in the store."""

import hashlib
from collections.abc import Callable

from hall.clock import DAY_US, MINUTE_US, Moment
from hall.words import Micros
from queue_server.store import Reader, Store, Transaction
from queue_server.store.records import Session, SessionKind

CLERK_HOURS_US = 12 * 60 * MINUTE_US
_DEVICE_LIFE_US = 400 * DAY_US
_DEVICE_IDLE_US = 7 * DAY_US
_MANAGER_IDLE_US = 30 * MINUTE_US
TOUCH_US = MINUTE_US
"""A session in use is marked as such no oftener."""

_LIFE_US: dict[SessionKind, Micros] = {
    SessionKind.CLERK: CLERK_HOURS_US,
    SessionKind.MANAGER: CLERK_HOURS_US,
    SessionKind.AUDITOR: CLERK_HOURS_US,
    SessionKind.KIOSK: _DEVICE_LIFE_US,
    SessionKind.WINDOW: _DEVICE_LIFE_US,
    SessionKind.RATING: _DEVICE_LIFE_US,
}
_IDLE_US: dict[SessionKind, Micros] = {
    SessionKind.CLERK: CLERK_HOURS_US,
    SessionKind.MANAGER: _MANAGER_IDLE_US,
    SessionKind.AUDITOR: _MANAGER_IDLE_US,
    SessionKind.KIOSK: _DEVICE_IDLE_US,
    SessionKind.WINDOW: _DEVICE_IDLE_US,
    SessionKind.RATING: _DEVICE_IDLE_US,
}


def open_session(
    transaction: Transaction,
    moment: Moment,
    kind: SessionKind,
    subject: str,
    *,
    window: int = 0,
    lane: int = 0,
    session_no: int = 0,
) -> tuple[str, Session]:
    """A new session; the token is told once and never stored."""
    token = new_token(transaction.new_id)
    session = Session(
        token_hash=hash_of(token),
        kind=kind,
        subject=subject,
        window=window,
        lane=lane,
        session_no=session_no,
        opened_at=moment.wall_us,
        seen_at=moment.wall_us,
        expires_at=moment.wall_us + _LIFE_US[kind],
    )
    transaction.put(session)
    return token, session


def find_session(reader: Reader, moment: Moment, token: str) -> Session | None:
    """The open session of a token, None if there is none or it has run out."""
    session = reader.get(Session, hash_of(token))
    if session is None or not is_open(session, moment):
        return None
    return session


def is_open(session: Session, moment: Moment) -> bool:
    """Whether the session has neither reached its end nor been left alone too long."""
    return moment.wall_us < session.expires_at and moment.wall_us - session.seen_at <= _IDLE_US[session.kind]


def use_session(store: Store, moment: Moment, token: str) -> Session | None:
    """As `find_session`, and keeps a session in use from growing idle (at most one write a minute, not waited for)."""
    with store.read() as reader:
        session = find_session(reader, moment, token)
    return None if session is None else note_used(store, moment, session)


def note_used(store: Store, moment: Moment, session: Session) -> Session:
    """Note that a session is in use, at most once a minute and without waiting; the session as it then is."""
    if moment.wall_us - session.seen_at <= TOUCH_US:
        return session
    store.write(lambda transaction: _touch(transaction, moment, session.token_hash))
    return session.used_at(moment.wall_us)


def new_token(new_id: Callable[[], str]) -> str:
    """256 random bits in hex."""
    return new_id() + new_id()


def hash_of(token: str) -> str:
    """What of a token is stored: SHA-256, enough for a random text of 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _touch(transaction: Transaction, moment: Moment, token_hash: str) -> None:
    session = transaction.get(Session, token_hash)
    if session is not None:  # it may have ended in between
        transaction.put(session.used_at(moment.wall_us))
