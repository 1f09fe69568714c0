"""A clerk's desk, live, under a staff session. The rating page beside it has a link and a session of its own."""

import random
import threading
from collections.abc import Callable
from contextlib import suppress

from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.commands import Command, SignOut
from hall.wire.replies import Reply, SignedIn
from hall.wire.views import Desk
from queue_server.link.clock import new_id
from queue_server.link.errors import SessionLost
from queue_server.link.find import Finder
from queue_server.link.follow import Follower
from queue_server.link.live import LiveSocket
from queue_server.link.server_link import PATIENCE_S, ServerLink, connect


class DeskLink:
    """A window's way to the server for its clerk.

    The calls wait for the network, so make them on a worker thread; callbacks come on this room's threads.

    Args:
        finder: Where the server is.
        window: The window's number.
        clock: The machine's clock.
        on_desk: Gets the desk at each change.
        on_state: Gets whether the desk is live and, if not, what a person can do.
        on_signed_out: The server ended the session; the clerk must sign in again.
        jitter: Source of numbers from 0 to 1 for the pauses between tries.
    """

    def __init__(
        self,
        finder: Finder,
        window: int,
        clock: Clock,
        *,
        on_desk: Callable[[Desk], None],
        on_state: Callable[[bool, str], None],
        on_signed_out: Callable[[], None],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._finder = finder
        self._window = window
        self._clock = clock
        self._on_desk = on_desk
        self._on_state = on_state
        self._on_signed_out = on_signed_out
        self._jitter = jitter
        self._closed = threading.Event()
        self._link: ServerLink | None = None
        self._follower: Follower | None = None

    def sign_in(self, staff: str, pin: str) -> SignedIn:
        """Open the window for a clerk and start following its desk.

        Raises:
            ServerRefused: If staff number and PIN do not fit; the server's words are in `problem`.
            ServerAway: If there is no server.
            LinkError: Any other branch.
        """
        self._leave()
        link = connect(self._finder, self._clock, self._closed)
        try:
            signed_in = link.sign_in(staff, pin, self._window)
        except BaseException:
            link.close()
            raise
        self._link = link
        self._follower = Follower(
            "desk-link",
            open_socket=lambda: LiveSocket(link.address, "/api/desk/live", link.session),
            on_text=lambda text: self._on_desk(Desk.model_validate_json(text)),
            on_state=self._on_state,
            on_session_lost=self._on_signed_out,
            jitter=self._jitter,
        )
        self._follower.start()
        return signed_in

    def send(self, command: Command, *, patience_s: float = PATIENCE_S) -> Reply:
        """Send a command until it is answered, always under its own request id, so it is carried out once.

        Raises:
            SessionLost: If nobody is signed in.
            ServerAway: If no answer came in time; the same command may be sent again.
            LinkError: Any other branch.
        """
        return self._session().command(command, patience_s=patience_s, cancel=self._closed)

    def catalog(self) -> Catalog:
        """The catalogue in force, for names of groups and services."""
        return self._session().catalog()

    def sign_out(self, *, patience_s: float = PATIENCE_S) -> None:
        """Close the window at the server and stop following.

        Raises:
            ServerAway: If the server could not be told; the desk stays as it is.
        """
        with suppress(SessionLost):  # then it is closed already
            self.send(SignOut(request_id=new_id()), patience_s=patience_s)
        self._leave()

    def close(self) -> None:
        """Stop following without telling the server; the program ends."""
        self._closed.set()
        self._leave()

    def _session(self) -> ServerLink:
        if self._link is None:
            raise SessionLost("nobody is signed in")
        return self._link

    def _leave(self) -> None:
        follower, link = self._follower, self._link
        self._follower = self._link = None
        if follower is not None:
            follower.stop()
        if link is not None:
            link.close()
