"""How figures are put together for a table: by a stretch of time, a weekday, an hour, and whose they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from hall.errors import InputError
from hall.half_hours import begins
from hall.slots import clock, minute_of
from hall.tally import Row, Tally
from hall.visits import Subject


class By(StrEnum):
    """What the rows of a table are told apart by."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    WEEKDAY = "weekday"
    HOUR = "hour"
    HALF_HOUR = "half_hour"
    GROUP = "group"
    SERVICE = "service"
    WINDOW = "window"
    CLERK = "clerk"


WORDS: dict[By, str] = {
    By.YEAR: "年",
    By.MONTH: "月",
    By.WEEK: "周",
    By.DAY: "日",
    By.WEEKDAY: "星期",
    By.HOUR: "时段",
    By.HALF_HOUR: "半小时",
    By.GROUP: "业务类别",
    By.SERVICE: "事项",
    By.WINDOW: "窗口",
    By.CLERK: "工号",
}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SUBJECTS = {By(subject.value): subject for subject in Subject}
_HELD = 20000
Key = tuple[str, ...]
"""The parts of a row's name, one for each `By`; those of time sort as text."""


class GroupingError(InputError):
    """Figures cannot be told apart like that."""

    code = "statistics.grouping"
    advice = (
        "可用：year month week day weekday hour，以及 group service window clerk 中的一个，用逗号隔开；"
        "half_hour 只能和 group 一起用"
    )


def grouping(words: str) -> tuple[By, ...]:
    """The grouping that somebody typed, such as `group,hour`; empty is one row for everything.

    Raises:
        GroupingError: If a word is unknown or twice, or two of group, service, window and clerk are asked for, or
            half hours of anything but groups.
    """
    parts = [part.strip() for part in words.split(",") if part.strip()]
    unknown = [part for part in parts if part not in list(By)]
    if unknown:
        raise GroupingError(f"没有这样的分组：{'、'.join(part[:20] for part in unknown[:5])}")
    found = tuple(By(part) for part in parts)
    if len(set(found)) < len(found):
        raise GroupingError("同一种分组写了两次")
    if sum(by in _SUBJECTS for by in found) > 1:
        raise GroupingError("业务类别、事项、窗口、工号一次只能按一种分")
    if By.HALF_HOUR in found and subject_of(found) is not Subject.GROUP:
        raise GroupingError("按半小时的数字只按业务类别留着，没有分事项、窗口、工号的")
    return found


def subject_of(bys: Iterable[By]) -> Subject:
    """Whose tallies a table is made of; groups if it does not tell."""
    return next((_SUBJECTS[by] for by in bys if by in _SUBJECTS), Subject.GROUP)


def _of_day(by: By, day: date) -> str:
    match by:
        case By.YEAR:
            return f"{day.year:04}"
        case By.MONTH:
            return f"{day.year:04}-{day.month:02}"
        case By.WEEK:  # told by its Monday: the number of a week says nothing to a citizen
            return (day - timedelta(days=day.weekday())).isoformat()
        case By.DAY:
            return day.isoformat()
        case By.WEEKDAY:
            return str(day.isoweekday())
        case _:
            return ""  # of the tally, not of the day


class Table:
    """Rows of figures, filled day by day from kept tallies.

    Attributes:
        bys: What the rows are told apart by.
        subject: Whose tallies it is filled from.
        by_half: Whether from those by half hour, which are kept of groups only; else from those by hour.
    """

    def __init__(self, bys: tuple[By, ...]) -> None:
        self.bys = bys
        self.subject = subject_of(bys)
        self.by_half = By.HALF_HOUR in bys
        tell = {By.HOUR: _hour_of_half if self.by_half else _hour, By.HALF_HOUR: begins}
        self._times = [(place, tell[by]) for place, by in enumerate(bys) if by in tell]
        self._rows: dict[Key, Tally] = {}
        self._held: dict[Key, list[Row]] = defaultdict(list)
        self._count = 0
        self._whole: Tally | None = None

    def add(self, day: date, kept: Mapping[str, Mapping[str, Row]]) -> None:
        """Add a day's tallies of the table's subject: whose, hour or half hour, `Tally.row`."""
        self._whole = None
        parts = [_of_day(by, day) for by in self.bys]
        subjects = [place for place, by in enumerate(self.bys) if by in _SUBJECTS]
        for whose, by_time in kept.items():
            for place in subjects:
                parts[place] = whose
            for time, row in by_time.items():
                for place, told in self._times:
                    parts[place] = told(int(time))
                self._held[tuple(parts)].append(row)
            self._count += len(by_time)
        if self._count > _HELD:
            self._settle()

    def put(self, key: Key, row: Row) -> None:
        """Add to one row what was kept of a tally."""
        self._whole = None
        self._held[key].append(row)

    def _settle(self) -> None:
        """Add what is held, many at a time, which is several times faster than one by one."""
        for key, rows in self._held.items():
            self._rows.setdefault(key, Tally()).merge_rows(rows)
        self._held.clear()
        self._count = 0

    @property
    def whole(self) -> Tally:
        """All rows together, added up once: a page shows it figure by figure."""
        if self._whole is None:
            self._settle()
            self._whole = Tally()
            for tally in self._rows.values():
                self._whole.merge(tally)
        return self._whole

    @property
    def rows(self) -> list[tuple[Key, Tally]]:
        """By key; numbers as numbers."""
        self._settle()
        return sorted(self._rows.items(), key=lambda row: [_place(part) for part in row[0]])


def _hour(hour: int) -> str:
    return f"{hour:02}"


def _hour_of_half(half: int) -> str:
    return _hour(half // 2)


def _place(part: str) -> tuple[int, str]:
    return (len(part), part) if part.isdigit() else (0, part)


NEVER_CALLED = "没有叫到"


def part_words(by: By, part: str, names: Mapping[str, str]) -> str:
    """A part of a key as people read it.

    Args:
        by: What it tells apart.
        part: The part.
        names: Of groups and services, by id; one that is not in the catalogue any more keeps its id.
    """
    match by:
        case By.WEEK:
            return f"{part} 起"
        case By.WEEKDAY:
            return WEEKDAYS[int(part) - 1]
        case By.HOUR:
            return f"{part}:00–{int(part) + 1:02}:00"
        case By.HALF_HOUR:
            return f"{part}–{clock(minute_of(part) + 30)}"
        case By.GROUP | By.SERVICE:
            return names.get(part, part) or "凭票补入，事项不详"
        case By.WINDOW:
            return f"{part} 号窗口" if part else NEVER_CALLED
        case By.CLERK:
            return part or NEVER_CALLED
        case _:
            return part
