"""A WebSocket of the server: read on one thread, closed from any."""

import logging

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.sync.client import connect

from queue_server.link.errors import LinkError, ServerAway, SessionLost

_REFUSED = frozenset({401, 403})
_POLICY = frozenset({1008, 3000, 3003, 4401, 4403})
_AT_ONCE = 25  # applied in one step, during which a kiosk that gives a number must wait
_LONGEST = 16 * 1024 * 1024
# What breaks is raised here and told in one line by whoever follows; the library would add a traceback of its own.
_QUIET = logging.getLogger("onewindow.link.websockets")
_QUIET.setLevel(logging.CRITICAL + 1)


class LiveSocket:
    """One live view from the moment it is open until either side ends it.

    A connection that only looks open is noticed within ten seconds by pings.

    Args:
        address: The server, `http://HOST:PORT`.
        path: The socket's path with its query.
        session: Whose eyes see it.

    Raises:
        SessionLost: If the server does not know the session.
        ServerAway: If it cannot be reached.
    """

    def __init__(self, address: str, path: str, session: str) -> None:
        try:
            self._socket = connect(
                "ws" + address.removeprefix("http") + path,
                additional_headers={"Authorization": f"Bearer {session}"},
                open_timeout=3,
                close_timeout=1,
                ping_interval=5,
                ping_timeout=5,
                max_size=_LONGEST,
                logger=_QUIET,
                proxy=None,
                legacy=True,  # one connection held as an object, not an endless run of them
            )
        except InvalidStatus as error:
            status = error.response.status_code
            kind = SessionLost if status in _REFUSED else ServerAway
            raise kind(f"the live view was refused with {status}") from error
        except (OSError, InvalidHandshake, InvalidURI, EOFError) as error:
            raise ServerAway(f"the live view cannot be opened: {type(error).__name__}") from error

    def texts(self) -> list[str]:
        """The texts that have come, at least one, waiting for it; a few at most.

        Raises:
            SessionLost: If the server ended the view because of the session.
            ServerAway: If the connection is gone.
        """
        try:
            texts = [self._text(None)]
        except ConnectionClosed as error:
            raise _ended(error) from error
        while len(texts) < _AT_ONCE:
            try:
                texts.append(self._text(0))
            except (TimeoutError, ConnectionClosed):
                break  # a closed connection shows again on the next call
        return texts

    def close(self) -> None:
        """End it; a reader waiting in `texts` gets `ServerAway`."""
        self._socket.close()

    def _text(self, timeout_s: float | None) -> str:
        text = self._socket.recv(timeout_s)
        return text if isinstance(text, str) else text.decode(errors="replace")


def _ended(error: ConnectionClosed) -> LinkError:
    if error.rcvd is not None and error.rcvd.code in _POLICY:
        return SessionLost(f"the live view was ended with {error.rcvd.code}")
    return ServerAway("the live view has ended")
