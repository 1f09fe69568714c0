"""统计 as NiceGUI elements: which days and by what, the figures of all, a heat map, the table, files, paper."""

from collections.abc import Callable
from datetime import date
from functools import partial

from nicegui import ui
from nicegui.element import Element

from hall.catalog import Catalog
from hall.errors import OneWindowError, plain_words
from queue_server.web.manage.elements import box, button, say, text
from queue_server.web.manage.periods import GROUPINGS, PERIODS, typed_day
from queue_server.web.manage.side import side
from queue_server.web.manage.statistics_desk import Shown, StatisticsDesk
from queue_server.web.manage.statistics_markup import (
    HEATED,
    MOST_ROWS,
    figure_of,
    heat_markup,
    how_markup,
    rows_markup,
)
from queue_server.web.manage.working import Working

ADDRESS = "/manage/statistics"
_TOP = ("arrivals", "wait_mean", "wait_median", "wait_p90", "wait_within", "service_mean", "missed", "rating_mean")
_FIRST_PERIOD = "本月"
_NOTHING = "这段日子还没有数字：有人取号后，今天的每十分钟算一次，过去的一天过完就算好"


class StatisticsPage:
    """The whole page for one browser.

    Args:
        desk: The server's side.
        catalog: The catalogue in force.
        today: The business day.
        token: The session under which figures are asked for.
        staff: Who is signed in.
        only_looks: Whether it is an auditor.
    """

    def __init__(
        self, desk: StatisticsDesk, catalog: Catalog, today: date, token: str, staff: str, *, only_looks: bool = False
    ) -> None:
        self._desk, self._token, self._today = desk, token, today
        self._typed = [day.isoformat() for day in PERIODS[_FIRST_PERIOD](today)]
        self._grouping, self._heated = next(iter(GROUPINGS)), HEATED[0]
        self._shown: Shown | None = None
        self._looks = 0
        with box("div", "shell"):
            side(catalog.hall.name, staff, ADDRESS, only_looks=only_looks)
            with box("main", "main statistics"):
                with box("header", "head"):
                    text("统计", "headline", "h1")
                    self._counted = text("", "muted")
                self._choices()
                self._told = text("", "told-title", "p").props('role="status"')
                with box("div", "statistics-found") as self._found:
                    self._results()
        self._found.set_visibility(False)

    def _choices(self) -> None:
        with box("section", "card statistics-choices"):
            with box("div", "acts start"):
                for words in PERIODS:
                    button(words, partial(self._pick, words), "button plain")
            with box("div", "statistics-fields"):
                self._days = [self._day("从", 0), self._day("到", 1)]
                _chooser("怎么分", {words: words for words in GROUPINGS}, self._group)
                button("查看", self.look)

    def _results(self) -> None:
        self._top = box("dl", "statistics-top")
        with box("section", "card"):
            with box("div", "card-head"):
                text("星期和时段", "section-name", "h2")
                _chooser("颜色", {each: figure_of(each).name for each in HEATED}, self._heat_by)
            self._heat = _markup("statistics-heat")
        with box("section", "card"):
            with box("div", "card-head"):
                self._title = text("", "section-name", "h2")
                with box("div", "acts summary"):
                    self._working = Working()
                    button("导出 CSV", lambda: self._export("csv"), "button plain")
                    button("导出 XLSX", lambda: self._export("xlsx"), "button plain")
                    button("打印", lambda: ui.run_javascript("window.print()"), "button plain")
            self._table = _markup("statistics-table")
            self._more = text("", "muted", "p")
        with box("details", "card fold"):
            text("怎么算的", "fold-title section-name", "summary")
            ui.html(how_markup(), sanitize=False, tag="dl").classes("statistics-how")

    def _day(self, label: str, place: int) -> Element:
        with box("label", "choose"):
            text(label, "")
            made = ui.element("input").classes("rule-field").props(f'type="date" defaultValue="{self._typed[place]}"')
        made.on("input", lambda event: self._type(place, str(event.args)), js_handler="(e) => emit(e.target.value)")
        return made

    def _type(self, place: int, words: str) -> None:
        self._typed[place] = words

    async def _group(self, words: str) -> None:
        self._grouping = words
        await self.look()

    def _heat_by(self, words: str) -> None:
        self._heated = words
        self._draw_heat()

    async def _pick(self, words: str) -> None:
        self._typed = [day.isoformat() for day in PERIODS[words](self._today)]
        for element, day in zip(self._days, self._typed, strict=True):
            ui.run_javascript(f'getHtmlElement({element.id}).value = "{day}"')
        await self.look()

    async def look(self) -> None:
        """Find the figures and show them."""
        client = ui.context.client
        self._looks += 1
        mine = self._looks
        say(self._told, "正在算…")
        try:
            first, last = map(typed_day, self._typed)
            shown = await self._desk.find(self._token, first, last, GROUPINGS[self._grouping])
        except OneWindowError as error:
            if not client.is_deleted and mine == self._looks:
                say(self._told, plain_words(error))
            return
        if client.is_deleted or mine != self._looks:  # what was asked last is shown, whichever is found last
            return
        self._shown = shown
        some = bool(shown.sheet.table.rows)
        say(self._told, "" if some else _NOTHING)
        say(self._counted, f"算到 {shown.counted}" if shown.counted else "")
        self._found.set_visibility(some)
        self._draw()

    def _draw(self) -> None:
        assert self._shown is not None
        sheet = self._shown.sheet
        self._top.clear()
        with self._top:
            for each in map(figure_of, _TOP):
                with box("div", "card").props(f'title="{each.formula}"'):
                    text(each.name, "muted", "dt")
                    with box("dd", "figure"):
                        text(each.words(sheet.table.whole, sheet.target), "")
                        text(each.unit, "unit")
        say(self._title, sheet.title)
        self._table.set_content(rows_markup(sheet))
        rows = len(sheet.table.rows)
        say(self._more, f"共 {rows} 行，这里是前 {MOST_ROWS} 行，其余请导出" if rows > MOST_ROWS else "")
        self._draw_heat()

    def _draw_heat(self) -> None:
        if self._shown is not None:
            self._heat.set_content(heat_markup(self._shown.heat, figure_of(self._heated), self._shown.sheet.target))

    async def _export(self, kind: str) -> None:
        """Make a file, saying how far it is; it can be stopped."""
        client, shown = ui.context.client, self._shown
        if shown is None or self._working.busy:
            return
        try:
            made = await self._working.run("正在导出", partial(self._desk.file, self._token, shown.sheet, kind))
        except OneWindowError as error:
            self._working.say(plain_words(error))
            return
        if not client.is_deleted:
            self._working.say("已导出")
            ui.download.content(made, f"statistics-{self._typed[0]}-{self._typed[1]}.{kind}")


def _markup(classes: str) -> ui.html:
    return ui.html("", sanitize=False, tag="div").classes(classes).props('tabindex="0"')


def _chooser(label: str, choices: dict[str, str], on_chosen: Callable[[str], object]) -> None:
    with box("label", "choose"):
        text(label, "")
        chosen = ui.element("select").classes("rule-field")
        chosen.on("change", lambda event: on_chosen(str(event.args)), js_handler="(e) => emit(e.target.value)")
        with chosen:
            for value, words in choices.items():
                text(words, "", "option").props(f'value="{value}"')
