"""`./onewindow journal verify|rebuild|export`: the chain, the tables against it, the facts as JSON lines.

A stopped hall is read from its folder; a running one through its API (`--server`), for one process owns the file.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from hall.errors import InputError, OneWindowError, file_words, plain_words
from hall.facts import GENESIS, JournalEntry, entry_hash
from hall.visits import Subject, Visits
from hall.wire.views import JournalCheck
from installer.any_order import AnyOrder
from installer.hall_api import signed_in
from installer.hall_init.folder import HallFolder, found_database
from installer.long_work import watched
from installer.stopped import stopped_store
from queue_server.operations.errors import StoppedError
from queue_server.operations.progress import counted
from queue_server.store import check


class ExportError(InputError):
    """An exported journal cannot be read."""

    code = "journal.export"
    advice = "请重新导出：./onewindow journal export"


class OutError(InputError):
    """The file that was asked for cannot be written."""

    code = "journal.out"
    advice = "请换一个能写的位置，再导出一次"


def main(argv: list[str]) -> int:
    """Run one of the three; 0 only if everything agrees.

    Raises:
        KeyboardInterrupt: If it was stopped; of a file that was asked for nothing is left.
    """
    parser = AnyOrder(prog="onewindow journal", description="流水：校验链、重算表格、导出")
    parser.add_argument("act", choices=("verify", "rebuild", "export"))
    parser.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹（服务器停着时）")
    parser.add_argument("--server", help="正在运行的服务器地址，如 http://127.0.0.1:8600")
    parser.add_argument("--staff", default="1001", help="管理人员工号（与 --server 一起用）")
    parser.add_argument("--export", type=Path, help="核对这份导出的 journal.jsonl 与大厅里的流水是否一致")
    parser.add_argument("--out", type=Path, help="导出写成这个文件，不打印")
    options = parser.parse_args(argv)
    try:
        if options.act == "export":
            _export(options)
            return 0
        return _verify(options)
    except StoppedError:
        raise KeyboardInterrupt from None
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1


def _verify(options: argparse.Namespace) -> int:
    visits, hashes = Visits(), dict[int, str]()
    with _journal(options) as journal:
        result = journal.check()
        with watched("读流水", shown=True) as progress:
            for entry in counted(journal.entries(), journal.total, progress):
                visits.add(entry)
                if options.export:
                    hashes[entry.seq] = entry.hash
    faults = [*result.differences, *(_compare(options.export, hashes) if options.export else ())]
    for fault in faults:
        print(f"  {fault}", file=sys.stderr)
    for day, subjects in visits.days(0).items():  # the hours, which an offset would move, are put together here
        tallies = [tally for hours in subjects[Subject.GROUP].values() for tally in hours.values()]
        print(f"{day}  取号 {sum(t.arrivals for t in tallies)}  办理完毕 {sum(t.finished for t in tallies)}")
    chain = "链完整" if result.chain_ok else "链断了"
    print(f"{result.entries} 条流水，{chain}，表格与流水{'一致' if result.tables_agree else '不一致'}")
    return 0 if result.chain_ok and result.tables_agree and not faults else 1


def _export(options: argparse.Namespace) -> None:
    """Entry by entry, so that the longest journal needs no memory and a stop is heard at once."""
    shown = options.out is not None or not sys.stdout.isatty()
    with _journal(options) as journal, watched("导出流水", shown=shown) as progress:
        entries = counted(journal.entries(), journal.total, progress)
        lines = (f"{entry.model_dump_json()}\n" for entry in entries)
        if options.out is None:
            sys.stdout.writelines(lines)
        else:
            _write(options.out, lines)
    if options.out is not None:
        print(f"已写好：{options.out}")


def _write(path: Path, lines: Iterable[str]) -> None:
    """Whole or not at all: written beside, and put in its place when it is complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
        part.replace(path)
    except OSError as error:
        raise OutError(f"{path} 写不了：{file_words(error)}") from None
    finally:
        with suppress(OSError):
            part.unlink()


@dataclass(frozen=True, slots=True)
class _Journal:
    """The journal of a hall, stopped or running: how many entries it has, the entries, and whether they hold."""

    total: int
    entries: Callable[[], Iterable[JournalEntry]]
    check: Callable[[], JournalCheck]


@contextmanager
def _journal(options: argparse.Namespace) -> Iterator[_Journal]:
    if options.server:
        api = signed_in(options.server, options.staff)
        yield _Journal(api.hall().seq, api.journal, api.check)
        return
    settings = HallFolder(options.folder.resolve()).read_settings()
    with (
        stopped_store(found_database(settings), settings.hall_id) as store,
        store.read() as reader,
    ):
        yield _Journal(reader.head_seq(), reader.entries, partial(check, reader))


def _compare(path: Path, hashes: Mapping[int, str]) -> list[str]:
    """The export's own chain, and that it is the hall's journal entry by entry."""
    exported = _read(path)
    faults, previous = [], GENESIS
    for entry in exported:
        expected = entry_hash(entry.seq, entry.at, entry.quality, entry.fact.model_dump_json(), previous)
        if entry.prev_hash != previous or entry.hash != expected:
            faults.append(f"导出的第 {entry.seq} 条接不上链")
        previous = entry.hash
    faults += [f"导出的第 {e.seq} 条与大厅的流水不同" for e in exported if hashes.get(e.seq) != e.hash]
    return faults


def _read(path: Path) -> list[JournalEntry]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{path} 读不了：{file_words(error)}") from None
    entries, wrong = [], []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(JournalEntry.model_validate_json(line))
        except ValidationError:
            wrong.append(str(number))
    if wrong:
        raise ExportError(f"{path} 第 {'、'.join(wrong)} 行不是导出的流水")
    return entries
