"""What is only to be looked up: one line that opens, and stays open while what it holds changes."""

from nicegui import ui

from queue_server.web.manage.elements import Lists, box, say, text
from queue_server.web.manage.mending import Issuer, Late


class Fold:
    """A line to press, and what it opens to."""

    def __init__(self, classes: str) -> None:
        with box("details", f"fold {classes}") as self.box:
            self.title = text("", "fold-title", "summary")
            self.body = ui.element("div").classes("fold-body")


class LateLines:
    """What came in late today, a line for each kiosk."""

    def __init__(self) -> None:
        self._folds: dict[str, Fold] = {}
        self._lists = Lists()
        self._box = ui.element("section").classes("late")

    def show(self, told: tuple[Late, ...]) -> None:
        """Change what it says; it is gone while nothing came late."""
        self._box.set_visibility(bool(told))
        for gone in set(self._folds) - {late.device for late in told}:
            self._folds.pop(gone).box.delete()
        for place, late in enumerate(told):
            if late.device not in self._folds:
                with self._box:
                    self._folds[late.device] = Fold("late-line")
            fold = self._folds[late.device]
            fold.box.style(f"order: {place}")
            say(fold.title, late.title)
            self._lists.show(fold.body, (late.advice, *late.times), lambda words: text(words, "", "p"))


class PastLanes:
    """Lanes of today that are only history."""

    def __init__(self) -> None:
        self._lists = Lists()
        self._fold = Fold("past-lanes")

    def show(self, past: tuple[Issuer, ...]) -> None:
        """Change what it says; it is gone where every lane is in use."""
        self._fold.box.set_visibility(bool(past))
        say(self._fold.title, f"今天用过的旧机号 {len(past)} 个")
        self._lists.show(self._fold.body, past, _lane)


def _lane(issuer: Issuer) -> None:
    with box("div", "row tone-off"):
        with box("div", "issuer-words"):
            text(f"{issuer.device}，机号 {issuer.lane}", "")
            text("，".join((issuer.plan, *issuer.notes)), "muted row-note")
        text(issuer.state, "row-state", "b")
