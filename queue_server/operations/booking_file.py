"""A file of appointments from a city's portal: read whole, every mistake told at once, and taken whole or not at all.

CSV with a line of headings, UTF-8 or GB18030, as spreadsheets write it. Documents become tokens while a line is read:
their numbers and names are kept nowhere and stand in no message. What a portal has sold is recorded as it is; the
hall's limits are for those who book here.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hall.booking import NoBooking, taken
from hall.clock import Moment
from hall.identity import DocumentKind, Holder, IdentityDocument, holder_of, is_number_of
from hall.quoting import HERE, quote
from hall.slots import Slot, clock
from hall.wire.bookings import Imported
from queue_server.operations.bookings import record_booking, slot_of
from queue_server.operations.days import today
from queue_server.operations.errors import BookingFileError
from queue_server.operations.portals import require_portal
from queue_server.operations.progress import Progress, counted, unheard
from queue_server.store import Reader, Transaction

COLUMNS = ("预约号", "日期", "时间", "事项", "证件类型", "证件号码", "姓名")
_NEEDED = frozenset(COLUMNS) - {"证件类型", "姓名"}
_SHOWN = 50
_NUMBER = re.compile(r"[0-9]{6,16}", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_CLOCK = r"(\d{1,2})[:：](\d{2})(?:[:：]00)?"
_TIME = re.compile(rf"{_CLOCK}(?:\s*[-~—–至]+\s*{_CLOCK})?", re.ASCII)
_KINDS = {
    "": DocumentKind.RESIDENT,
    "身份证": DocumentKind.RESIDENT,
    "居民身份证": DocumentKind.RESIDENT,
    "港澳台居民居住证": DocumentKind.HMT_PERMIT,
    "外国人永久居留身份证": DocumentKind.FOREIGNER_2023,
    "护照": DocumentKind.PASSPORT,
}
_OLD_FOREIGNER_LENGTH = 15
_WORDS = {
    NoBooking.NOT_BOOKABLE: "这个事项不接受预约",
    NoBooking.NO_SUCH_SLOT: "这一天没有这个时段",
    NoBooking.DAY_CLOSED: "这一天不接受预约",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One appointment of the file; `at` is its line there, for messages."""

    at: int
    number: str
    service: str
    slot: Slot
    holder: Holder


def read_file(
    reader: Reader, moment: Moment, raw: bytes, hall_key: bytes, progress: Progress = unheard
) -> tuple[Line, ...]:
    """Every appointment of a file.

    Raises:
        BookingFileError: With all mistakes, line by line.
        StoppedError: If `progress` stops it.
        NoCatalogError: If the hall has no catalogue yet.
    """
    checker = _Checker(reader, moment, hall_key)
    text, lines = _text(raw), list[Line]()
    total = text.count("\n") + 1
    for line in counted(checker.lines(text), total, progress):
        if line is not None:
            lines.append(line)
    if checker.mistakes:
        raise BookingFileError("预约文件", _first_ones(checker.mistakes))
    return tuple(lines)


def foretell(reader: Reader, lines: tuple[Line, ...]) -> Imported:
    """What taking these lines would bring.

    Raises:
        BookingFileError: If a number was given to another appointment; they could not be taken.
    """
    made = known = over = 0
    counts: dict[date, Counter[tuple[str, int]]] = {}
    for line in lines:
        before = reader.booking_of_number(line.number)
        if before is not None and (before.service, before.slot_at) != (line.service, line.slot.at):
            raise BookingFileError("预约文件", [f"第 {line.at} 行：这个预约号已用于另一个预约"])
        if before is not None:
            known += 1
            continue
        day = line.slot.day
        if day not in counts:
            counts[day] = taken(reader.bookings_on(day))
        place = reader.catalog().service(line.service).group, line.slot.at
        counts[day][place] += 1
        made += 1
        over += counts[day][place] > line.slot.capacity
    return Imported(made=made, known=known, over=over)


def take(
    transaction: Transaction,
    moment: Moment,
    lines: tuple[Line, ...],
    portal: str | None = None,
    progress: Progress = unheard,
) -> Imported:
    """Record those that are not known yet; taking a file twice is harmless. Raises as `foretell`, and takes nothing.

    With a `portal` they are its own: it hears of them and may take them back.

    Raises:
        NoSuchPortalError: If no portal of that name has a token.
        StoppedError: If `progress` stops it; nothing is taken then either.
    """
    if portal is not None:
        require_portal(transaction, portal)
    brought = foretell(transaction, lines)
    for line in counted(lines, len(lines), progress):
        if transaction.booking_of_number(line.number) is None:
            record_booking(transaction, moment, line.number, line.service, line.slot, line.holder, portal=portal)
    return brought


