"""Draws QML offscreen exactly as a screen without graphics hardware would, and fails on any word of complaint.

    picture = grab("kiosk/qml/Main.qml", (1080, 1920), {"journey": journey}, theme="large_print")
    picture.save("out/home.png")

For tests that press things, `Screen` keeps the view alive:

    with Screen("themes/controls/Key.qml", (89, 112), {"text": "S"}) as screen:
        screen.click(screen.root)
"""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQml import QQmlProperty
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from themes.qml_theme import install

ROOT = Path(__file__).parents[2]
Scale = Literal["kiosk", "desk"]


class QmlWarningsError(AssertionError):
    """QML or Qt said something while a screen was shown; the message holds every line."""


@contextmanager
def qml_warnings() -> Iterator[list[str]]:
    """Collects what Qt and QML write to standard error within the block; the list is filled when the block ends.

    Not by a message handler in Python: QML warns from its loader's thread, which would wait for the interpreter that
    the loading thread holds.
    """
    lines: list[str] = []
    with tempfile.TemporaryFile() as caught:
        sys.stderr.flush()
        before = os.dup(2)
        os.dup2(caught.fileno(), 2)
        try:
            yield lines
        finally:
            os.dup2(before, 2)
            os.close(before)
            caught.seek(0)
            lines += caught.read().decode(errors="replace").splitlines()


def application() -> QGuiApplication:
    """The one application of this process, made on first use."""
    present = QCoreApplication.instance()
    return present if isinstance(present, QGuiApplication) else QGuiApplication([])


class Screen:
    """A page shown offscreen.

    Args:
        qml: Path of the file, absolute or from the root of the repository.
        size: Width and height in px; None for the size the page itself has.
        properties: Initial properties, such as required viewmodels.
        theme: Name of the theme.
        scale: "kiosk" or "desk".

    Raises:
        QmlWarningsError: On leaving the block, if anything complained; at once if the file does not load.
    """

    def __init__(
        self,
        qml: str | Path,
        size: tuple[int, int] | None,
        properties: Mapping[str, Any] | None = None,
        *,
        theme: str = "standard",
        scale: Scale = "kiosk",
    ) -> None:
        application()
        self._capture = qml_warnings()
        self.warnings = self._capture.__enter__()
        self.view = QQuickView()
        self.theme = install(self.view.engine(), name=theme, scale=scale)
        self.view.setColor(self.color("background"))
        self.view.setInitialProperties(dict(properties or {}))
        if size is not None:
            self.view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
            self.view.resize(*size)
        self.view.setSource(QUrl.fromLocalFile(str(ROOT / qml)))
        if self.view.status() != QQuickView.Status.Ready:
            complaints = [error.toString() for error in self.view.errors()]
            self._close()
            raise QmlWarningsError("\n".join(complaints + self.warnings))
        self.view.show()
        if not QTest.qWaitForWindowExposed(self.view):
            self._close()
            raise QmlWarningsError("the view was never shown")

    @property
    def root(self) -> QQuickItem:
        """The page's root item."""
        return self.view.rootObject()

    def color(self, role: str) -> QColor:
        """A colour of the theme now shown, by QML's spelling of the role."""
        return QColor(QQmlProperty(self.theme, f"color.{role}").read())

    def item(self, name: str) -> QQuickItem:
        """The item with that `objectName`.

        Raises:
            LookupError: If there is none.
        """
        found = self.root if self.root.objectName() == name else self.root.findChild(QQuickItem, name)
        if found is None:
            raise LookupError(f"no item is named {name!r}")
        return found

    def centre(self, item: QQuickItem) -> QPointF:
        """Middle of an item in px of the view."""
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    def click(self, item: QQuickItem) -> None:
        """Presses and releases the left button over an item's middle."""
        QTest.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=self.centre(item).toPoint())

    def press(self, item: QQuickItem) -> None:
        """Presses and holds over an item's middle."""
        QTest.mousePress(self.view, Qt.MouseButton.LeftButton, pos=self.centre(item).toPoint())

    def release(self, item: QQuickItem) -> None:
        """Lets go over an item's middle."""
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, pos=self.centre(item).toPoint())

    def key(self, key: Qt.Key) -> None:
        """Presses and releases a key."""
        QTest.keyClick(self.view, key)

    def picture(self) -> QImage:
        """What the screen shows now."""
        application().processEvents()
        return self.view.grabWindow()

    def _close(self) -> None:
        self.view.close()
        shiboken6.delete(self.view)  # now, while the viewmodels are still there
        self._capture.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if self.warnings and kind is None:
            raise QmlWarningsError("\n".join(self.warnings))


def grab(
    qml: str | Path,
    size: tuple[int, int] | None,
    properties: Mapping[str, Any] | None = None,
    *,
    theme: str = "standard",
    scale: Scale = "kiosk",
) -> QImage:
    """A picture of one page; arguments as for `Screen`.

    Raises:
        QmlWarningsError: If Qt or QML complained about anything.
    """
    with Screen(qml, size, properties, theme=theme, scale=scale) as screen:
        return screen.picture()


def keep(picture: QImage, name: str) -> None:
    """Saves a picture to look at, if `ONEWINDOW_PICTURES` names a folder; otherwise does nothing."""
    folder = os.environ.get("ONEWINDOW_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture.save(str(Path(folder) / f"{name}.png"))
