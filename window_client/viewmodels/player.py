"""Plays steps on the real screens: mouse presses on named items, key presses, pictures, looks.

One step at a time, each answered by one JSON line. What cannot be done yet is tried again when something changes;
nothing sleeps, nothing is called past the screens.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, SignalInstance, Slot
from PySide6.QtQuick import QQuickItem, QQuickView
from PySide6.QtTest import QTest

from window_client.errors import PlayError
from window_client.play import Step, closest, read_step


class Player(QObject):
    """Reads lines, plays them, answers them; emits `ended` at `quit` or after the last line.

    Args:
        lines: Where the steps come from; read on a thread of its own, so it may be a pipe that stays silent for long.
        views: The screens by name, the clerk's first.
        changes: Signals after which something may have become possible.
        look: What the screens say now, by name.
        answer: Takes each answer, one JSON text.
    """

    ended = Signal(int)
    _came = Signal(str)
    _closed = Signal()

    def __init__(
        self,
        lines: IO[str],
        views: Mapping[str, QQuickView],
        changes: list[SignalInstance],
        look: Callable[[], dict[str, Any]],
        answer: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._lines = lines
        self._views = views
        self._look = look
        self._answer = answer
        self._waiting: list[str] = []
        self._step: Step | None = None
        self._played = self._failed = 0
        self._over = self._acting = False
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up)
        # Tried after the bindings have followed the change.
        self._again = QTimer(self, interval=0, singleShot=True)
        self._again.timeout.connect(self._try)
        for change in changes:
            change.connect(self._again.start)
        self._came.connect(self._take)
        self._closed.connect(self._close)

    def start(self) -> None:
        """Begin to read."""
        threading.Thread(target=self._read, name="play", daemon=True).start()

    def _read(self) -> None:
        for line in self._lines:
            if line.strip():
                self._came.emit(line)
        self._closed.emit()

    @Slot(str)
    def _take(self, line: str) -> None:
        self._waiting.append(line)
        self._next()

    @Slot()
    def _close(self) -> None:
        self._over = True
        self._next()

    def _next(self) -> None:
        if self._step is not None:
            return
        if not self._waiting:
            if self._over:
                self.ended.emit(1 if self._failed else 0)
            return
        self._played += 1
        try:
            self._step = read_step(self._waiting.pop(0))
        except PlayError as error:
            self._say(error=str(error))
            return
        self._patience.start(round(self._step.seconds * 1000))
        self._again.start()

    @Slot()
    def _try(self) -> None:
        step = self._step
        if step is None or self._acting:  # a press lets Qt work, and what changes by it comes back here
            return
        self._acting = True
        try:
            more, error = self._do(step), ""
        except PlayError as mistake:
            more, error = None, str(mistake)
        finally:
            self._acting = False
        if step is self._step and (more is not None or error):
            self._say(error=error, **(more or {}))

    @Slot()
    def _give_up(self) -> None:
        step = self._step
        if step is None:
            return
        names = self._names() if step.kind == "tap" else []
        why = f"{step.value} 现在按不了" if step.value in names else f"没有 {step.value}{closest(step.value, names)}"
        self._say(error=why if step.kind == "tap" else f"等不到 {step.value}；现在 {self._look()}")

    def _say(self, *, error: str = "", **more: Any) -> None:
        quitting = self._step is not None and self._step.kind == "quit"
        self._step = None
        self._patience.stop()
        self._failed += bool(error)
        answer = {"played": self._played, "ok": not error, **more, **({"error": error} if error else {})}
        self._answer(json.dumps(answer, ensure_ascii=False))
        if quitting:
            self.ended.emit(1 if self._failed else 0)
        else:
            self._next()

    def _do(self, step: Step) -> dict[str, Any] | None:
        """Try a step: what to add to its answer, or None if it cannot be done yet."""
        match step.kind:
            case "wait":
                seen = self._look()
                there = step.value in (seen["page"], seen["state"], seen["rating"], seen["connection"])
                return {} if there and not seen["busy"] else None
            case "tap":
                return self._tap(step.value)
            case "enter":
                for sign in step.value:
                    QTest.keyClick(self._front(), sign)
                return {}
            case "key":
                return self._press(step.value)
            case "picture":
                return self._picture(step)
            case "see":
                seen = self._look()
                if step.value not in seen:
                    raise PlayError(f"看不到 {step.value}{closest(step.value, seen)}")
                return {"value": seen[step.value]}
            case _:
                return {}

    def _front(self) -> QQuickView:
        return next(iter(self._views.values()))

    def _items(self) -> Iterator[tuple[QQuickView, QQuickItem]]:
        for view in self._views.values():
            stack = [view.rootObject()]
            while stack:
                item = stack.pop()
                if item.isVisible():
                    stack += item.childItems()  # as drawn: rows of lists are no children of their list otherwise
                    if item.objectName():
                        yield view, item

    def _names(self) -> list[str]:
        return [item.objectName() for _, item in self._items()]

    def _tap(self, name: str) -> dict[str, Any] | None:
        found = next(((view, item) for view, item in self._items() if item.objectName() == name), None)
        if found is None or not found[1].isEnabled():
            return None
        view, item = found
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        return {}

    def _press(self, name: str) -> dict[str, Any]:
        key = getattr(Qt.Key, f"Key_{name}", None)
        if key is None:
            raise PlayError(f"没有 {name} 这个键，应写成 F5、Return、Tab 的样子")
        QTest.keyClick(self._front(), key)
        return {}

    def _picture(self, step: Step) -> dict[str, Any]:
        view = self._views.get(step.of)
        if view is None:
            raise PlayError(f"{step.of} 这个屏没有开")
        if not view.grabWindow().save(step.value):
            raise PlayError(f"图片存不了：{step.value}")
        return {"picture": step.value}
