"""What a manager fills in, as texts: fields of a form and reading them, with every mistake in words. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from pydantic import ValidationError

from hall.arrangements import WEEKDAYS, in_chinese
from hall.opening import DAYS, MakeUpDay, WeekHours

T = TypeVar("T")
Typed = Mapping[str, str]
LONGEST_HOLIDAY = 60
NOTHING = "（空）"


class Kind(StrEnum):
    """How a field is drawn; its value is always one text."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    CHECKS = "checks"  # ids, a blank between them
    DAYS = "days"  # a line each: first and last day
    MAKE_UPS = "make_ups"  # a line each: a day, and the weekday it is worked as


@dataclass(frozen=True, slots=True)
class Field:
    """One of them, as it stands; `choices` are values with their words, `empty` is what it means to write nothing.

    It is drawn only while another field has a certain value, `KEY=VALUE`, if `only` says so.
    """

    key: str
    label: str
    value: str = ""
    kind: Kind = Kind.LINE
    unit: str = ""
    hint: str = ""
    longest: int = 60
    choices: tuple[tuple[str, str], ...] = ()
    empty: str = NOTHING
    only: str = ""

    def in_words(self, value: str | None = None) -> str:
        """What a value of it means, for people; its own if none is given."""
        value = self.value if value is None else value
        names = dict(self.choices)
        match self.kind:
            case Kind.CHOICE:
                said = names.get(value, value)
            case Kind.CHECKS:
                said = "、".join(names.get(each, each) for each in value.split())
            case Kind.DAYS:
                said = "，".join(_span(line) for line in value.splitlines())
            case Kind.MAKE_UPS:
                said = "，".join(_made_up(line) for line in value.splitlines())
            case _:
                said = f"{value} {self.unit}".strip() if value else ""
        return said or self.empty


