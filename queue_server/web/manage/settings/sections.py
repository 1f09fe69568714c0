"""Which pages 设置 has, and which parts of the catalogue stand on each. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hall.arrangements import Arrangement, GroupHours, Holidays, OpeningHours, parts_of
from hall.catalog import Catalog

Parts = Callable[[Catalog], Iterator[Arrangement]]


@dataclass(frozen=True, slots=True)
class Section:
    """One page: parts that stand on it, and parts (`each`) that are chosen from a list and have a page of their own."""

    name: str
    title: str
    lead: str
    whole: tuple[type[Arrangement], ...] = ()
    each: tuple[type[Arrangement], ...] = ()

    def parts(self, catalog: Catalog) -> tuple[Arrangement, ...]:
        """What stands on the page itself."""
        return tuple(part for part in parts_of(catalog) if isinstance(part, self.whole))

    def listed(self, catalog: Catalog) -> tuple[Arrangement, ...]:
        """What is chosen from its list."""
        return tuple(part for part in parts_of(catalog) if isinstance(part, self.each))


SECTIONS = (
    Section("holidays", "休息日", "节假日和调休上班的日子。", whole=(Holidays,)),
    Section(
        "hours", "办理时间", "全厅一周的时间；哪一类不一样，点开单独写。", whole=(OpeningHours,), each=(GroupHours,)
    ),
    Section("history", "修改记录", "谁在什么时候改了什么，每一处都能退回。"),
)


def section_of(name: str) -> Section:
    """The page of that name; the first one for a name that is none."""
    return next((section for section in SECTIONS if section.name == name), SECTIONS[0])
