"""The thread of a kiosk that keeps ledger and server together: it finds the server and carries the conversation.

Nothing waits for it: numbers are given from the ledger whether it is connected or not.
"""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from hall.catalog import Catalog
from hall.clock import Clock
from hall.errors import OneWindowError, Retry
from hall.wire.hello import Welcome
from hall.wire.sync import FeedMessage, Push, Pushed
from hall.wire.views import Waits
from queue_server.link.conversation import CatalogWanted, Conversation, Introduction, Request
from queue_server.link.errors import LedgerError, LinkError, ServerGarbled
from queue_server.link.find import Finder
from queue_server.link.follow import Backoff, Follower
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
        refused: The same, if the server was there and did not take this device: it will not before that is mended.
        acked: The last place of its lane that the server has; whoever waits for a fact to arrive looks here.
    """

    online: bool
    unsent: int
    problem: str
    acked: int
    refused: str = ""


class Sync:
    """Keeps one ledger and the server together from `start` to `stop`.

    Args:
        ledger: The device's ledger.
        finder: Where the server is.
        hall_key: The hall's secret, to prove the device.
        clock: The machine's clock.
        on_state: Gets each change of `LinkState`.
        on_change: Called after tickets or the catalogue changed by the server's word.
        on_waits: Gets how long newcomers wait, as foretold anew. Numbers never wait for it.
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
        on_waits: Callable[[Waits], None] = lambda _: None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._ledger = ledger
        self._finder = finder
        self._hall_key = hall_key
        self._clock = clock
        self._on_state = on_state
        self._on_change = on_change
        self._on_waits = on_waits
        self._jitter = jitter
        self._backoff = Backoff(jitter)
        self._stopped = threading.Event()
        self._wake = threading.Event()
        self._refused = ledger.state.refused
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
                self._note(error)
                problem = error.advice
            except Exception:
                _log.exception("link.sync_bug: the sync stumbled and will try again")
            if not self._stopped.is_set():
                self._tell(online=False, problem=problem)
                self._wake.wait(self._backoff.next_s())
                self._wake.clear()

    def _note(self, error: OneWindowError) -> None:
        """What a person must mend is said aloud when it is new, and kept for who asks; the rest is everyday."""
        if isinstance(error, LinkError) and error.retry in (Retry.AFTER_MENDING, Retry.NEVER):
            level = logging.INFO if error.advice == self._refused else logging.WARNING
            _log.log(level, "%s: %s。%s", error.code, error, error.advice)
            self._keep_refused(error.advice)
        else:
            _log.info("%s: %s", error.code, error)

    def _keep_refused(self, why: str) -> None:
        if why == self._refused:
            return
        self._refused = why
        try:
            self._ledger.note_refused(why)
        except LedgerError as error:  # the next one who writes there says so too
            _log.info("%s: %s", error.code, error)

    def _visit(self) -> None:
        """One connection from hello to its end, which is always an error unless stopped."""
        with connect(self._finder, self._clock, self._stopped) as link:
            conversation = Conversation(self._ledger)
            while not self._stopped.is_set():
                self._say_all(link, conversation)
                self._follow(link, conversation)

    def _follow(self, link: ServerLink, conversation: Conversation) -> None:
        """Hear the feed and tell what is new, for as long as the session lasts."""
        session = link.session
        socket = LiveSocket(link.address, f"/api/feed?after={conversation.follow_after}", session)
        feed = _Feed(conversation, socket, self._wake, self._on_change)
        waits = Follower(
            "link-waits",
            open_socket=lambda: LiveSocket(link.address, "/api/waits/live", session),
            on_text=self._hear_waits,
            on_state=lambda _online, _problem: None,
            jitter=self._jitter,
        )
        try:
            feed.start()
            waits.start()
            self._backoff.reset()
            while not self._stopped.is_set() and link.session == session:
                feed.raise_error()
                self._keep_refused("")
                self._tell(online=True, problem="")
                self._wake.wait()
                self._wake.clear()
                self._say_all(link, conversation)
        finally:
            feed.stop()
            waits.stop()

    def _hear_waits(self, text: str) -> None:
        try:
            waits = Waits.model_validate_json(text)
        except ValidationError:  # of another version: then there are none
            return
        self._on_waits(waits)

    def _say_all(self, link: ServerLink, conversation: Conversation) -> None:
        """Ask until the server has everything and this device has its catalogue."""
        while not self._stopped.is_set() and (request := conversation.next_request(self._clock.now())):
            if conversation.take(request, self._ask(link, request)):
                self._on_change()

    def _ask(self, link: ServerLink, request: Request) -> Welcome | Catalog | Pushed:
        match request:
            case Introduction():
                return link.hello(self._hall_key, hall_id=self._ledger.state.hall_id, **asdict(request))
            case CatalogWanted():
                return link.catalog()
            case Push():
                return link.push(request)

    def _tell(self, *, online: bool, problem: str) -> None:
        ledger = self._ledger
        unsent, acked = ledger.unsent_count(), ledger.state.acked
        state = LinkState(online=online, unsent=unsent, problem=problem, acked=acked, refused=self._refused)
        if state != self._state:
            self._state = state
            self._on_state(state)


class _Feed:
    """The feed of one connection, read and heard on a thread of its own."""

    def __init__(
        self, conversation: Conversation, socket: LiveSocket, wake: threading.Event, on_change: Callable[[], None]
    ) -> None:
        self._conversation = conversation
        self._socket = socket
        self._wake = wake
        self._on_change = on_change
        self._error: Exception | None = None
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
                if self._conversation.hear([_message(text) for text in self._socket.texts()]):
                    self._on_change()
                if self._conversation.has_a_question:
                    self._wake.set()
        except Exception as error:  # whatever it was, the sync must hear of it and connect anew
            self._error = error
            self._wake.set()


def _message(text: str) -> FeedMessage:
    try:
        return _MESSAGE.validate_json(text)
    except ValidationError as error:
        raise ServerGarbled("the feed carries something else than entries") from error
