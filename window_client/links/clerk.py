"""The clerk's link on worker threads: one thing at a time, every end told by a callback."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.commands import Command, EnterByHand
from hall.wire.replies import Reply
from hall.wire.views import Desk
from queue_server.link.act_log import ActLog
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import LedgerUnwritable, LinkError, SessionLost
from queue_server.link.find import Finder
from queue_server.link.set_back import SetBackWatch
from queue_server.link.settling import Settled
from window_client.links.last_list import LastList

_log = logging.getLogger("onewindow.window.clerk")
Failed = Callable[[LinkError | None], None]


class Clerk:
    """Signs in, sends commands, keeps calls made by hand and follows the desk.

    Args:
        finder: Where the server is.
        window: The window's number.
        clock: The machine's clock.
        log: What this window remembers of its acts.
        on_signed_in: Gets the staff number and the catalogue; None without one: no guides and no transfer then.
        on_not_signed_in: Gets why not, None for a defect.
        on_reply: Gets the answer to a command.
        on_no_reply: Gets why there is none, None for a defect.
        on_desk: Gets the desk at each change.
        on_online: Gets whether the desk is live.
        on_session_ended: The server knows the session no more.
        on_kept: Gets a call made by hand once it is durable.
        on_not_kept: Gets what a person can do when the disk did not take one.
        on_settled: Gets each open command that came to an end, calls made by hand among them.
        last: Where the last list is kept for a start without the server; None: nowhere.
        on_away: Gets whether the server cannot be reached, also while nobody is signed in.
        on_owed: Gets whether the server was set back and waits for what this window remembers.
    """

    def __init__(
        self,
        finder: Finder,
        window: int,
        clock: Clock,
        log: ActLog,
        *,
        on_signed_in: Callable[[str, Catalog | None], None],
        on_not_signed_in: Failed,
        on_reply: Callable[[Reply], None],
        on_no_reply: Failed,
        on_desk: Callable[[Desk], None],
        on_online: Callable[[bool], None],
        on_session_ended: Callable[[], None],
        on_kept: Callable[[EnterByHand], None],
        on_not_kept: Callable[[str], None],
        on_settled: Callable[[Settled], None],
        on_owed: Callable[[bool], None] = lambda _: None,
        on_away: Callable[[bool], None] = lambda _: None,
        last: LastList | None = None,
    ) -> None:
        self._on_signed_in = on_signed_in
        self._on_not_signed_in = on_not_signed_in
        self._on_reply = on_reply
        self._on_desk = on_desk
        self._last = last
        self._on_no_reply = on_no_reply
        self._on_session_ended = on_session_ended
        self._on_kept = on_kept
        self._on_not_kept = on_not_kept
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="clerk")
        # What is written down never waits for the network.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="clerk-acts")
        self._link = DeskLink(
            finder,
            window,
            clock,
            log,
            on_desk=self._arrived,
            on_state=lambda live, _: on_online(live),
            on_signed_out=on_session_ended,
            on_settled=on_settled,
        )
        self._watch = SetBackWatch(finder, clock, log, on_owed, on_away)

    def start(self) -> None:
        """Begin to look whether the server waits for what this window remembers."""
        self._watch.start()

    def sign_in(self, staff: str, pin: str) -> None:
        """Try to open the window; returns at once."""
        self._worker.submit(self._try, lambda: self._enter(staff, pin), self._on_not_signed_in)

    def send(self, command: Command) -> None:
        """Send a command; returns at once."""
        self._worker.submit(self._try, lambda: self._on_reply(self._link.send(command)), self._on_no_reply)

    def keep(self, call: EnterByHand) -> None:
        """Write a call made by hand down and bring it to the server, now or when it is there; returns at once."""
        self._writer.submit(self._keep, call)

    def close(self) -> None:
        """Stop following and let the worker end; nothing is told to the server."""
        self._watch.close()
        self._link.close()
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)

    def _arrived(self, desk: Desk) -> None:
        if self._last is not None:
            self._last.keep(desk)
        self._on_desk(desk)

    def _keep(self, call: EnterByHand) -> None:
        try:
            self._link.keep(call)
        except LedgerUnwritable as error:
            _log.error("%s a call made by hand was not kept", error.code)
            self._on_not_kept(error.advice)
            return
        self._on_kept(call)
        with suppress(RuntimeError):  # the window is closing: it goes at the next start
            self._worker.submit(self._try, self._link.deliver, lambda _: None)

    def _try(self, what: Callable[[], None], otherwise: Failed) -> None:
        try:
            what()
        except LinkError as error:
            _log.warning("%s the server did not do it", error.code)
            otherwise(error)
            if isinstance(error, SessionLost):
                self._on_session_ended()
        except Exception as error:  # a defect must not leave the window waiting for an answer for ever
            _log.error("bug %s while talking to the server", type(error).__name__)
            otherwise(None)

    def _enter(self, staff: str, pin: str) -> None:
        self._link.sign_in(staff, pin)
        try:
            catalog: Catalog | None = self._link.catalog()
        except LinkError as error:
            _log.warning("%s no catalogue, so no guides and no transfer", error.code)
            catalog = None
        self._on_signed_in(staff, catalog)
