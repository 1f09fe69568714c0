"""The kiosk with its screen: viewmodels over the machine, one QML view, a clean end.

Qt writes its own complaints to standard error: a message handler in Python would deadlock when QML warns from its
loader's thread.

Order at the end: the view and its engine go first, then the objects they read, then the machine.
"""

import logging
import os
import signal
from pathlib import Path
from types import FrameType

import shiboken6
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from hall.errors import BugError
from kiosk.config import Setup
from kiosk.machine import Machine
from kiosk.metrics import Metrics
from kiosk.play import PlayStep
from kiosk.viewmodels import HallModel, JourneyModel, TicketModel
from kiosk.viewmodels.language import Language
from kiosk.viewmodels.player import Player
from themes.qml_theme import install

_MAIN = Path(__file__).parent / "qml" / "Main.qml"
_log = logging.getLogger("onewindow.kiosk.screen")
_SIGNAL_LOOK_MS = 200


class App:
    """One kiosk on one screen.

    Args:
        setup: Checked settings.
        metrics: Takes durations.
        script: Steps to play; the program ends after the last one.
        pictures: Where the script's pictures go.

    Raises:
        LedgerError: If the data folder cannot be used.
    """

    def __init__(self, setup: Setup, metrics: Metrics, script: list[PlayStep] | None, pictures: Path) -> None:
        os.environ.setdefault("QT_QUICK_BACKEND", "software")  # the tested floor; a machine may set another
        self._app = QGuiApplication.instance() or QGuiApplication([])
        self._metrics = metrics
        # Nothing is told before `start`, when everything stands.
        self._machine = Machine(
            setup, metrics, lambda event: self._journey.happened.emit(event), lambda: self._hall.refreshed.emit()
        )
        self._journey = JourneyModel(self._machine.knowledge, self._machine.working.perform)
        self._hall = HallModel(self._machine.knowledge, self._journey)
        self._ticket = TicketModel(self._machine.knowledge, self._journey)
        self._language = Language()
        self._view = self._open_view(setup)
        self._measuring = False
        self._player = (
            Player(self._view, self._journey, self._ticket, script, pictures, lambda: self._measuring)
            if script is not None
            else None
        )

    def run(self) -> int:
        """Show the kiosk until it is told to end; exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        # Python looks at signals only between its own instructions: give it some.
        looker = QTimer(interval=_SIGNAL_LOOK_MS)
        looker.timeout.connect(lambda: None)
        looker.start()
        self._machine.start()
        if self._player is not None:
            self._player.start()
        try:
            return self._app.exec()
        finally:
            looker.stop()
            self._close()

    def _open_view(self, setup: Setup) -> QQuickView:
        view = QQuickView()
        install(view.engine(), scale="kiosk")
        view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
        view.setTitle(setup.kiosk.name)
        view.setInitialProperties({"journey": self._journey, "hall": self._hall, "ticket": self._ticket})
        view.resize(setup.kiosk.width, setup.kiosk.height)
        view.setSource(QUrl.fromLocalFile(str(_MAIN)))
        if view.status() != QQuickView.Status.Ready:
            raise BugError("\n".join(error.toString() for error in view.errors()))
        self._journey.languageChanged.connect(self._retranslate)
        self._journey.changed.connect(self._measure_card)
        if setup.kiosk.full_screen:
            view.showFullScreen()
        else:
            view.show()
        return view

    def _retranslate(self) -> None:
        self._language.set_english(self._journey.visit.manner.english)
        self._view.engine().retranslate()

    def _measure_card(self) -> None:
        """Note how long a card took to the screen: after the frame that shows it."""
        since, self._machine.card_at = self._machine.card_at, 0
        if not since or self._journey.visit.document is None:
            return

        def drawn() -> None:
            self._metrics.duration("card_to_choices", since)
            self._measuring = False

        def shown() -> None:
            self._view.afterAnimating.disconnect(shown)
            QTimer.singleShot(0, self._view, drawn)

        self._measuring = True
        self._view.afterAnimating.connect(shown)

    def _end(self, number: int, _: FrameType | None) -> None:
        _log.info("kiosk.end signal %d", number)
        QTimer.singleShot(0, self._app.quit)  # a quit before the loop runs would be lost

    def _close(self) -> None:
        self._view.close()
        self._player = None
        # Deleting the view takes the engine and every page with it, before the objects that they read.
        shiboken6.delete(self._view)
        self._machine.stop()
