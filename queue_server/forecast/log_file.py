"""A log of past visits: one line per person, in any order, from any queue. Lines are checked, never guessed at."""

import csv
import io
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hall.errors import system_words
from queue_server.forecast.errors import LogError

NEEDED = ("arrival", "service", "start", "end", "outcome")
SERVED = "served"
_SHOWN = 20  # mistakes told at once
_TIME = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?(Z|[+-]\d{2}:?\d{2})?"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One person. Times in seconds of the log's own clock; `start` is NaN if never called.

    Attributes:
        arrival: When the person came.
        start: When called.
        end: When the service ended, or the person went.
        day: The calendar day of the arrival, as an ordinal.
        service: What the person came for.
        priority: The class in the log's own words, empty if it has none.
        server: Who served, empty if not known.
        served: Whether the service took place.
    """

    arrival: float
    start: float
    end: float
    day: int
    service: str
    priority: str
    server: str
    served: bool

    @property
    def called(self) -> bool:
        """Whether the person was called before going."""
        return not math.isnan(self.start)

    @property
    def wait(self) -> float:
        """From arriving until called, or until going."""
        return (self.start if self.called else self.end) - self.arrival


def read_log(path: Path) -> list[Visit]:
    """All visits in the order of arrival.

    Raises:
        LogError: The file cannot be read, has no such columns, or has lines that cannot be true.
    """
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    visits, mistakes = [], []
    try:
        columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
        if missing := [name for name in NEEDED if name not in columns]:
            raise LogError(f"{path.name} 的列名", [f"缺少 {name} 这一列" for name in missing])
        rows.fieldnames = columns
        for row in rows:
            try:
                visits.append(_visit({name: (row.get(name) or "").strip() for name in (*NEEDED, "priority", "server")}))
            except ValueError as error:
                mistakes.append(f"第 {rows.line_num} 行：{error}")
    except csv.Error as error:
        mistakes.append(f"第 {rows.line_num + 1} 行：不是 CSV（{error}）")
    if not visits and not mistakes:
        mistakes.append("一行记录也没有")
    if mistakes:
        more = [f"……还有 {len(mistakes) - _SHOWN} 处"] if len(mistakes) > _SHOWN else []
        raise LogError(path.name, [*mistakes[:_SHOWN], *more])
    if not any(visit.served for visit in visits):
        raise LogError(path.name, [f"没有一个人的 outcome 是 {SERVED}"])
    return sorted(visits, key=lambda visit: visit.arrival)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LogError(str(path), [system_words(error)]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LogError(str(path), ["不是文本文件（既不是 UTF-8，也不是 GB18030）"])


def _visit(row: dict[str, str]) -> Visit:
    arrived = _moment("arrival", row["arrival"])
    zero = datetime(1970, 1, 1, tzinfo=arrived.tzinfo and UTC)
    arrival, end = (arrived - zero).total_seconds(), _seconds("end", row["end"], zero)
    start = _seconds("start", row["start"], zero) if row["start"] else math.nan
    served = row["outcome"].lower() == SERVED
    if not row["outcome"]:
        raise ValueError("outcome 是空的")
    if served and math.isnan(start):
        raise ValueError("已办理，start 却是空的")
    if start < arrival:
        raise ValueError("start 早于 arrival")
    if end < (arrival if math.isnan(start) else start):
        raise ValueError("end 早于 start 或 arrival")
    day = arrived.toordinal()
    return Visit(arrival, start, end, day, row["service"], row["priority"], row["server"], served)


def _seconds(column: str, text: str, zero: datetime) -> float:
    moment = _moment(column, text)
    if (moment.tzinfo is None) != (zero.tzinfo is None):
        raise ValueError(f"{column} 和 arrival 只有一个写了时区")
    return (moment - zero).total_seconds()


def _moment(column: str, text: str) -> datetime:
    found = _TIME.fullmatch(text)
    if found is None:
        raise ValueError(f"{column} 是空的" if not text else f"{column} 的「{text[:40]}」不是时间")
    *numbers, part, zone = found.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        moment = datetime(year, month, day, hour, minute, second, int((part or "0").ljust(6, "0")))  # noqa: DTZ001
    except ValueError as error:
        raise ValueError(f"{column} 的「{text}」没有这个时间") from error
    return moment.replace(tzinfo=_zone(zone)) if zone else moment


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-away if text[0] == "-" else away)
