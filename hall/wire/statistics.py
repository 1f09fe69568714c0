"""Tables of statistics for integrators: named figures, and beside them the tally they are made of."""

from datetime import date

from hall.figures import FIGURES
from hall.grouping import By, Table
from hall.tally import Tally
from hall.words import Micros, Word


class StatisticsRow(Word):
    """One row: its key, a part for each grouping; the figures by id; the tally as `hall.tally.Tally.row`."""

    key: tuple[str, ...]
    figures: dict[str, int | float | None]
    tally: tuple[int, ...]


class Statistics(Word):
    """Figures of a stretch of days, both ends included; `counted_at` is when the newest of them were made, 0 if none.

    `target` is the whole number of minutes by which `wait_within` is judged; `whole` is all rows together.
    """

    first: date
    last: date
    by: tuple[By, ...]
    target: int
    counted_at: Micros
    whole: StatisticsRow
    rows: tuple[StatisticsRow, ...]


def table_of(told: Statistics) -> Table:
    """The table that travelled."""
    table = Table(told.by)
    for row in told.rows:
        table.put(row.key, list(row.tally))
    return table


def statistics_of(table: Table, first: date, last: date, target: int, counted_at: int) -> Statistics:
    """A table as it travels."""

    def row(key: tuple[str, ...], tally: Tally) -> StatisticsRow:
        figures = {figure.id: figure.value(tally, target) for figure in FIGURES}
        return StatisticsRow(key=key, figures=figures, tally=tuple(tally.row()))

    return Statistics(
        first=first,
        last=last,
        by=table.bys,
        target=target,
        counted_at=counted_at,
        whole=row((), table.whole),
        rows=tuple(row(*each) for each in table.rows),
    )
