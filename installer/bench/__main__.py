"""`./onewindow bench`: measures this machine and prints the table; 1 only if a hard count is not 0 or a part failed."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType

from hall.errors import OneWindowError
from installer.bench import (
    applying,
    boards,
    calling,
    cards,
    forecasting,
    issuing,
    keeping,
    lasting,
    managing,
    returning,
    scanning,
    starting,
    summing,
    weeks,
)
from installer.bench.figures import Figure, as_json, as_table, figure
from installer.bench.halls import BenchHall, bench_hall
from installer.bench.sizes import FULL, SHORT, Sizes

SUBJECTS: dict[str, Callable[[BenchHall, Sizes], Iterator[Figure]]] = {
    "issue": issuing.measure,
    "card": cards.measure,
    "scan": scanning.measure,
    "apply": applying.measure,
    "calls": calling.measure,
    "back": returning.measure,
    "past": lasting.measure,
    "keep": keeping.measure,
    "fanout": boards.measure,
    "start": starting.measure,
    "forecast": forecasting.measure,
    "statistics": summing.measure,
    "manage": managing.measure,
    "week": weeks.measure,
}


_MOST_PAST = 20_000_000


def main(argv: list[str]) -> int:
    """Measure; speed never fails it."""
    parser = argparse.ArgumentParser(prog="onewindow bench", description="在本机测量全部性能指标，打印一张表")
    parser.add_argument("--json", action="store_true", help="打印 JSON，不打印表")
    parser.add_argument("--short", action="store_true", help="每项少测一些")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, default=list(SUBJECTS), help="只测这几项")
    parser.add_argument("--folder", type=Path, help="要测的磁盘上的一个文件夹；不写则用系统的临时文件夹")
    parser.add_argument("--past", type=_count, metavar="N", help="past 一项里以前各天的号数；5000000 要 40 GB 空闲")
    options = parser.parse_args(argv)
    if options.folder is not None and not options.folder.is_dir():
        parser.error(f"{options.folder} 不是文件夹")
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        sizes = SHORT if options.short else FULL
        figures, failed = run(options.only, replace(sizes, past=options.past or sizes.past), options.folder)
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGTERM, before)
    print(as_json(figures) if options.json else as_table(figures))
    broken = [row for row in figures if row.broken]
    for row in broken:
        print(f"必须为 0：{row.what} = {row.value:.0f}", file=sys.stderr)
    return 1 if failed or broken else 0


def run(subjects: list[str], sizes: Sizes, below: Path | None) -> tuple[list[Figure], list[str]]:
    """Measure the subjects one after another, each in a hall of its own.

    Returns:
        The figures, and the subjects that could not be measured.
    """
    figures = [figure(f"machine: others at work before the bench, of {os.cpu_count()} cores", os.getloadavg()[0], "")]
    failed: list[str] = []
    for subject in subjects:
        print(f"正在测 {subject} …", file=sys.stderr, flush=True)
        try:
            with bench_hall(below) as hall:
                figures += SUBJECTS[subject](hall, sizes)
        except OneWindowError as error:
            failed.append(subject)
            print(f"{subject} 没有测成：{error}\n{error.advice}".rstrip(), file=sys.stderr)
    return figures, failed


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_PAST:
        raise argparse.ArgumentTypeError(f"{text} 不是 1 到 {_MOST_PAST} 的整数")
    return int(text)


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
