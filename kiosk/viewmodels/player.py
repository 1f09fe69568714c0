"""Plays a script on the real view: mouse presses on named items, looks at the journey, pictures of the window.

One step at a time; a step that cannot be done yet is tried again at the next tick until its patience ends. Nothing
sleeps, nothing is called past the screen.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QPointF, Qt, QTimer
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from kiosk.errors import PlayError
from kiosk.play import LOOKS, PlayStep
from kiosk.viewmodels.journey_model import JourneyModel
from kiosk.viewmodels.ticket_model import TicketModel

_log = logging.getLogger("onewindow.kiosk.play")
_TICK_MS = 20
FAILED = 2
"""Exit status when a step cannot be played."""


class Player(QObject):
    """Runs one script and ends the program with it.

    Args:
        view: The window.
        journey: The visit looked at.
        ticket: Its number.
        script: The steps.
        pictures: Folder of the pictures.
        busy: Whether the program is about to note something that a script may wait for.
    """

    def __init__(
        self,
        view: QQuickView,
        journey: JourneyModel,
        ticket: TicketModel,
        script: list[PlayStep],
        pictures: Path,
        busy: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._view = view
        self._journey = journey
        self._ticket = ticket
        self._steps = list(script)
        self._letters: list[str] = []
        self._pictures = pictures
        self._busy = busy
        self._waited = QElapsedTimer()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin once the program's loop runs."""
        self._waited.start()
        self._timer.start()

    def _tick(self) -> None:
        if not self._steps:
            self._timer.stop()
            QCoreApplication.exit(0)
            return
        step = self._steps[0]
        try:
            if self._do(step):
                self._steps.pop(0)
                self._waited.restart()
            elif self._waited.elapsed() > step.patience_s * 1000:
                raise PlayError(f"第 {step.place} 步 {step.kind} 等不到：{step.value}；现在 {_told(self._looks())}")
        except PlayError as error:
            _log.error("%s %s", error.code, error)
            print(error, file=sys.stderr)  # noqa: T201 - told to whoever started the script
            self._timer.stop()
            QCoreApplication.exit(FAILED)

    def _do(self, step: PlayStep) -> bool:
        """Try a step; whether it is done."""
        match step.kind:
            case "say":
                print(json.dumps({"say": step.value}, ensure_ascii=False), flush=True)  # noqa: T201
                return True
            case "stay":
                self._timer.stop()  # the script is over, the kiosk goes on
                return True
            case "wait":
                return self._settled() and self._differences(step.value) == {}
            case "expect":
                different = self._differences(step.value)
                if different:
                    raise PlayError(f"第 {step.place} 步：应是 {step.value}，现在 {_told(different)}")
                return True
            case "tap":
                return self._settled() and self._tap(step.value)
            case "type":
                return self._type(step.value)
            case _:
                return self._settled() and self._picture(step)

    def _type(self, letters: str) -> bool:
        """One key a tick, so that each finds the keyboard as the one before left it."""
        if not self._letters:
            self._letters = list(letters.upper())
        if self._settled() and self._tap(f"key-{self._letters[0]}"):
            self._letters.pop(0)
            return not self._letters
        return False

    def _tap(self, name: str) -> bool:
        item = self._item(name)
        if item is None:
            return False
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(self._view, Qt.MouseButton.LeftButton, pos=middle)
        return True

    def _picture(self, step: PlayStep) -> bool:
        path = self._pictures / step.value
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._view.grabWindow().save(str(path)):
            raise PlayError(f"第 {step.place} 步：图片存不了 {path}")
        return True

    def _item(self, name: str) -> QQuickItem | None:
        """The item of that name that a finger could press now."""
        # By what is drawn inside what: things made by a Repeater are nobody's QObject children.
        return next((item for item in _pressable(self._view.rootObject()) if item.objectName() == name), None)

    def _settled(self) -> bool:
        return bool(self._view.rootObject().property("settled")) and not self._busy()

    def _looks(self) -> dict[str, object]:
        looks: dict[str, object] = {name: self._journey.property(name) for name in LOOKS - {"number"}}
        return looks | {"number": self._ticket.property("number")}

    def _differences(self, wanted: dict[str, object]) -> dict[str, object]:
        looks = self._looks()
        return {name: looks[name] for name, value in wanted.items() if looks[name] != value}


def _told(looks: dict[str, object]) -> dict[str, object]:
    """What an error may say: not even a masked name belongs into a log."""
    return {name: "…" if name == "maskedName" else look for name, look in looks.items()}


def _pressable(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and all inside it, leaving out what is hidden or off."""
    if item.isVisible() and item.isEnabled():
        yield item
        for child in item.childItems():
            yield from _pressable(child)
