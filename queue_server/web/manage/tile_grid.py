"""Tiles as elements: built once for each group and window, afterwards only words and colours change."""

from collections.abc import Callable

from nicegui import ui

from queue_server.web.manage.elements import box, say, text, tint
from queue_server.web.manage.tiles import Card, Cell


class GroupTile:
    """One group: how many wait, the word of its load, its measures, its day so far."""

    def __init__(self, card: Card) -> None:
        with box("article", "card group") as self._box:
            with box("div", "card-head"):
                text(card.name, "card-name", "h3")
                self._tag = text("", "tag")
            with box("p", "waiting"):
                self._waiting = text("", "figure", "b")
                text(" 人在等", "muted")
            with box("dl", "measures"):
                self._longest = _measure("最久已等", "longest")
                self._wait = _measure("现在来的人", "")
                self._windows = _measure("开窗", "right")
            with box("dl", "today muted"):
                self._today = [_measure(name, "") for name, _ in card.today]
            self.foot()
        self.show(card)

    def foot(self) -> None:
        """What stands under the figures; nothing unless a kind of tile says so."""

    def show(self, card: Card) -> None:
        """Change what it says, and its place among the others."""
        tint(self._box, card.tone)
        self._box.style(f"order: {card.place}")
        for element, words in (
            (self._tag, card.tag),
            (self._waiting, card.waiting),
            (self._longest, card.longest),
            (self._wait, card.wait),
            (self._windows, card.windows),
            *((element, count) for element, (_, count) in zip(self._today, card.today, strict=True)),
        ):
            say(element, words)


class WindowTile:
    """One window."""

    def __init__(self, cell: Cell) -> None:
        with box("li", "cell") as self._box:
            with box("div", "cell-head"):
                text(str(cell.number), "cell-number", "b")
                self._state = text("", "cell-state")
            with box("div", "cell-now"):
                self._ticket = text("", "cell-ticket", "b")
                self._elapsed = text("", "cell-elapsed")
            self._clerk = text("", "cell-clerk")
        self.show(cell)

    def show(self, cell: Cell) -> None:
        """Change its state, whom it serves and for how long."""
        tint(self._box, cell.tone)
        say(self._state, cell.state)
        say(self._ticket, cell.ticket)
        say(self._elapsed, cell.elapsed)
        say(self._clerk, cell.clerk)


class Tiles:
    """All groups and all windows, each kind in its own holder, which the page puts in its place.

    Args:
        make: What a group's tile is made by.
    """

    def __init__(self, make: Callable[[Card], GroupTile] = GroupTile) -> None:
        self._make = make
        self._groups: dict[str, GroupTile] = {}
        self._windows: dict[int, WindowTile] = {}

    def groups(self) -> None:
        """Draw the holder of the groups here."""
        self._group_box = ui.element("section").classes("groups")

    def windows(self) -> None:
        """Draw the holder of the windows here."""
        self._window_box = ui.element("ul").classes("windows")

    def show(self, cards: tuple[Card, ...], cells: tuple[Cell, ...]) -> None:
        """Change all of them to this moment."""
        for card in cards:
            if card.group in self._groups:
                self._groups[card.group].show(card)
            else:
                with self._group_box:
                    self._groups[card.group] = self._make(card)
        for cell in cells:
            if cell.number in self._windows:
                self._windows[cell.number].show(cell)
            else:
                with self._window_box:
                    self._windows[cell.number] = WindowTile(cell)


def _measure(name: str, classes: str) -> ui.html:
    with box("div", classes):
        text(name, "muted", "dt")
        return text("", "", "dd")
