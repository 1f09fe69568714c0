"""The thread of a kiosk that keeps ledger and server together: find, hello, facts up, feed down, and again.

Nothing waits for it: numbers are given from the ledger whether it is connected or not.
"""

import logging
import random
import threading
from collections.abc import Callable
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from hall.clock import Clock
from hall.errors import OneWindowError
from hall.wire.hello import DeviceKind
from hall.wire.sync import BATCH, FeedHead, FeedMessage, Push
from queue_server.link.errors import ServerAway, ServerGarbled
from queue_server.link.find import Finder
from queue_server.link.follow import Backoff
from queue_server.link.ledger import Ledger
from queue_server.link.live import LiveSocket
from queue_server.link.server_link import ServerLink, connect

_MESSAGE: TypeAdapter[FeedMessage] = TypeAdapter(FeedMessage)
_log = logging.getLogger("onewindow.link.sync")


class LinkState(NamedTuple):
    """How a device stands to its server.

    Attributes:
        online: Whether it is connected.
        unsent: How many facts the server does not have.
        problem: What a person can do when it is not connected.
        acked: The last place of its lane that the server has; whoever waits for a fact to arrive looks here.
    """

    online: bool
    unsent: int
    problem: str
    acked: int


class Sync:
    """Keeps one ledger and the server together from `start` to `stop`.

    Args:
        ledger: The device's ledger.
        finder: Where the server is.
        hall_key: The hall's secret, to prove the device.
        clock: The machine's clock.
        on_state: Gets each change of `LinkState`.
        on_change: Called after tickets or the catalogue changed by the server's word.
        jitter: Source of numbers from 0 to 1 for the pauses between tries.

    Callbacks come on this room's threads.
    """

    def __init__(
        self,
        ledger: Ledger,
        finder: Finder,
        hall_key: bytes,
        clock: Clock,
        *,
        on_state: Callable[[LinkState], None] = lambda _: None,
        on_change: Callable[[], None] = lambda: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._ledger = ledger
        self._finder = finder
        self._hall_key = hall_key
        self._clock = clock
        self._on_state = on_state
        self._on_change = on_change
        self._backoff = Backoff(jitter)
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self._state = LinkState(online=False, unsent=ledger.unsent_count(), problem="", acked=ledger.state.acked)
        self._thread = threading.Thread(target=self._run, name="link-sync", daemon=True)

    @property
    def state(self) -> LinkState:
        """How the device stands to its server now."""
        return self._state

    def start(self) -> None:
        """Begin; from now on every fact written wakes the thread."""
        self._ledger.on_written(self._wake.set)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End it and wait for the thread, at most so long; before the ledger is closed. What is unsent stays there."""
        self._stopped.set()
        self._wake.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopped.is_set():
            problem = ""
            try:
                self._visit()
            except OneWindowError as error:
                _log.info("%s: %s", error.code, error)
                problem = error.advice
            except Exception:
                _log.exception("link.sync_bug: the sync stumbled and will try again")
            if not self._stopped.is_set():
                self._tell(online=False, problem=problem)
                self._wake.wait(self._backoff.next_s())
                self._wake.clear()

    def _visit(self) -> None:
        """One connection from hello to its end, which is always an error unless stopped."""
        with connect(self._finder, self._clock, self._stopped) as link:
            self._hello(link)
            self._push_all(link)
            state = self._ledger.state
            socket = LiveSocket(link.address, f"/api/feed?after={state.feed_seq}", link.session)
            feed = _Feed(self._ledger, socket, state.server_epoch, self._wake, self._on_change)
            try:
                feed.start()
                self._backoff.reset()
                self._stay(link, feed)
            finally:
                feed.stop()

    def _hello(self, link: ServerLink) -> None:
        state = self._ledger.state
        welcome = link.hello(
            self._hall_key,
            device=state.device,
            kind=DeviceKind.KIOSK,
            incarnation=state.incarnation,
            boot_id=self._clock.now().boot_id,
            last_seq=state.last_seq,
            acked_seq=state.acked,
            catalog_version=state.catalog_version,
        )
        self._ledger.apply_welcome(welcome)
        self._pull_catalog(link, welcome.catalog_version)
        self._ledger.hear_time(welcome.server_time)
        self._ledger.tidy(welcome.server_time)
        _log.info("link.welcome: lane %s, applied up to %s", welcome.lane, welcome.highwater)

    def _stay(self, link: ServerLink, feed: "_Feed") -> None:
        while not self._stopped.is_set():
            feed.raise_error()
            self._pull_catalog(link, feed.catalog_version)
            self._push_all(link)
            self._tell(online=True, problem="")
            self._wake.wait()
            self._wake.clear()

    def _pull_catalog(self, link: ServerLink, version: str) -> None:
        if version and version != self._ledger.state.catalog_version:
            self._ledger.store_catalog(link.catalog())
            self._on_change()

    def _push_all(self, link: ServerLink) -> None:
        """Send what the server does not have, in order, until it says that it has all of it."""
        while not self._stopped.is_set() and (facts := self._ledger.unsent(BATCH)):
            state, now = self._ledger.state, self._clock.now()
            pushed = link.push(
                Push(
                    lane=state.lane or 0,
                    session_no=state.session_no,
                    sent_mono_us=now.mono_us,
                    boot_id=now.boot_id,
                    facts=tuple(facts),
                )
            )
            self._ledger.apply_pushed(pushed)
            if pushed.highwater <= state.highwater:
                raise ServerGarbled(f"the server stays at {pushed.highwater} in lane {state.lane}")
            self._pull_catalog(link, pushed.catalog_version)

    def _tell(self, *, online: bool, problem: str) -> None:
        ledger = self._ledger
        state = LinkState(online=online, unsent=ledger.unsent_count(), problem=problem, acked=ledger.state.acked)
        if state != self._state:
            self._state = state
            self._on_state(state)


class _Feed:
    """The feed of one connection, read and applied on a thread of its own."""

    def __init__(
        self, ledger: Ledger, socket: LiveSocket, epoch: str, wake: threading.Event, on_change: Callable[[], None]
    ) -> None:
        self._ledger = ledger
        self._socket = socket
        self._epoch = epoch
        self._wake = wake
        self._on_change = on_change
        self._error: Exception | None = None
        self.catalog_version = ""
        self._thread = threading.Thread(target=self._run, name="link-feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._socket.close()
        self._thread.join(5.0)

    def raise_error(self) -> None:
        """Let the sync end the connection when the feed has ended."""
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while True:
                self._apply([_message(text) for text in self._socket.texts()])
        except Exception as error:  # whatever it was, the sync must hear of it and connect anew
            self._error = error
            self._wake.set()

    def _apply(self, messages: list[FeedMessage]) -> None:
        heads = [message for message in messages if isinstance(message, FeedHead)]
        if any(head.server_epoch != self._epoch for head in heads):
            raise ServerAway("the server has begun a new epoch")
        if any(head.seq < self._ledger.state.feed_seq for head in heads):
            self._ledger.reread_feed()
            raise ServerAway("the server's journal is shorter than what it told before")
        if self._ledger.apply_feed(messages):
            self._on_change()
        if heads:
            self._ledger.hear_time(heads[-1].server_time)
            if heads[-1].catalog_version != self.catalog_version:
                self.catalog_version = heads[-1].catalog_version
                self._wake.set()


def _message(text: str) -> FeedMessage:
    try:
        return _MESSAGE.validate_json(text)
    except ValidationError as error:
        raise ServerGarbled("the feed carries something else than entries") from error
