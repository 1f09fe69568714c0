"""A clerk's desk, live, under a staff session. The rating page beside it has a link and a session of its own."""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.commands import Command, EnterByHand, SignOut, as_kept
from hall.wire.replies import Reply, SignedIn
from hall.wire.views import Desk
from queue_server.link.act_log import ActLog
from queue_server.link.clock import new_id
from queue_server.link.errors import LedgerUnwritable, ServerRefused, SessionLost
from queue_server.link.find import Finder
from queue_server.link.follow import Follower
from queue_server.link.live import LiveSocket
from queue_server.link.server_link import PATIENCE_S, ServerLink, connect
from queue_server.link.settling import Settled, settle, tell

_log = logging.getLogger("onewindow.link.desk")


class DeskLink:
    """A window's way to the server for its clerk.

    The calls wait for the network, so make them on a worker thread; callbacks come on this room's threads. After the
    way was broken the desk counts as live only when the server has been told what this window remembers, and every
    command that never got its answer has come to an end.

    Args:
        finder: Where the server is.
        window: The window's number.
        clock: The machine's clock.
        log: What this window remembers of its acts.
        on_desk: Gets the desk at each change.
        on_state: Gets whether the desk is live and, if not, what a person can do.
        on_signed_out: The server ended the session; the clerk must sign in again.
        on_settled: Gets each open command that came to an end.
        jitter: Source of numbers from 0 to 1 for the pauses between tries.
    """

    def __init__(
        self,
        finder: Finder,
        window: int,
        clock: Clock,
        log: ActLog,
        *,
        on_desk: Callable[[Desk], None],
        on_state: Callable[[bool, str], None],
        on_signed_out: Callable[[], None],
        on_settled: Callable[[Settled], None] = lambda _: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._finder = finder
        self._window = window
        self._clock = clock
        self._log = log
        self._on_desk = on_desk
        self._on_state = on_state
        self._on_signed_out = on_signed_out
        self._on_settled = on_settled
        self._jitter = jitter
        self._closed = threading.Event()
        self._link: ServerLink | None = None
        self._follower: Follower | None = None
        self._staff = ""
        self._under_way = ""
        self._fresh = False  # the live view was opened and has shown nothing yet

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
        self._link, self._staff = link, signed_in.staff
        self._follower = Follower(
            "desk-link",
            open_socket=lambda: LiveSocket(link.address, "/api/desk/live", link.session),
            on_text=lambda text: self._arrived(link, Desk.model_validate_json(text)),
            on_state=self._changed,
            on_session_lost=self._on_signed_out,
            jitter=self._jitter,
        )
        self._follower.start()
        return signed_in

    def send(self, command: Command, *, patience_s: float = PATIENCE_S) -> Reply:
        """Send a command until it is answered, always under one request id, so it is carried out once.

        The same act once more, after no answer came, goes under the id it had: a clerk who presses again gets the
        citizen of the first press. Before any other act the open one is brought to an end.

        Raises:
            SessionLost: If nobody is signed in.
            ServerAway: If no answer came in time; the same command may be sent again.
            LinkError: Any other branch.
        """
        link = self._session()
        command = self._as_before(command)
        self._under_way = command.request_id
        try:
            self._settle(link)
            with _unless_full():
                self._log.asked(self._staff, command)
            reply = link.command(command, patience_s=patience_s, cancel=self._closed)
            with _unless_full():
                self._log.answered(reply)
        except ServerRefused:
            with _unless_full():
                self._log.dropped(command.request_id)
            raise
        finally:
            self._under_way = ""
        return reply

    def keep(self, call: EnterByHand) -> None:
        """Write a call made by hand down; on return it is durable and goes to the server as soon as there is one.

        Raises:
            LedgerUnwritable: If the disk did not take it.
        """
        self._log.asked(self._staff, call)

    def deliver(self) -> None:
        """Bring calls made by hand to the server now.

        Raises:
            SessionLost: If nobody is signed in.
            LinkError: Any other branch; what is left goes when the desk is live again.
        """
        self._settle(self._session())

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

    def _arrived(self, link: ServerLink, desk: Desk) -> None:
        """On the follower's thread. An error of the way ends the view, and all of it is tried again."""
        if desk.epoch not in ("", self._log.epoch):
            self._tell(link, desk.epoch)
        opened = self._fresh
        if opened and self._settle(link):
            desk = link.desk()
        self._on_desk(desk)
        if opened:
            self._fresh = False
            self._on_state(opened, "")

    def _tell(self, link: ServerLink, epoch: str) -> None:
        try:
            with _unless_full():
                tell(link, self._log, epoch)
        except ServerRefused as error:
            _log.error("link.acts_refused %s", error.problem.code)  # a defect, but no reason to stop serving

    def _settle(self, link: ServerLink) -> bool:
        """Whether anything was open."""
        settled: list[Settled] = []
        with _unless_full():
            settled = settle(link, self._log, but=self._under_way)
        for each in settled:
            self._on_settled(each)
        return bool(settled)

    def _as_before(self, command: Command) -> Command:
        for asked in self._log.unanswered():
            again = command.model_copy(update={"request_id": asked.command.request_id})
            if asked.staff == self._staff and as_kept(again) == asked.command:
                return again
        return command

    def _changed(self, online: bool, problem: str) -> None:  # noqa: FBT001 - a callback's value
        self._fresh = online
        if not online:
            self._on_state(online, problem)

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


@contextmanager
def _unless_full() -> Iterator[None]:
    """The memory is a second net: a window whose disk fails goes on serving, and the log tells it."""
    try:
        yield
    except LedgerUnwritable as error:
        _log.error("%s %s", error.code, error)
