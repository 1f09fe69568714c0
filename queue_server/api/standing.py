"""Whether a session that was let in a while ago still stands."""

from hall.clock import Moment
from queue_server.api.errors import NoSessionError
from queue_server.operations.sessions import is_open
from queue_server.store import Reader
from queue_server.store.records import Session


def still_open(reader: Reader, moment: Moment, session: Session) -> None:
    """Look again at a session that was let in a while ago; sockets do before everything they send.

    Raises:
        NoSessionError: If it has ended since: signed out, run out, or fenced by a newer one of the same device.
    """
    now = reader.get(Session, session.token_hash)
    if now is None or not is_open(now, moment):
        raise NoSessionError("登录已经结束")
