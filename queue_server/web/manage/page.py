"""The manager's live page as NiceGUI elements: built once, afterwards only words and colours change."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from nicegui import ui
from nicegui.element import Element

from queue_server.web.manage.icons import icon
from queue_server.web.manage.picture import Alert, Card, Cell, Picture, Row, Tone

T = TypeVar("T")

_TONES = " ".join(f"tone-{tone}" for tone in Tone)
_EXPLAINED = (
    ("在等", "已经取号、还没有叫到的人，也包括过号后回来重新等的人。"),
    ("最久已等", "现在还在等的人里，从取号到现在最长的一位。"),
    ("平均等候", "今天叫到过的人，从取号到第一次叫号的平均时间。"),
    ("开窗", "现在开着、能办这一类的窗口，暂停的不算。"),
    ("今天", "这一类今天取了多少号，办完、过号、弃号各多少，过号后回来的也算一次过号。"),
)


@contextmanager
def _box(tag: str, classes: str) -> Iterator[Element]:
    with ui.element(tag).classes(classes) as element:
        yield element


def _text(words: str, classes: str, tag: str = "span") -> ui.html:
    """Words in an element of our own choice; always as text, never as markup."""
    return ui.html(_escaped(words), sanitize=False, tag=tag).classes(classes)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _say(element: ui.html, words: str) -> None:
    element.set_content(_escaped(words))


def _picture(name: str, classes: str = "icon") -> ui.html:
    return ui.html(icon(name), sanitize=False, tag="span").classes(classes)


def _tint(element: Element, tone: Tone) -> None:
    element.classes(remove=_TONES, add=f"tone-{tone}")


class GroupCard:
    """One group of services."""

    def __init__(self, card: Card) -> None:
        with _box("article", "card group") as self._box:
            with _box("div", "card-head"):
                _text(card.name, "card-name", "h3")
                self._tag = _text("", "tag")
            with _box("p", "waiting"):
                self._waiting = _text("", "figure", "b")
                _text(" 人在等", "muted")
            with _box("dl", "measures"):
                self._longest = self._measure("最久已等", "longest")
                self._mean = self._measure("平均等候", "")
                self._windows = self._measure("开窗", "right")
            with _box("dl", "today muted"):
                self._today = [self._measure(name, "") for name, _ in card.today]
        self.show(card)

    @staticmethod
    def _measure(name: str, classes: str) -> ui.html:
        with _box("div", classes):
            _text(name, "muted", "dt")
            return _text("", "", "dd")

    def show(self, card: Card) -> None:
        """Change what it says, and its place among the others."""
        _tint(self._box, card.tone)
        self._box.style(f"order: {card.place}")
        self._tag.set_visibility(bool(card.tag))
        for element, words in (
            (self._tag, card.tag),
            (self._waiting, card.waiting),
            (self._longest, card.longest),
            (self._mean, card.mean),
            (self._windows, card.windows),
            *((element, count) for element, (_, count) in zip(self._today, card.today, strict=True)),
        ):
            _say(element, words)


class WindowCell:
    """One window."""

    def __init__(self, cell: Cell) -> None:
        with _box("li", "cell") as self._box:
            _text(str(cell.number), "cell-number", "b")
            self._state = _text("", "cell-state")
            self._serves = _text("", "cell-serves")
        self.show(cell)

    def show(self, cell: Cell) -> None:
        """Change its state and whom it serves."""
        _tint(self._box, cell.tone)
        _say(self._state, cell.state)
        _say(self._serves, cell.serves)


class LivePage:
    """The whole page for one browser."""

    def __init__(self, picture: Picture, clock: str, staff: str) -> None:
        self._cards: dict[str, GroupCard] = {}
        self._cells: dict[int, WindowCell] = {}
        self._listed: dict[Element, Sequence[object]] = {}
        with _box("div", "shell"):
            self._side(picture, staff)
            with _box("main", "main"):
                with _box("header", "head"):
                    self._headline = _text("", "headline", "h1")
                    _text("随时更新", "muted")
                    self._clock = _text("", "clock", "time")
                self._alerts = ui.element("section").classes("alerts").props('aria-live="polite"')
                with _box("div", "section-head"):
                    _text("各类业务", "section-name", "h2")
                    _text("要紧的排前面", "muted")
                    self._explain_button()
                    self._summary = _text("", "muted summary")
                self._groups = ui.element("section").classes("groups")
                with _box("div", "below"):
                    with _box("section", "card"):
                        self._windows_summary = self._head("窗口")
                        self._windows = ui.element("ul").classes("windows")
                    with _box("section", "card"):
                        self._devices_summary = self._head("设备")
                        self._devices = ui.element("ul").classes("rows")
                    with _box("section", "card"):
                        self._ratings_summary = self._head("今天的评价")
                        self._ratings = ui.element("ul").classes("rows")
        self.show(picture, clock)

    @staticmethod
    def _side(picture: Picture, staff: str) -> None:
        with _box("aside", "side"):
            with _box("div", "brand"):
                ui.element("img").props('src="/look/mark.svg" alt=""')
                with _box("div", "brand-words"):
                    _text("一窗通", "brand-name", "b")
                    _text(picture.hall, "muted")
            with _box("nav", "nav"), _box("a", "nav-item here") as link:
                link.props('href="/manage/" aria-current="page"')
                _picture("screen")
                _text("现场", "")
            with _box("form", "leave") as form:
                form.props('method="post" action="/manage/sign-out"')
                _picture("person")
                _text(f"工号 {staff}", "")
                with _box("button", "link") as button:
                    button.props('type="submit"')
                    _text("退出", "")

    @staticmethod
    def _head(name: str) -> ui.html:
        with _box("div", "card-head"):
            _text(name, "section-name", "h2")
            return _text("", "muted summary")

    @staticmethod
    def _explain_button() -> None:
        with ui.dialog() as dialog, _box("div", "card explain"):
            _text("怎么算的", "section-name", "h2")
            with _box("dl", ""):
                for name, words in _EXPLAINED:
                    _text(name, "", "dt")
                    _text(words, "muted", "dd")
            with _box("button", "link") as close:
                close.props('type="button"').on("click", dialog.close)
                _text("知道了", "")
        with _box("button", "link explain-button") as button:
            button.props('type="button"').on("click", dialog.open)
            _text("怎么算的", "")

    def show(self, picture: Picture, clock: str) -> None:
        """Change the page to this moment."""
        _say(self._headline, picture.headline)
        _say(self._clock, clock)
        _say(self._summary, picture.summary)
        _say(self._windows_summary, picture.windows_summary)
        _say(self._devices_summary, picture.devices_summary)
        _say(self._ratings_summary, f"{sum(count for _, count in picture.ratings)} 次")
        for card in picture.cards:
            if known := self._cards.get(card.group):
                known.show(card)
            else:
                with self._groups:
                    self._cards[card.group] = GroupCard(card)
        for cell in picture.windows:
            if seen := self._cells.get(cell.number):
                seen.show(cell)
            else:
                with self._windows:
                    self._cells[cell.number] = WindowCell(cell)
        self._relist(self._alerts, picture.alerts, _alert)
        self._relist(self._devices, picture.devices, _device)
        self._relist(self._ratings, picture.ratings, _rating)

    def _relist(self, box: Element, items: Sequence[T], build: Callable[[T], None]) -> None:
        """Build a list anew, only if it says something else than before."""
        if self._listed.get(box) == items:
            return
        self._listed[box] = items
        box.clear()
        with box:
            for item in items:
                build(item)


def _alert(alert: Alert) -> None:
    with _box("div", f"alert tone-{alert.tone}"):
        _picture(alert.icon)
        with _box("div", ""):
            _text(alert.title, "alert-title", "b")
            _text(alert.advice, "alert-advice", "p")


def _device(row: Row) -> None:
    with _box("li", f"row tone-{row.tone}"):
        with _box("div", ""):
            _text(row.name, "")
            if row.note:
                _text(row.note, "muted row-note")
        _text(row.state, "row-state", "b")


def _rating(rating: tuple[str, int]) -> None:
    words, count = rating
    with _box("li", "row"):
        _text(words, "")
        _text(str(count), "row-state", "b")
