"""Tables of statistics as markup, whole: thousands of cells are one element of the page, not thousands."""

from collections.abc import Iterable, Iterator
from html import escape

from hall.figures import FIGURES, Figure
from hall.grouping import WEEKDAYS, WORDS, Table
from hall.tally import Tally
from queue_server.operations.sheet import Sheet

MOST_ROWS = 400
"""A longer table is for a file."""
_STEPS = 6
HEATED = ("arrivals", "wait_median", "wait_p90", "missed")
"""The figures that the heat map can show."""
_BY_ID = {figure.id: figure for figure in FIGURES}
_DAYS = tuple(str(number) for number in range(1, 8))


def figure_of(figure_id: str) -> Figure:
    """A figure by its id."""
    return _BY_ID[figure_id]


def rows_markup(sheet: Sheet) -> str:
    """The table, a row for each key and one of all together."""
    table = sheet.table
    names = [WORDS[by] for by in table.bys] or ["全部"]
    head = "".join(f'<th scope="col">{name}</th>' for name in names) + "".join(
        f'<th scope="col" title="{escape(each.formula)}">{each.name}<small>{each.unit}</small></th>' for each in FIGURES
    )
    body = "".join(_row(sheet.labels(key), tally, sheet.target) for key, tally in table.rows[:MOST_ROWS])
    whole = ("合计", *([""] * (len(names) - 1)))
    foot = f"<tfoot>{_row(whole, table.whole, sheet.target)}</tfoot>" if table.bys else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>"


def _row(labels: Iterable[str], tally: Tally, target: int) -> str:
    names = "".join(f'<th scope="row">{escape(label)}</th>' for label in labels)
    return f"<tr>{names}{''.join(f'<td>{each.words(tally, target)}</td>' for each in FIGURES)}</tr>"


def heat_markup(table: Table, figure: Figure, target: int) -> str:
    """Weekday by hour, darker where the figure is greater; `table` is by weekday and hour."""
    cells = {key: (figure.value(tally, target), figure.words(tally, target)) for key, tally in table.rows}
    hours = sorted({hour for _, hour in cells})
    most = max((value for value, _ in cells.values() if value is not None), default=0)
    head = "".join(f'<th scope="col">{int(hour)}<small>时</small></th>' for hour in hours)
    body = "".join(_heat_rows(cells, hours, most))
    return f"<table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody></table>"


def _heat_rows(
    cells: dict[tuple[str, ...], tuple[int | float | None, str]], hours: list[str], most: float
) -> Iterator[str]:
    for day in _DAYS:
        row = [cells.get((day, hour), (None, "")) for hour in hours]
        drawn = "".join(f'<td class="heat-{_step(value, most)}">{words}</td>' for value, words in row)
        yield f'<tr><th scope="row">{WEEKDAYS[int(day) - 1]}</th>{drawn}</tr>'


def _step(value: float | None, most: float) -> int:
    """From 0, nothing, to the darkest."""
    return 0 if not value or not most else max(1, round(_STEPS * value / most))


def how_markup() -> str:
    """怎么算的: every figure with its formula."""
    return "".join(f"<dt>{each.name}（{each.unit}）</dt><dd>{escape(each.formula)}</dd>" for each in FIGURES)
