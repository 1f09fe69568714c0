"""The window client with its two screens: links, bridges, models, views, and a clean end.

Order at the end: the views and their engines go first, then the bridges, so that nothing draws what is gone.
"""

import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import IO, Any, Literal

import shiboken6
from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from hall.errors import BugError
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from themes.qml_theme import install
from window_client.attached import any_named
from window_client.config import Setup
from window_client.i18n import LANGUAGES
from window_client.links.last_list import LastList
from window_client.viewmodels.by_hand_model import ByHandModel
from window_client.viewmodels.clerk_bridge import ClerkBridge
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.pads_bridge import PadsBridge
from window_client.viewmodels.player import Player
from window_client.viewmodels.rating_bridge import RatingBridge
from window_client.viewmodels.rating_model import RatingModel
from window_client.viewmodels.sheet_model import SheetModel
from window_client.viewmodels.sign_in_model import SignInModel
from window_client.viewmodels.slip_model import SlipModel

_QML = Path(__file__).parent / "qml"
_SIGNAL_LOOK_MS = 200
_log = logging.getLogger("onewindow.window")


class App:
    """One window: the clerk's screen, and the citizen's beside it.

    Args:
        setup: Checked settings.
        steps: Steps to play, one JSON text a line; the program ends after the last one. None: nobody plays.
    """

    def __init__(self, setup: Setup, steps: IO[str] | None) -> None:
        os.environ.setdefault("QT_QUICK_BACKEND", "software")  # the tested floor; a machine may set another
        self._log = ActLog(setup.folder)
        self._app = QGuiApplication.instance() or QGuiApplication([])
        config, clock = setup.window, SystemClock()
        words, finder = LANGUAGES[config.language], Finder(config.server)
        self._sign_in = SignInModel(words, config.number)
        self._desk = DeskModel(words, config.number, clock, new_id)
        self._by_hand = ByHandModel(words, self._desk, new_id)
        self._slip = SlipModel(words, self._desk)
        self._sheet = SheetModel(words, self._desk, config.number, setup.folder / "sheets")
        self._rating = RatingModel(words, config.number)
        self._clerk_bridge = ClerkBridge(
            finder,
            config.number,
            clock,
            self._log,
            LastList(setup.folder),
            words,
            self._sign_in,
            self._desk,
            self._by_hand,
        )
        rates = config.rating or setup.devices.rating_pad is not None
        self._rating_bridge = (
            RatingBridge(finder, setup.hall_key, config.number, clock, self._rating) if rates else None
        )
        self._pads = (
            PadsBridge(setup, finder, clock, words, self._sign_in, self._desk, self._rating, self._slip)
            if any_named(setup)
            else None
        )
        shared = {"words": words.plain()}
        pages = {
            "signIn": self._sign_in,
            "desk": self._desk,
            "byHand": self._by_hand,
            "slip": self._slip,
            "sheet": self._sheet,
        }
        self._views = {"desk": _view("Desk", config.theme, "desk", pages | shared)}
        self._views["desk"].resize(config.width, config.height)
        if config.rating:
            self._views["rating"] = _view("Rating", config.theme, "kiosk", {"rating": self._rating} | shared)
            self._views["rating"].resize(config.rating_width, config.rating_height)
        self._full_screen = config.full_screen
        self._player = self._play(steps) if steps is not None else None

    def run(self) -> int:
        """Show both screens until told to end; exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        # Python looks at signals only between its own instructions: give it some.
        looker = QTimer(interval=_SIGNAL_LOOK_MS)
        looker.timeout.connect(lambda: None)
        looker.start()
        self._show()
        self._clerk_bridge.start()
        if self._rating_bridge is not None:
            self._rating_bridge.start()
        if self._pads is not None:
            self._pads.start()
        _say('{"ready": "window"}')
        if self._player is not None:
            self._player.start()
        try:
            return self._app.exec()
        finally:
            looker.stop()
            self._close()

    def _show(self) -> None:
        """The clerk's screen on the first display; the citizen's fills a second one, or is a window without one."""
        desk, rating = self._views["desk"], self._views.get("rating")
        if rating is not None:
            others = [screen for screen in QGuiApplication.screens() if screen is not desk.screen()]
            if others:
                rating.setScreen(others[0])
                rating.showFullScreen()
            else:
                rating.show()
        if self._full_screen:
            desk.showFullScreen()
        else:
            desk.show()
        desk.requestActivate()

    def _play(self, steps: IO[str]) -> Player:
        changes = [each.changed for each in (self._sign_in, self._desk, self._rating, self._by_hand, self._sheet)]
        player = Player(steps, self._views, changes, self._look, _say)
        player.ended.connect(QGuiApplication.exit)
        return player

    def _look(self) -> dict[str, Any]:
        """What a script may see."""
        situation = self._desk.situation
        desk = situation.desk
        return {
            "page": "desk" if self._sign_in.property("open") else "sign_in",
            "state": situation.state.value,
            "connection": situation.connection.value,
            "number": situation.active.number if situation.active else "",
            "waiting": len(desk.queue) if desk else 0,
            "missed": len(desk.missed) if desk else 0,
            "held": len(desk.held) if desk else 0,
            "busy": situation.pending is not None or situation.settling,
            "note": self._desk.property("note")["text"],
            "error": self._sign_in.property("error"),
            "uncertain": len(desk.uncertain) if desk else 0,
            "by_hand": [line["state"] for line in self._by_hand.property("lines")],
            "sheet": self._sheet.property("done"),
            "rating": self._rating.property("page"),
            "rating_number": self._rating.property("number"),
        }

    def _end(self, number: int, _: FrameType | None) -> None:
        _log.info("window.end signal %d", number)
        QTimer.singleShot(0, self._app.quit)  # a quit before the loop runs would be lost

    def _close(self) -> None:
        for view in self._views.values():
            view.close()
            # Deleting a view takes its engine and every page with it, before the objects that they read.
            shiboken6.delete(view)
        if self._pads is not None:
            self._pads.close()
        self._clerk_bridge.close()
        self._log.close()
        if self._rating_bridge is not None:
            self._rating_bridge.close()


def _view(page: str, theme: str, scale: Literal["kiosk", "desk"], properties: dict[str, Any]) -> QQuickView:
    view = QQuickView()
    install(view.engine(), name=theme, scale=scale)
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.setInitialProperties(properties)
    view.setSource(QUrl.fromLocalFile(str(_QML / f"{page}.qml")))
    if view.status() != QQuickView.Status.Ready:
        raise BugError("\n".join(error.toString() for error in view.errors()))
    return view


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
