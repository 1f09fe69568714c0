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
from hall.identity import DocumentKind, Holder, IdentityDocument, holder_of, is_citizen_number
from hall.slots import Slot
from hall.wire.bookings import Imported
from queue_server.operations.bookings import record_booking, slot_of
from queue_server.operations.days import today
from queue_server.operations.errors import BookingFileError
from queue_server.store import Reader, Transaction

COLUMNS = ("预约号", "日期", "时间", "事项", "证件类型", "证件号码", "姓名")
_NEEDED = frozenset(COLUMNS) - {"证件类型", "姓名"}
_SHOWN = 50
_NUMBER = re.compile(r"[0-9]{6,16}", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?(?:\s*[-~—–至].*)?", re.ASCII)
_DOCUMENT = re.compile(r"[0-9A-Z()/-]{5,24}", re.ASCII)
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
    """One appointment of the file."""

    number: str
    service: str
    slot: Slot
    holder: Holder


def read_file(reader: Reader, moment: Moment, raw: bytes, hall_key: bytes) -> tuple[Line, ...]:
    """Every appointment of a file.

    Raises:
        BookingFileError: With all mistakes, line by line.
        NoCatalogError: If the hall has no catalogue yet.
    """
    checker = _Checker(reader, moment, hall_key)
    lines = [line for line in checker.lines(_text(raw)) if line is not None]
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
            raise BookingFileError("预约文件", [f"预约号 {line.number} 已用于另一个预约"])
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


def take(transaction: Transaction, moment: Moment, lines: tuple[Line, ...]) -> Imported:
    """Record those that are not known yet; taking a file twice is harmless. Raises as `foretell`, and takes nothing."""
    brought = foretell(transaction, lines)
    for line in lines:
        if transaction.booking_of_number(line.number) is None:
            record_booking(transaction, moment, line.number, line.service, line.slot, line.holder)
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
            headings = [heading.strip() for heading in next(rows, [])]
            lacking = [name for name in COLUMNS if name in _NEEDED and name not in headings]
            if lacking:
                self.mistakes.append(f"第 1 行：缺少 {'、'.join(lacking)}，第一行应是 {','.join(COLUMNS)}")
                return
            for row in rows:
                if any(cell.strip() for cell in row):
                    cells = dict(zip(headings, (cell.strip() for cell in row), strict=False))
                    yield self._line(rows.line_num, {name: cells.get(name, "") for name in COLUMNS})
        except csv.Error:
            self.mistakes.append(f"第 {rows.line_num} 行：引号不配对，或有不能读的字符")
        if not self._seen and not self.mistakes:
            self.mistakes.append("第 2 行：文件里没有预约")

    def _line(self, at: int, cells: dict[str, str]) -> Line | None:
        before = len(self.mistakes)
        number = self._number(at, cells["预约号"])
        day = self._day(at, cells["日期"])
        service = self._services.get(cells["事项"])
        if service is None:
            self._wrong(at, f"没有事项「{_safe(cells['事项'])}」，请写办事目录里的名称或编号")
        clock = self._time(at, cells["时间"])
        holder = self._holder(at, cells)
        if len(self.mistakes) > before or not (day and service and clock and holder):
            return None
        slot = self._slot(at, service, day, clock)
        return None if slot is None else Line(number, service, slot, holder)

    def _number(self, at: int, number: str) -> str:
        if not _NUMBER.fullmatch(number):
            self._wrong(at, "预约号应是 6 到 16 位数字")
        elif number in self._seen:
            self._wrong(at, f"预约号 {number} 与第 {self._seen[number]} 行重复")
        self._seen.setdefault(number, at)
        return number

    def _day(self, at: int, text: str) -> date | None:
        match = _DAY.fullmatch(text)
        try:
            day = date(*map(int, match.groups())) if match else None
        except ValueError:
            day = None
        if day is None:
            self._wrong(at, f"日期「{_safe(text)}」应写成 {self._today.isoformat()} 的样子")
        elif day < self._today:
            self._wrong(at, f"日期 {day.isoformat()} 已经过去")
        return day

    def _time(self, at: int, text: str) -> str:
        match = _TIME.fullmatch(text)
        if match is None:
            self._wrong(at, f"时间「{_safe(text)}」应写成 09:00 的样子")
            return ""
        return f"{int(match[1]):02}:{match[2]}"

    def _holder(self, at: int, cells: dict[str, str]) -> Holder | None:
        kind, number = _KINDS.get(cells["证件类型"]), cells["证件号码"].upper()
        if kind is None:
            known = "、".join(word for word in _KINDS if word)
            self._wrong(at, f"证件类型应是 {known} 之一")
            return None
        if kind is DocumentKind.FOREIGNER_2023 and len(number) == _OLD_FOREIGNER_LENGTH:
            kind = DocumentKind.FOREIGNER_2017
        checked = kind in (DocumentKind.RESIDENT, DocumentKind.HMT_PERMIT)
        if not (is_citizen_number(number) if checked else _DOCUMENT.fullmatch(number)):
            self._wrong(at, "证件号码不对，请核对位数和每一位")
            return None
        return holder_of(IdentityDocument(kind=kind, name=cells["姓名"], number=number), self._hall_key)

    def _slot(self, at: int, service: str, day: date, clock: str) -> Slot | None:
        key = (service, day, clock)
        if key not in self._slots:
            self._slots[key] = slot_of(self._reader, service, day, clock)
        found = self._slots[key]
        if isinstance(found, Slot):
            return found
        self._wrong(at, f"{day.isoformat()} {clock}：{_WORDS[found]}")
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


def _safe(text: str) -> str:
    line = "".join(letter if letter.isprintable() else "?" for letter in text)
    return line if len(line) <= 20 else f"{line[:19]}…"


def _first_ones(mistakes: list[str]) -> list[str]:
    left = len(mistakes) - _SHOWN
    return [*mistakes[:_SHOWN], *([f"另有 {left} 处"] if left > 0 else [])]
