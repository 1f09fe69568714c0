"""Between the rating page's own link and its model. This session can rate and nothing else; no clerk's session can."""

from PySide6.QtCore import QObject, Signal, Slot

from hall.clock import Clock
from hall.rating import Level
from hall.wire.replies import Reply
from hall.wire.views import RatingPage
from queue_server.link.find import Finder
from window_client.desk.situation import Connection
from window_client.links.rating import Rating
from window_client.viewmodels.rating_model import RatingModel


class RatingBridge(QObject):
    """Carries what may be rated to the model, and a citizen's press to the link."""

    _page = Signal(object)
    _online = Signal(bool)
    _replied = Signal(object)

    def __init__(self, finder: Finder, hall_key: bytes, window: int, clock: Clock, model: RatingModel) -> None:
        super().__init__()
        self._model = model
        self._rating = Rating(
            finder,
            hall_key,
            window,
            clock,
            on_page=self._page.emit,
            on_online=self._online.emit,
            on_reply=self._replied.emit,
        )
        model.asked.connect(self._ask)
        self._page.connect(self._on_page)
        self._online.connect(self._on_online)
        self._replied.connect(self._on_reply)

    def start(self) -> None:
        """Begin to follow."""
        self._rating.start()

    def close(self) -> None:
        """Stop; the program ends."""
        self._rating.close()

    @Slot(str, int)
    def _ask(self, ticket: str, level: int) -> None:
        self._rating.rate(ticket, Level(level))

    @Slot(object)
    def _on_page(self, page: RatingPage) -> None:
        self._model.arrived(page)

    @Slot(bool)
    def _on_online(self, online: bool) -> None:  # noqa: FBT001 - a signal's value
        self._model.connected(Connection.ONLINE if online else Connection.AWAY)

    @Slot(object)
    def _on_reply(self, reply: Reply | None) -> None:
        if reply is None:
            self._model.not_kept()
        else:
            self._model.answered(reply)
