"""叫号规则 as NiceGUI elements: the table of head starts, what helping costs, the preview, the button that saves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from nicegui import ui
from nicegui.element import Element

from hall.catalog import Catalog
from hall.errors import OneWindowError, plain_words
from hall.rule import Rule
from hall.wire.commands import ChangeRule
from hall.wire.rule import RulePreview
from queue_server.operations.errors import StoppedError
from queue_server.operations.progress import Progress
from queue_server.web.manage.asking import Act, Asking
from queue_server.web.manage.elements import box, button, give, say, text
from queue_server.web.manage.ruling import CLASSES, COLUMNS, HelpForm, RowForm, RuleForm, form_of, in_words, not_tried
from queue_server.web.manage.side import only_looks_note, side
from queue_server.web.manage.tones import Tone
from queue_server.web.manage.working import Working

ADDRESS = "/manage/rule"
_MAY_TRY = "这个登录是审计员：可以改着预演，看看会怎样，不能保存"


@dataclass(frozen=True, slots=True)
class Rules:
    """What this page needs from the server: the catalogue in force with its version, and the preview of a rule."""

    in_force: Callable[[], Awaitable[tuple[Catalog, str]]]
    preview: Callable[[Rule, Progress], Awaitable[RulePreview]]


class RulePage:
    """The whole page for one browser.

    Args:
        rules: The server's side.
        catalog: The catalogue in force.
        version: Under which it stands in the journal; a change of another one is refused.
        staff: Who is signed in.
        asking: Sends what is decided and says what came of it.
    """

    def __init__(self, rules: Rules, catalog: Catalog, version: str, staff: str, asking: Asking) -> None:
        self._rules = rules
        self._catalog, self._version = catalog, version
        self._asking = asking
        self._form = form_of(catalog)
        self._seen: Rule | None = None
        self._act: tuple[Rule, str, Act] | None = None
        with box("div", "shell"):
            side(catalog.hall.name, staff, ADDRESS, only_looks=asking.only_looks)
            with box("main", "main"):
                with box("header", "head"):
                    text("叫号规则", "headline", "h1")
                    text("改了先预演，再保存。已经取的号不变。", "muted")
                only_looks_note(_MAY_TRY, only_looks=asking.only_looks)
                with box("div", "rule-cards"):
                    self._table()
                    self._helpers()
                self._result()

    def _table(self) -> None:
        with box("section", "card"):
            with box("div", "card-head"):
                text("提前量", "section-name", "h2")
                text("符合哪一行，就当早来了几分钟。符合几行按最多的算，不相加。", "muted")
            self._rows = ui.element("ul").classes("rows rule-rows")
            self._draw_rows()
            with box("div", "rule-foot"):
                button("加一行优先", self._one_more, "button plain")
                with box("label", "rule-cap"):
                    text("最多提前", "")
                    _field(self._form.cap, self._set_cap, "上限", "minutes")
                    text("分钟", "")

    def _helpers(self) -> None:
        with box("section", "card"):
            with box("div", "card-head"):
                text("协办", "section-name", "h2")
                text("别的窗口落后这么多分钟，协办的窗口才来帮。", "muted")
            with ui.element("ul").classes("rows rule-rows"):
                for help_ in self._form.helps:
                    self._help(help_)

    def _result(self) -> None:
        with box("section", "card").props('aria-live="polite"'):
            with box("div", "card-head"):
                self._title = text("还没有预演", "section-name", "h2")
                with box("div", "acts summary"):
                    self._working = Working()
                    button("先预演", self._preview, "button plain")
                    self._save = self._asking.button("保存并生效", self._send)
            self._wrong = ui.element("ul").classes("rule-wrong")
            self._waits = box("table", "rule-waits")
            self._note = text("", "muted rule-note", "p")
        self._save.set_visibility(False)

    def _draw_rows(self) -> None:
        self._rows.clear()
        with self._rows:
            for row in self._form.rows:
                self._row(row)

    def _row(self, row: RowForm) -> None:
        with box("li", "row rule-row"):
            text(CLASSES[row.ticket_class], f"tag class-{row.ticket_class}")
            name = row.name or "新的一行"
            _field(row.name, lambda words: self._set(row.id, name=words), f"{name}的名称", "name", 20)
            _field(row.name_en, lambda words: self._set(row.id, name_en=words), f"{name}的英文", "name", 60)
            _field(row.minutes, lambda words: self._set(row.id, minutes=words), f"{name}提前几分钟", "minutes")
            text("分钟", "muted")
            if row.needed:
                text("", "rule-gap")
            else:
                button("删去", lambda: self._remove(row.id), "link rule-gap")

    def _help(self, help_: HelpForm) -> None:
        with box("li", "row rule-row"):
            text(help_.words, "rule-help")
            place = help_.window, help_.group
            _field(help_.minutes, lambda words: self._set_help(*place, words), f"{help_.words}，分钟", "minutes")
            text("分钟", "muted")

    def _changed(self, form: RuleForm) -> None:
        self._form = form
        self._save.set_visibility(False)  # what is saved has been seen

    def _set(self, row_id: str, **changes: str) -> None:
        self._changed(self._form.with_row(row_id, **changes))

    def _set_help(self, window: int, group: str, words: str) -> None:
        self._changed(self._form.with_help(window, group, words))

    def _set_cap(self, words: str) -> None:
        self._changed(RuleForm(self._form.rows, words, self._form.helps))

    def _one_more(self) -> None:
        self._changed(self._form.with_one_more())
        self._draw_rows()

    def _remove(self, row_id: str) -> None:
        self._changed(self._form.without(row_id))
        self._draw_rows()

    async def _preview(self) -> None:
        client, form = ui.context.client, self._form
        rule = form.read(self._catalog)
        self._wrong.clear()
        if not isinstance(rule, Rule):
            with self._wrong:
                for words in rule:
                    text(words, "", "li")
            return
        if self._working.busy:
            return
        try:
            again = partial(self._rules.preview, rule)
            shown = in_words(await self._working.run("正在把那一天重叫一遍", again))
        except StoppedError as error:
            self._working.say(plain_words(error))
            return
        except OneWindowError as error:
            shown = not_tried(error)
        self._working.say("")
        if client.is_deleted or form != self._form:
            return
        say(self._title, shown.title)
        say(self._note, shown.note)
        self._waits.clear()
        with self._waits:
            _line(COLUMNS, "th")
            for cells in shown.lines:
                _line(cells, "td")
        self._waits.set_visibility(bool(shown.lines))
        self._seen = rule
        self._save.set_visibility(True)

    async def _send(self) -> None:
        client, rule, version = ui.context.client, self._seen, self._version
        if rule is None:
            return
        if self._act is None or self._act[:2] != (rule, version):  # pressed twice it is the same request
            words = "已生效，从现在取的号起按新规则"
            act = Act(lambda id_, _: ChangeRule(request_id=id_, rule=rule, catalog=version), self._asking.new_id, words)
            self._act = (rule, version, act)
        await self._asking.send(self._act[2])
        self._catalog, self._version = await self._rules.in_force()
        if client.is_deleted:
            return
        if self._version == version:
            self._asking.say(Tone.CAUTION, "规则和现在的一样，没有改动")
        else:
            self._save.set_visibility(False)


def _field(words: str, on_typed: Callable[[str], None], label: str, classes: str, longest: int = 5) -> Element:
    made = ui.element("input").classes(f"rule-field {classes}").props('autocomplete="off"')
    give(made, defaultValue=words, maxlength=longest, aria_label=label)
    made.on("input", lambda event: on_typed(str(event.args)), js_handler="(event) => emit(event.target.value)")
    return made


def _line(cells: tuple[str, ...], tag: str) -> None:
    with box("tr", ""):
        for cell in cells:
            text(cell, "", tag)
