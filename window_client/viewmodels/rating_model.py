"""The citizen's own page: welcome, five levels, thanks. It shows no name, and it does nothing by itself but go home."""

from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hall.rating import Level
from hall.wire.replies import Refusal, Reply
from hall.wire.views import RatingPage
from window_client.desk.situation import Connection
from window_client.i18n import Phrases

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
ASK_SECONDS, THANK_SECONDS = 60, 6
"""How long the question stays, and the thanks. Nobody has to answer: without a press nothing is recorded."""


@QmlElement
class RatingModel(QObject):
    """`asked` carries ticket and level for the rating session's link; the answer comes by `answered` or `not_kept`."""

    changed = Signal()
    ticked = Signal()
    asked = Signal(str, int)

    def __init__(self, words: Phrases, window: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._window = window
        self._page = "welcome"
        self._shown = RatingPage(window=window)
        self._connection = Connection.CONNECTING
        self._busy = self._kept = False
        self._left = 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.second)

    def arrived(self, shown: RatingPage) -> None:
        """The server sent what may be rated now; nothing when the finish was undone."""
        before, self._shown = self._shown.ticket, shown
        if shown.ticket is None:
            if self._page == "rate" and not self._busy:
                self._go("welcome")
        elif shown.ticket != before:
            self._busy = False
            self._go("rate", ASK_SECONDS)
        self.changed.emit()

    def connected(self, connection: Connection) -> None:
        """The way to the server changed."""
        self._connection = connection
        self.changed.emit()

    def answered(self, reply: Reply) -> None:
        """The server answered; a rating given twice counts as given."""
        self._busy, self._kept = False, reply.done or reply.refusal is Refusal.ALREADY_RATED
        self._go("thanks", THANK_SECONDS)

    def not_kept(self) -> None:
        """The rating did not reach the server, and the page says so."""
        self._busy, self._kept = False, False
        self._go("thanks", THANK_SECONDS)

    @Slot(int)
    def rate(self, level: int) -> None:
        """The citizen pressed one of the five levels, 5 is best."""
        if self._page != "rate" or self._busy or self._shown.ticket is None:
            return
        self._busy = True
        self._timer.stop()
        self.changed.emit()
        self.asked.emit(self._shown.ticket, Level(level).value)

    def _go(self, page: str, seconds: int = 0) -> None:
        self._page, self._left = page, seconds
        if seconds:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit()
        self.ticked.emit()

    @Slot()
    def second(self) -> None:
        """A second has passed."""
        self._left -= 1
        if self._left <= 0:
            self._go("welcome")
        self.ticked.emit()

    @Property(str, notify=changed)
    def page(self) -> str:
        """welcome, rate or thanks."""
        return self._page

    @Property(str, notify=changed)
    def windowNumber(self) -> str:
        """The window, as on the wall."""
        return str(self._window)

    @Property(str, notify=changed)
    def windowTitle(self) -> str:
        """`3 号窗口`."""
        return self._words.window.format(number=self._window)

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number just finished."""
        return self._shown.number

    @Property(str, notify=changed)
    def service(self) -> str:
        """What was done."""
        return self._shown.service_name

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a rating is on its way."""
        return self._busy

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        """Whether the rating reached the server."""
        return self._kept

    @Property(bool, notify=changed)
    def online(self) -> bool:
        """Whether a rating could be taken now."""
        return self._connection is Connection.ONLINE

    @Property(float, notify=ticked)
    def left(self) -> float:
        """Part of the question's time that is left, 1 to 0."""
        return self._left / ASK_SECONDS if self._page == "rate" else 0.0

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def levels(self) -> list[Any]:
        """The five levels, best first."""
        return [{"level": level.value, "words": words} for level, words in self._words.levels.items()]
