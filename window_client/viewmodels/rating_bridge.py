"""Between the rating page's own link and its model. This session can rate and nothing else; no clerk's session can."""

import logging
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal, Slot

from hall.clock import Clock
from hall.rating import Level
from hall.wire.replies import Reply
from hall.wire.views import RatingPage
from queue_server.link.errors import LinkError
from queue_server.link.find import Finder
from queue_server.link.rating_link import RatingLink
from window_client.desk.situation import Connection
from window_client.viewmodels.rating_model import RatingModel

_log = logging.getLogger("onewindow.window.rating")


class RatingBridge(QObject):
    """Follows what may be rated, and sends a citizen's press."""

    _page = Signal(object)
    _state = Signal(bool)
    _replied = Signal(object)
    _lost = Signal()

    def __init__(self, finder: Finder, hall_key: bytes, window: int, clock: Clock, model: RatingModel) -> None:
        super().__init__()
        self._model = model
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="rating")
        self._link = RatingLink(
            finder,
            hall_key,
            f"rating-{window}",
            window,
            clock,
            on_page=self._page.emit,
            on_state=lambda live, _: self._state.emit(live),
        )
        model.asked.connect(self._ask)
        self._page.connect(self._on_page)
        self._state.connect(self._on_state)
        self._replied.connect(self._on_reply)
        self._lost.connect(model.not_kept)

    def start(self) -> None:
        """Begin to follow."""
        self._link.start()

    def close(self) -> None:
        """Stop; the program ends."""
        self._link.close()
        self._worker.shutdown(wait=True, cancel_futures=True)

    @Slot(str, int)
    def _ask(self, ticket: str, level: int) -> None:
        self._worker.submit(self._rate, ticket, Level(level))

    @Slot(object)
    def _on_page(self, page: RatingPage) -> None:
        self._model.arrived(page)

    @Slot(bool)
    def _on_state(self, live: bool) -> None:  # noqa: FBT001 - a signal's value
        self._model.connected(Connection.ONLINE if live else Connection.AWAY)

    @Slot(object)
    def _on_reply(self, reply: Reply) -> None:
        self._model.answered(reply)

    def _rate(self, ticket: str, level: Level) -> None:
        try:
            self._replied.emit(self._link.rate(ticket, level))
        except LinkError as error:
            _log.warning("%s a rating was not kept", error.code)
            self._lost.emit()
        except Exception as error:  # a defect must not leave the citizen before a dead page
            _log.error("bug %s while rating", type(error).__name__)
            self._lost.emit()
