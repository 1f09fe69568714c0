"""The card 加开、关窗会怎样: one window more or less, and a day's windows; what is foretold, and how true that was."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from nicegui import ui
from nicegui.element import Element

from hall.errors import OneWindowError
from queue_server.forecast.asked import Asked, CloseOne, OpenOne, PlanDay, Told
from queue_server.web.manage.elements import Lists, box, button, chooser, options, say, text
from queue_server.web.manage.folds import Fold
from queue_server.web.manage.picture import Picture
from queue_server.web.manage.supposing import Supposed, Table, day_words, minutes_until, supposed

_LATER = {"0": "现在", "30": "半小时后", "60": "一小时后"}
_TARGETS = {str(minutes): f"{minutes} 分钟" for minutes in (10, 20, 30, 45, 60)}
_DAYS = 7
Ask = Callable[[Asked], Awaitable[Told]]


class SupposeCard:
    """Three questions and one place for the answer.

    Args:
        picture: The page as it begins: which groups and windows there are.
        ask: Asks the forecast; an `OneWindowError` while it does not answer.
    """

    def __init__(self, picture: Picture, ask: Ask) -> None:
        self._ask, self._clock, self._under_way = ask, "", False
        self._names = {card.group: card.name for card in picture.cards}
        self._chosen = {"group": "", "later": "0", "window": "", "time": "", "day": "", "target": "20"}
        self._lists = Lists()
        groups = {card.group: card.name for card in sorted(picture.cards, key=lambda card: card.prefix)}
        windows = {str(cell.number): f"{cell.number} 号窗口" for cell in picture.windows}
        tomorrow = [picture.today + timedelta(days=ahead) for ahead in range(1, _DAYS + 1)]
        with box("section", "card suppose").props('id="suppose"') as self._card:
            with box("div", "card-head"):
                text("加开、关窗会怎样", "section-name", "h2")
                text("照以前同样的日子推算，只说分钟，不会改动任何窗口", "muted")
            with box("div", "suppose-rows"):
                with box("div", "suppose-row"):
                    self._group = self._choice("加开一个窗口办", "group", groups)
                    self._choice("从", "later", _LATER)
                    button("算一算", self._open, "button plain")
                with box("div", "suppose-row"):
                    self._choice("关掉", "window", windows)
                    self._time()
                    button("算一算", self._close, "button plain")
                with box("div", "suppose-row"):
                    self._choice("排一天的窗口", "day", {day.isoformat(): day_words(day) for day in tomorrow})
                    self._choice("九成等候不超过", "target", _TARGETS)
                    button("排一排", self._plan, "button plain")
            with box("div", "suppose-answer").props('aria-live="polite"'):
                self._title = text("", "told-title", "p")
                self._note = text("", "suppose-note", "p")
                self._tables = ui.element("div").classes("suppose-tables")
                self._replay = Fold("suppose-replay")
        self._replay.box.set_visibility(False)

    def show(self, clock: str) -> None:
        """The time goes on."""
        self._clock = clock

    async def ask_about(self, group: str) -> None:
        """What one more window would bring for a group, asked from an alert."""
        self._chosen |= {"group": group, "later": "0"}
        ui.run_javascript("document.getElementById('suppose').scrollIntoView({block: 'center'})")
        await self._open()

    def _choice(self, label: str, name: str, choices: dict[str, str]) -> Element:
        made = chooser(label, lambda value: self._chosen.update({name: value}))
        given = self._chosen[name]
        options(made, {"": choices}, chosen=given, empty=not given)
        return made

    def _time(self) -> None:
        with box("label", "choose"):
            text("几点", "")
            field = ui.element("input").classes("rule-field").props('type="time"')
            field.on(
                "change",
                lambda event: self._chosen.update(time=str(event.args)),
                js_handler="(e) => emit(e.target.value)",
            )

    async def _open(self) -> None:
        if not self._chosen["group"]:
            self._say("请先选一类业务")
            return
        await self._send(OpenOne(group=self._chosen["group"], in_minutes=int(self._chosen["later"] or 0)))

    async def _close(self) -> None:
        minutes = minutes_until(self._clock, self._chosen["time"])
        if not self._chosen["window"] or minutes is None:
            self._say("请选窗口，再填今天还没到的时间，八小时以内")
            return
        await self._send(CloseOne(window=int(self._chosen["window"]), in_minutes=minutes))

    async def _plan(self) -> None:
        if not self._chosen["day"]:
            self._say("请先选哪一天")
            return
        target = int(self._chosen["target"] or 20)
        await self._send(PlanDay(day=date.fromisoformat(self._chosen["day"]), target_minutes=target))

    async def _send(self, asked: Asked) -> None:
        if self._under_way:
            return
        self._under_way = True
        self._say("正在推算，一般几秒钟，忙的时候要一分钟…")
        try:
            told = await self._ask(asked)
        except OneWindowError as error:
            if not self._title.is_deleted:
                self._say(f"{error}。{error.advice}".rstrip("。"))
            return
        finally:
            self._under_way = False
        if not self._title.is_deleted:
            self._show(supposed(told, self._names))

    def _say(self, words: str) -> None:
        say(self._title, words)
        say(self._note, "")
        self._lists.show(self._tables, (), _table)
        self._replay.box.set_visibility(False)

    def _show(self, told: Supposed) -> None:
        say(self._title, told.title)
        say(self._note, told.note)
        self._lists.show(self._tables, told.tables, _table)
        say(self._replay.title, told.replay.title)
        self._lists.show(self._replay.body, (told.replay,) if told.replay.rows else (), _rows)
        self._replay.box.set_visibility(True)


def _table(table: Table) -> None:
    with box("div", "suppose-table"):
        text(table.title, "muted", "p")
        _rows(table)


def _rows(table: Table) -> None:
    with box("table", "rule-waits"):
        with box("thead", ""), box("tr", ""):
            for word in table.head:
                text(word, "", "th")
        with box("tbody", ""):
            for row in table.rows:
                with box("tr", ""):
                    for word in row:
                        text(word, "", "td")
