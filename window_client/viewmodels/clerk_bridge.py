"""Between the clerk's link and the models: calls wait on a worker thread, callbacks come back as queued signals."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal, Slot

from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.commands import Command, SignOut
from hall.wire.replies import Reply
from hall.wire.views import Desk
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import LinkError, ServerRefused, SessionLost
from queue_server.link.find import Finder
from window_client.desk.situation import Connection
from window_client.i18n import Phrases
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.sign_in_model import SignInModel

_log = logging.getLogger("onewindow.window.clerk")


class ClerkBridge(QObject):
    """Signs in, sends commands and follows the desk, one thing at a time, without ever holding up the screen."""

    _signed_in = Signal(str, object)
    _refused_in = Signal(str)
    _replied = Signal(object, bool)
    _troubled = Signal(str)
    _desk = Signal(object)
    _state = Signal(bool)
    _session_lost = Signal()

    def __init__(
        self, finder: Finder, window: int, clock: Clock, words: Phrases, sign_in: SignInModel, desk: DeskModel
    ) -> None:
        super().__init__()
        self._words = words
        self._sign_in = sign_in
        self._model = desk
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="clerk")
        self._link = DeskLink(
            finder,
            window,
            clock,
            on_desk=self._desk.emit,
            on_state=lambda live, _: self._state.emit(live),
            on_signed_out=self._session_lost.emit,
        )
        sign_in.asked.connect(self._ask_in)
        desk.asked.connect(self._send)
        self._signed_in.connect(self._on_signed_in)
        self._refused_in.connect(sign_in.failed)
        self._replied.connect(self._on_reply)
        self._troubled.connect(desk.not_answered)
        self._desk.connect(self._on_desk)
        self._state.connect(self._on_state)
        self._session_lost.connect(self._on_session_lost)

    def close(self) -> None:
        """Stop following and let the worker end; nothing is told to the server."""
        self._link.close()
        self._worker.shutdown(wait=True, cancel_futures=True)

    # On the screen's thread

    @Slot(str, str)
    def _ask_in(self, staff: str, pin: str) -> None:
        self._worker.submit(self._try, lambda: self._enter(staff, pin), self._refused_in.emit)

    @Slot(object)
    def _send(self, command: Command) -> None:
        self._worker.submit(self._try, lambda: self._carry(command), self._troubled.emit)

    @Slot(str, object)
    def _on_signed_in(self, staff: str, catalog: Catalog | None) -> None:
        self._model.opened(staff, catalog)
        self._sign_in.signed_in()

    @Slot(object, bool)
    def _on_reply(self, reply: Reply, left: bool) -> None:  # noqa: FBT001 - a signal's value
        self._model.answered(reply)
        if left:
            self._leave("")

    @Slot(object)
    def _on_desk(self, desk: Desk) -> None:
        self._model.arrived(desk)

    @Slot(bool)
    def _on_state(self, live: bool) -> None:  # noqa: FBT001 - a signal's value
        self._model.connected(Connection.ONLINE if live else Connection.AWAY)

    @Slot()
    def _on_session_lost(self) -> None:
        self._leave(self._words.session_lost)

    def _leave(self, why: str) -> None:
        if self._sign_in.property("open"):
            self._model.closed()
            self._sign_in.signed_out(why)

    # On the worker's thread

    def _try(self, what: Callable[[], None], otherwise: Callable[[str], None]) -> None:
        try:
            what()
        except SessionLost:
            otherwise("")
            self._session_lost.emit()
        except LinkError as error:
            _log.warning("%s the server did not do it", error.code)
            otherwise(words_of(error))
        except Exception as error:  # a defect must not leave the desk waiting for an answer for ever
            _log.error("bug %s while talking to the server", type(error).__name__)
            otherwise(self._words.went_wrong)

    def _enter(self, staff: str, pin: str) -> None:
        self._link.sign_in(staff, pin)
        try:
            catalog: Catalog | None = self._link.catalog()
        except LinkError as error:
            _log.warning("%s no catalogue, so no guides and no transfer", error.code)
            catalog = None
        self._signed_in.emit(staff, catalog)

    def _carry(self, command: Command) -> None:
        reply = self._link.send(command)
        self._replied.emit(reply, reply.done and isinstance(command, SignOut))


def words_of(error: LinkError) -> str:
    """What to tell a person: the server's own words if it spoke, else what to do."""
    return error.problem.message if isinstance(error, ServerRefused) else error.advice or str(error)