class Reading:
    """Reads fields one by one; what cannot be read is told once, in `wrong`."""

    def __init__(self, fields: Iterable[Field], typed: Typed) -> None:
        self._fields = {field.key: field for field in fields}
        self._typed = typed
        self.wrong: list[str] = []

    def text(self, key: str) -> str:
        """As typed, without blanks around it."""
        return self._typed.get(key, self._fields[key].value).strip()

    def line(self, key: str) -> str:
        """As typed, on one line."""
        return " ".join(self.text(key).split())

    def needed(self, key: str) -> str:
        """The same, and something must stand there."""
        if not self.text(key):
            self._say(key, "请填写")
        return self.text(key)

    def number(self, key: str, least: int, most: int) -> int | None:
        """A whole number; None if nothing stands there, or nothing readable."""
        text = self.text(key)
        if not text:
            return None
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        self._say(key, f"请写 {least} 到 {most} 的整数")
        return None

    def sure(self, key: str, least: int, most: int) -> int:
        """A whole number that must stand there."""
        if not self.text(key):
            self._say(key, f"请写 {least} 到 {most} 的整数")
        return self.number(key, least, most) or least

    def minutes(self, key: str, most: int) -> float:
        """So many minutes, more than none; also a part of one."""
        text = self.text(key)
        if text.isascii() and re.fullmatch(r"\d{1,4}(\.\d{1,2})?", text) and 0 < float(text) <= most:
            return float(text)
        self._say(key, f"请写大于 0、不超过 {most} 的数")
        return 1.0

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The fields whose keys begin so."""
        return tuple(key for key in self._fields if key.startswith(prefix))

    def ids(self, key: str) -> tuple[str, ...]:
        """What is ticked, in the order of the choices."""
        ticked = self.text(key).split()
        return tuple(value for value, _ in self._fields[key].choices if value in ticked)

    def week(self, prefix: str) -> WeekHours:
        """The seven lines of a week."""
        return WeekHours(**{day: self.periods(f"{prefix}{day}") for day in DAYS})

    def periods(self, key: str) -> tuple[str, ...]:
        """Times of a day, written as people do."""
        text = re.sub(r" *-+ *", "-", self.text(key).translate(_AS_TYPED))
        periods = tuple(_full(period) for period in text.split())
        try:
            return WeekHours(monday=periods).monday
        except ValidationError as error:
            self._say(key, str(error.errors()[0]["ctx"]["error"]))
            return ()

    def days(self, key: str) -> tuple[date, ...]:
        """The days of all spans, each once, in order."""
        found = set[date]()
        for line in self.text(key).splitlines():
            first, last = (*line.split(), "", "")[:2]
            begin, end = self._day(key, first), self._day(key, last or first)
            if begin and end and not 0 <= (end - begin).days < LONGEST_HOLIDAY:
                self._say(key, f"{in_chinese(begin)}起的一段：最后一天应不早于第一天，一段最多 {LONGEST_HOLIDAY} 天")
            elif begin and end:
                found |= {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
        return tuple(sorted(found))

    def make_ups(self, key: str) -> tuple[MakeUpDay, ...]:
        """The days that are worked as another weekday, in order."""
        lines = [line.split() for line in self.text(key).splitlines()]
        made = [MakeUpDay(day=day, like=like[0]) for first, *like in lines if (day := self._day(key, first))]
        return tuple(sorted(made, key=lambda each: each.day))

    def checked(self, make: Callable[[], T], troubles: Callable[[T], Iterable[str]]) -> T | tuple[str, ...]:
        """What was meant if everything could be read and fits, else everything that is wrong."""
        if self.wrong:
            return tuple(self.wrong)
        made = make()
        return tuple(troubles(made)) or made

    def _day(self, key: str, text: str) -> date | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._say(key, "请选好每一行的日期")
            return None
        if 2000 <= day.year <= 2999:
            return day
        self._say(key, f"{day.year} 年不对，请核对")
        return None

    def _say(self, key: str, words: str) -> None:
        told = f"{self._fields[key].label}：{words}"
        if told not in self.wrong:
            self.wrong.append(told)


def week_fields(prefix: str, hours: WeekHours | None, label: str = "") -> tuple[Field, ...]:
    """Seven lines, one for each weekday."""
    return tuple(
        Field(
            f"{prefix}{day}",
            f"{label}星期{WEEKDAYS[day]}",
            " ".join(getattr(hours, day)) if hours else "",
            hint="写成 09:00-12:00 13:00-17:00 的样子" if day == DAYS[0] else "",
            empty="不开",
        )
        for day in DAYS
    )


def figure(value: float | None) -> str:
    """A number as it is typed, empty for none."""
    return "" if value is None else f"{value:g}"


def spans(days: Iterable[date]) -> str:
    """Days as the lines of a field of days: those that follow one another stand on one."""
    lines: list[list[date]] = []
    for day in sorted(days):
        if lines and (day - lines[-1][1]).days == 1:
            lines[-1][1] = day
        else:
            lines.append([day, day])
    return "\n".join(f"{first} {last}" for first, last in lines)


_AS_TYPED = str.maketrans(dict.fromkeys("、，,；;\n", " ") | dict.fromkeys("–—~～至到", "-") | {"：": ":"})


def _full(period: str) -> str:
    """`9:00-12:00` with all its digits; what is no such period stays as it was written."""
    ends = re.fullmatch(r"(\d{1,2}:\d\d)-(\d{1,2}:\d\d)", period, re.ASCII)
    return "-".join(f"{end:0>5}" for end in ends.groups()) if ends else period


def _span(line: str) -> str:
    first, last = (date.fromisoformat(text) for text in line.split())
    return in_chinese(first) if first == last else f"{in_chinese(first)}至 {last.month} 月 {last.day} 日"


def _made_up(line: str) -> str:
    day, like = line.split()
    return f"{in_chinese(date.fromisoformat(day))}按星期{WEEKDAYS[like]}"  # type: ignore[index]
