"""`./onewindow statistics [verify]`: figures of days as a table, JSON, CSV or XLSX, and whether the journal says so.

A stopped hall is read from its folder; a running one through its API (`--server`), for one process owns the file.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hall.catalog import Catalog
from hall.errors import InputError, OneWindowError, file_words, plain_words
from hall.facts import JournalEntry
from hall.grouping import WORDS, By, Key, Table, grouping
from hall.half_hours import begins
from hall.opening import business_day
from hall.tally import Tally
from hall.visits import Subject, Visits
from hall.wire.statistics import statistics_of, table_of
from installer.any_order import AnyOrder
from installer.hall_api import signed_in
from installer.hall_init.folder import HallFolder, found_database
from installer.long_work import watched
from installer.stopped import stopped_store
from queue_server.link.clock import SystemClock
from queue_server.operations.errors import StoppedError
from queue_server.operations.progress import counted
from queue_server.operations.sheet import Cell, Sheet, names_of, title_of
from queue_server.operations.summaries import bring_up_to_date, table
from queue_server.operations.table_file import KINDS, file_of

_MONTH = timedelta(days=30)
_TARGET = 40
_RANGE = ("judged", "error_us", "inside", "late")
_SHOWN = 20
_STILL_COUNTING = "服务器开着时，今天的每十分钟算一次，有迟到事实的那天一分钟后才重算：十分钟后请再核对一次"


class OutError(InputError):
    """The file that was asked for cannot be written."""

    code = "statistics.out"
    advice = "请换一个能写的位置，文件名以 .csv 或 .xlsx 结尾"


@dataclass(frozen=True, slots=True)
class _Hall:
    """A hall that can be asked, stopped or running."""

    catalog: Catalog
    ask: Callable[[date, date, tuple[By, ...]], Table]
    journal: Callable[[], Iterable[JournalEntry]]
    entries: Callable[[], int]


def main(argv: list[str]) -> int:
    """Tell the figures, or compare them with the journal; 1 if they differ or the hall cannot be asked.

    Raises:
        KeyboardInterrupt: If it was stopped; no file is written then.
    """
    options = _parser().parse_args(argv)
    try:
        with _running(options) if options.server else _stopped(options.folder) as hall:
            status = _verify(hall, options) if options.act == "verify" else _tell(hall, options)
        if status and options.server:
            print(_STILL_COUNTING, file=sys.stderr)
        return status
    except StoppedError:
        raise KeyboardInterrupt from None
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = AnyOrder(prog="onewindow statistics", description="统计：一段日子的各项数字；verify 用流水重算一遍来核对")
    parser.add_argument("act", choices=("show", "verify"), nargs="?", default="show", help="show 显示，verify 核对")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹（服务器停着时）")
    parser.add_argument("--server", help="正在运行的服务器地址，如 http://127.0.0.1:8600")
    parser.add_argument("--staff", default="1001", help="管理人员工号（与 --server 一起用）")
    parser.add_argument("--from", dest="first", type=_day, help="第一天，如 2026-11-01；不写为 30 天前")
    parser.add_argument("--to", dest="last", type=_day, help="最后一天；不写为昨天")
    parser.add_argument(
        "--by", default="day", help="怎么分：year month week day weekday hour half_hour group service window clerk"
    )
    parser.add_argument("--target", type=int, default=_TARGET, help=f"达标的等候分钟数，不写为 {_TARGET}")
    parser.add_argument("--json", action="store_true", help="打印 JSON，不打印表")
    parser.add_argument("--out", type=Path, help="写成文件：以 .csv 或 .xlsx 结尾")
    return parser


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words[:20]!r} 不是日期，请写成 2026-11-01 的样子") from None


def _period(hall: _Hall, options: argparse.Namespace) -> tuple[date, date]:
    yesterday = business_day(SystemClock().now().wall_us, hall.catalog.hall.offset_minutes) - timedelta(days=1)
    last = options.last or yesterday
    return options.first or last - _MONTH, last


def _tell(hall: _Hall, options: argparse.Namespace) -> int:
    bys, (first, last) = grouping(options.by), _period(hall, options)
    made = hall.ask(first, last, bys)
    sheet = Sheet(made, names_of(hall.catalog), title_of(hall.catalog.hall.name, first, last, bys), options.target)
    if options.out is not None:
        _write(options.out, sheet)
        print(f"已写好：{options.out}")
    elif options.json:
        print(statistics_of(made, first, last, options.target, 0).model_dump_json(indent=1))
    else:
        print(sheet.title)
        rows = list(sheet.rows()) if made.rows else []
        if not rows:
            print("这段日子还没有数字")
        for row in [sheet.head, *rows] if rows else []:
            print("\t".join(map(_words, row)))
    return 0


def _words(cell: Cell) -> str:
    return "–" if cell is None else str(cell)


def _write(path: Path, sheet: Sheet) -> None:
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise OutError(f"{path} 不知道写成什么")
    with watched("导出", shown=True) as progress:
        made = file_of(sheet, kind, progress)
    try:
        path.write_bytes(made)
    except OSError as error:
        raise OutError(f"{path} 写不了：{file_words(error)}") from None


def _verify(hall: _Hall, options: argparse.Namespace) -> int:
    """Every tally of a day, hour or half hour and subject, from the journal alone; ranges stand beside the journal."""
    first, last = _period(hall, options)
    visits = Visits()
    with watched("读流水", shown=True) as progress:
        for entry in counted(hall.journal(), hall.entries(), progress):
            visits.add(entry)
    faults: list[str] = []
    compared = 0
    for bys, told in _told(visits, hall.catalog.hall.offset_minutes, first, last):
        kept = {key: _without_ranges(tally) for key, tally in hall.ask(first, last, bys).rows}
        compared += len(told)
        differ = sorted(key for key in kept.keys() | told.keys() if kept.get(key) != told.get(key))
        faults += [f"{' '.join(key)}（按{'、'.join(map(WORDS.__getitem__, bys))}）与流水不符" for key in differ]
    for fault in faults[:_SHOWN]:
        print(f"  {fault}", file=sys.stderr)
    says = f"{len(faults)} 组与流水不符" if faults else "与流水一致"
    print(f"{first} 至 {last}：{compared} 组数字用流水重算过，{says}（预计是否准确不在流水里，不在此核对）")
    return 1 if faults else 0


def _told(
    visits: Visits, offset_minutes: int, first: date, last: date
) -> Iterator[tuple[tuple[By, ...], dict[Key, Tally]]]:
    """What the journal says of a stretch of days, in each way in which figures are kept."""
    days, halves = visits.days(offset_minutes), visits.half_hours(offset_minutes)
    for subject in Subject:
        yield (
            (By.DAY, By(subject.value), By.HOUR),
            _rows({day: kept[subject] for day, kept in days.items() if first <= day <= last}, "{:02}".format),
        )
    yield (
        (By.DAY, By.GROUP, By.HALF_HOUR),
        _rows({day: kept for day, kept in halves.items() if first <= day <= last}, begins),
    )


def _rows(days: dict[date, dict[str, dict[int, Tally]]], time_words: Callable[[int], str]) -> dict[Key, Tally]:
    return {
        (day.isoformat(), whose, time_words(time)): tally
        for day, subjects in days.items()
        for whose, times in subjects.items()
        for time, tally in times.items()
    }


def _without_ranges(tally: Tally) -> Tally:
    for name in _RANGE:
        setattr(tally, name, 0)
    return tally


@contextmanager
def _stopped(folder: Path) -> Iterator[_Hall]:
    settings = HallFolder(folder.resolve()).read_settings()
    with stopped_store(found_database(settings), settings.hall_id) as store:
        bring_up_to_date(store, SystemClock(), lambda: True, now=True)
        with store.read() as reader:
            yield _Hall(
                reader.catalog(),
                lambda first, last, bys: table(reader, first, last, bys),
                reader.entries,
                reader.head_seq,
            )


@contextmanager
def _running(options: argparse.Namespace) -> Iterator[_Hall]:
    api = signed_in(options.server, options.staff)
    yield _Hall(
        api.catalog(),
        lambda first, last, bys: table_of(api.statistics(first, last, ",".join(bys), options.target)),
        api.journal,
        lambda: api.hall().seq,
    )
