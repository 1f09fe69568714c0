"""A table of statistics as rows of cells for a file: what it shows, one row for each key, all together at the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hall.catalog import Catalog
from hall.figures import FIGURES
from hall.grouping import WORDS, By, Key, Table, part_words
from hall.tally import Tally

Cell = str | int | float | None
"""Words, a number, or nothing to say. Words are never anything but words, whatever they begin with."""
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with what it is of.

    Attributes:
        table: The figures.
        names: Of groups and services, by id.
        title: Whose and which days.
        target: In whole minutes.
    """

    table: Table
    names: Mapping[str, str]
    title: str
    target: int

    @property
    def head(self) -> Cells:
        """The names of the columns."""
        bys = self.table.bys or (None,)
        return (
            *("全部" if by is None else WORDS[by] for by in bys),
            *(f"{figure.name}（{figure.unit}）" for figure in FIGURES),
        )

    def rows(self) -> Iterator[Cells]:
        """A row for each key, and one of all together."""
        for key, tally in self.table.rows:
            yield *self.labels(key), *self._figures(tally)
        if self.table.bys:
            yield "合计", *([None] * (len(self.table.bys) - 1)), *self._figures(self.table.whole)

    def labels(self, key: Key) -> tuple[str, ...]:
        """A key as people read it."""
        return tuple(part_words(by, part, self.names) for by, part in zip(self.table.bys, key, strict=True)) or (
            "全部",
        )

    def _figures(self, tally: Tally) -> Cells:
        return tuple(figure.value(tally, self.target) for figure in FIGURES)


def names_of(catalog: Catalog) -> dict[str, str]:
    """What groups and services are called now."""
    services = {service.id: service.name for service in catalog.services}
    return services | {group.id: group.name for group in catalog.groups}


def title_of(hall: str, first: date, last: date, bys: tuple[By, ...]) -> str:
    """Whose figures, of which days, by what."""
    by = "、".join(WORDS[each] for each in bys)
    return f"{hall}  {first} 至 {last}" + (f"  按{by}" if by else "")
