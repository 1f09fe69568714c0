"""A city's portal that may book: known by a token of its own, told once, kept as its hash, ended by a manager."""

from hall.clock import Moment
from hall.wire.bookings import PortalToken
from queue_server.operations.errors import NoSuchPortalError
from queue_server.operations.sessions import hash_of, new_token
from queue_server.store import Reader, Transaction
from queue_server.store.records import Portal, Session, SessionKind


def open_portal(transaction: Transaction, moment: Moment, name: str) -> PortalToken:
    """A token for a portal; one that it had before ends."""
    _drop(transaction, name)
    token = new_token(transaction.new_id)
    transaction.put(Portal(hash_of(token), name, moment.wall_us))
    return PortalToken(name=name, token=token)


def close_portal(transaction: Transaction, name: str) -> None:
    """Its token opens nothing any more.

    Raises:
        NoSuchPortalError: If no portal of that name has one.
    """
    require_portal(transaction, name)
    _drop(transaction, name)


def require_portal(reader: Reader, name: str) -> None:
    """Raises `NoSuchPortalError` if no portal of that name has a token."""
    if reader.portal_named(name) is None:
        raise NoSuchPortalError("没有叫这个名字、令牌还有效的平台")


def _drop(transaction: Transaction, name: str) -> None:
    portal = transaction.portal_named(name)
    if portal is not None:
        transaction.drop(Portal, portal.token_hash)


def find_portal(reader: Reader, moment: Moment, token: str) -> Session | None:
    """A portal's standing session, None if no portal has this token."""
    portal = reader.get(Portal, hash_of(token))
    if portal is None:
        return None
    return Session(
        token_hash=portal.token_hash,
        kind=SessionKind.PORTAL,
        subject=portal.name,
        window=0,
        lane=0,
        session_no=0,
        opened_at=portal.made_at,
        seen_at=moment.wall_us,
        expires_at=moment.wall_us,
    )