class _Checker:
    """Reads line after line and collects what is wrong."""

    def __init__(self, reader: Reader, moment: Moment, hall_key: bytes) -> None:
        self._reader = reader
        self._hall_key = hall_key
        self._today = today(reader, moment)
        services = reader.catalog().services
        self._services = {service.name: service.id for service in services} | {each.id: each.id for each in services}
        self._seen: dict[str, int] = {}
        self._slots: dict[tuple[str, date, str], Slot | NoBooking] = {}
        self.mistakes: list[str] = []

    def lines(self, text: str) -> Iterator[Line | None]:
        rows = csv.reader(io.StringIO(text))
        try:
            headings = _filled(next(rows, []))
            self._headings(headings)
            if self.mistakes:
                return
            for row in map(_filled, rows):
                if len(row) > len(headings):
                    self._wrong(rows.line_num, f"比第一行多 {len(row) - len(headings)} 格，请核对每一格在哪一列")
                elif row:
                    cells = dict(zip(headings, row, strict=False))
                    yield self._line(rows.line_num, {name: cells.get(name, "") for name in COLUMNS})
        except csv.Error:
            self.mistakes.append(f"第 {rows.line_num} 行：引号不配对，或有不能读的字符")
        if not self._seen and not self.mistakes:
            self.mistakes.append("第 2 行：文件里没有预约")

    def _headings(self, headings: list[str]) -> None:
        """What is wrong with the first line: any column that is not known may be one that slipped."""
        lacking = [name for name in COLUMNS if name in _NEEDED and name not in headings]
        if lacking:
            self._wrong(1, f"缺少 {'、'.join(lacking)}，第一行应是 {','.join(COLUMNS)}")
        for name, count in Counter(headings).items():
            if name in COLUMNS and count > 1:
                self._wrong(1, f"{name} 有 {count} 列，只留一列")
        for place, heading in enumerate(headings, 1):
            if heading not in COLUMNS:
                words = "" if quote(heading) == HERE else quote(heading)
                self._wrong(1, f"第 {place} 列{words}不认识，请删去这一列；可以有的是 {','.join(COLUMNS)}")

    def _line(self, at: int, cells: dict[str, str]) -> Line | None:
        before = len(self.mistakes)
        number = self._number(at, cells["预约号"])
        day = self._day(at, cells["日期"])
        service = self._services.get(cells["事项"])
        if service is None:
            self._wrong(at, f"事项{quote(cells['事项'])}不在办事目录里，请写目录里的名称或编号")
        begins, ends = self._time(at, cells["时间"])
        holder = self._holder(at, cells)
        if len(self.mistakes) > before or not (day and service and begins and holder):
            return None
        slot = self._slot(at, service, day, begins)
        if slot is not None and ends not in ("", clock(slot.start + slot.minutes)):
            self._wrong(at, f"时间 {begins}-{ends}：这个时段是 {slot.words}")
            return None
        return None if slot is None else Line(at, number, service, slot, holder)

    def _number(self, at: int, number: str) -> str:
        if not _NUMBER.fullmatch(number):
            self._wrong(at, "预约号应是 6 到 16 位数字")
        elif number in self._seen:
            self._wrong(at, f"预约号与第 {self._seen[number]} 行重复")
        self._seen.setdefault(number, at)
        return number

    def _day(self, at: int, text: str) -> date | None:
        match = _DAY.fullmatch(text)
        try:
            day = date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is None:
            self._wrong(at, f"日期{quote(text)}应写成 {self._today.isoformat()} 的样子")
        elif day < self._today:
            self._wrong(at, f"日期 {day.isoformat()} 已经过去")
        return day

    def _time(self, at: int, text: str) -> tuple[str, str]:
        """When it begins and ends; empty where that is not said."""
        match = _TIME.fullmatch(text)
        if match is None:
            self._wrong(at, f"时间{quote(text)}应写成 09:00 或 09:00-09:30 的样子")
            return "", ""
        return f"{int(match[1]):02}:{match[2]}", f"{int(match[3]):02}:{match[4]}" if match[3] else ""

    def _holder(self, at: int, cells: dict[str, str]) -> Holder | None:
        kind, number = _KINDS.get(cells["证件类型"]), cells["证件号码"].upper()
        if kind is None:
            known = "、".join(word for word in _KINDS if word)
            self._wrong(at, f"证件类型应是 {known} 之一")
            return None
        if kind is DocumentKind.FOREIGNER_2023 and len(number) == _OLD_FOREIGNER_LENGTH:
            kind = DocumentKind.FOREIGNER_2017
        if not is_number_of(kind, number):
            self._wrong(at, "证件号码不对，请核对位数和每一位")
            return None
        return holder_of(IdentityDocument(kind=kind, name=cells["姓名"], number=number), self._hall_key)

    def _slot(self, at: int, service: str, day: date, begins: str) -> Slot | None:
        key = (service, day, begins)
        if key not in self._slots:
            self._slots[key] = slot_of(self._reader, service, day, begins)
        found = self._slots[key]
        if isinstance(found, Slot):
            return found
        self._wrong(at, f"{day.isoformat()} {begins}：{_WORDS[found]}")
        return None

    def _wrong(self, at: int, what: str) -> None:
        self.mistakes.append(f"第 {at} 行：{what}")


def _text(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BookingFileError("预约文件", ["第 1 行：不是 CSV 文字，请另存为 UTF-8 的 CSV"])


def _filled(row: list[str]) -> list[str]:
    """The cells up to the last one in which something stands; spreadsheets write empty ones behind."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _first_ones(mistakes: list[str]) -> list[str]:
    left = len(mistakes) - _SHOWN
    return [*mistakes[:_SHOWN], *([f"另有 {left} 处"] if left > 0 else [])]
