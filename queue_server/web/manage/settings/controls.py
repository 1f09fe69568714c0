"""Fields as NiceGUI elements: each tells what was typed as one text, at every key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nicegui import ui
from nicegui.element import Element

from queue_server.web.manage.elements import box, button, give, options, text
from queue_server.web.manage.settings.fields import NOTHING, Field, Kind

Typed = Callable[[str], None]


def draw(shown: Field, typed: str, on_typed: Typed, *, only_looks: bool) -> Element:
    """One field with its label; what was typed before stands in it."""
    if only_looks:
        with box("div", "set-field") as said:
            text(shown.label, "set-label")
            text(shown.in_words(typed), "set-said", "p")
        return said
    listed = shown.kind in (Kind.DAYS, Kind.MAKE_UPS, Kind.CHECKS)
    with box("fieldset" if listed else "label", f"set-field kind-{shown.kind}") as drawn:
        text(shown.label, "set-label", "legend" if listed else "span")
        _DRAWN[shown.kind](shown, typed, on_typed)
        if shown.hint:
            text(shown.hint, "muted set-hint")
    return drawn


def _line(shown: Field, typed: str, on_typed: Typed) -> None:
    with box("span", "set-line"):
        made = ui.element("input").classes("rule-field").props('autocomplete="off"')
        made.props('inputmode="numeric"' if shown.kind is Kind.NUMBER else 'type="text"')
        give(made, defaultValue=typed, maxlength=shown.longest, aria_label=shown.label)
        give(made, placeholder="" if shown.empty == NOTHING else shown.empty)
        made.on("input", lambda event: on_typed(str(event.args)), js_handler="(event) => emit(event.target.value)")
        if shown.unit:
            text(shown.unit, "muted")


def _lines(shown: Field, typed: str, on_typed: Typed) -> None:
    made = ui.element("textarea").classes("rule-field set-lines").props('rows="3"')
    give(made, defaultValue=typed, maxlength=shown.longest, aria_label=shown.label)
    made.on("input", lambda event: on_typed(str(event.args)), js_handler="(event) => emit(event.target.value)")


def _choice(shown: Field, typed: str, on_typed: Typed) -> None:
    made = give(ui.element("select").classes("rule-field"), aria_label=shown.label)
    made.on("change", lambda event: on_typed(str(event.args)), js_handler="(e) => emit(e.target.value)")
    choices = dict(shown.choices)
    options(made, {"": choices}, chosen=typed, empty=typed not in choices)  # of what is not there yet nothing is chosen


def _checks(shown: Field, typed: str, on_typed: Typed) -> None:
    ticked = set(typed.split())

    def pressed(value: str) -> Callable[[Any], None]:
        def press(event: Any) -> None:
            (ticked.add if event.args is True else ticked.discard)(value)
            on_typed(" ".join(each for each, _ in shown.choices if each in ticked))

        return press

    with box("div", "set-checks"):
        for value, words in shown.choices:
            with box("label", "set-check"):
                made = ui.element("input").props('type="checkbox"' + (" checked" if value in ticked else ""))
                made.on("change", pressed(value), js_handler="(e) => emit(e.target.checked)")
                text(words, "")


@dataclass
class _Rows:
    """Lines of a text, each edited in a row of its own; `extra` is what a new row begins with."""

    lines: list[list[str]]
    on_typed: Typed
    draw_row: Callable[["_Rows", int], None]
    more: str
    fresh: list[str]
    holder: Element = field(init=False)

    def show(self) -> None:
        self.holder = box("div", "set-rows")
        self._draw()
        button(self.more, self._one_more, "button plain")

    def set(self, row: int, place: int, words: str) -> None:
        self.lines[row][place] = words
        self._tell()

    def _draw(self) -> None:
        self.holder.clear()
        with self.holder:
            for row in range(len(self.lines)):
                with box("div", "set-row"):
                    self.draw_row(self, row)
                    button("删去", partial(self._remove, row), "link")

    def _remove(self, row: int) -> None:
        del self.lines[row]
        self._tell()
        self._draw()

    def _one_more(self) -> None:
        self.lines.append(list(self.fresh))
        self._tell()
        self._draw()

    def _tell(self) -> None:
        self.on_typed("\n".join(" ".join(line) for line in self.lines))


def _day(rows: _Rows, row: int, place: int, label: str) -> None:
    made = ui.element("input").classes("rule-field").props('type="date"')
    give(made, defaultValue=rows.lines[row][place], aria_label=label)
    made.on(
        "input",
        lambda event: rows.set(row, place, str(event.args) or _NO_DAY),
        js_handler="(e) => emit(e.target.value)",
    )


_NO_DAY = "?"


def _days(_: Field, typed: str, on_typed: Typed) -> None:
    def row(rows: _Rows, number: int) -> None:
        _day(rows, number, 0, "从")
        text("到", "muted")
        _day(rows, number, 1, "到")

    _Rows([line.split() for line in typed.splitlines()], on_typed, row, "加一段", [_NO_DAY, _NO_DAY]).show()


def _make_ups(shown: Field, typed: str, on_typed: Typed) -> None:
    def row(rows: _Rows, number: int) -> None:
        _day(rows, number, 0, "上班的那一天")
        made = ui.element("select").classes("rule-field").props('aria-label="照星期几"')
        made.on("change", lambda event: rows.set(number, 1, str(event.args)), js_handler="(e) => emit(e.target.value)")
        options(made, {"": dict(shown.choices)}, chosen=rows.lines[number][1], empty=False)

    first = shown.choices[0][0]
    _Rows([line.split() for line in typed.splitlines()], on_typed, row, "加一天", [_NO_DAY, first]).show()


_DRAWN: dict[Kind, Callable[[Field, str, Typed], None]] = {
    Kind.LINE: _line,
    Kind.NUMBER: _line,
    Kind.LINES: _lines,
    Kind.CHOICE: _choice,
    Kind.CHECKS: _checks,
    Kind.DAYS: _days,
    Kind.MAKE_UPS: _make_ups,
}
