"""The verb `simulate-day`: a day of invented citizens and clerks through the real programs.

./onewindow simulate-day                                  600 citizens, 12 windows, as fast as it goes
./onewindow simulate-day --speed 60 --citizens 3000 --windows 30    a minute of the hall each second
./onewindow simulate-day --citizens 3000 --windows 30 --days 8 --ranges    how often the shown range was kept
./onewindow simulate-day --shape rush --days 16 --paper --log rush.csv    a log of known truth
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path

from hall.clock import MINUTE_US, SECOND_US
from hall.errors import system_words
from hall.slots import clock
from installer.rehearsal.hush import hushed
from installer.rehearsal.simulate_day import figures, log, ranges
from installer.rehearsal.simulate_day.days import Played, Told, play_paper, play_real
from installer.rehearsal.simulate_day.play import Play
from installer.rehearsal.simulate_day.ranges import ranges_kept
from installer.rehearsal.simulate_day.shape import SHAPES, Shape

_EACH_US = 15 * MINUTE_US


def main(argv: Sequence[str]) -> int:
    """Run the verb; its exit status."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.ranges and options.days == 1:
        parser.error("--ranges 要有前几天可学，请加 --days，例如 --days 8")
    with hushed():  # a kiosk that breaks is meant
        return _play(options)


def _play(options: argparse.Namespace) -> int:
    shape = _shape(options)
    played = _played(shape, options)
    days, lines = [], list[log.Row]()
    for day in played:
        lines += log.rows(day, named=shape.named)
        days.append(day)
    if options.log is not None:
        try:
            log.write_log(options.log, lines)
        except OSError as error:
            print(f"{options.log} 写不了：{system_words(error)}", file=sys.stderr)
            return 2
    kept = ranges_kept(days) if options.ranges else []
    by_arrival = list(play_paper(shape, options.days, options.seed, by_arrival=True))
    if options.json:
        pairs = zip(days, by_arrival, strict=True)
        told = [figures.as_json(ours, figures.compare(ours, theirs)) for ours, theirs in pairs]
        if kept:
            told[-1]["ranges"] = [asdict(each) for each in kept]
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    last = days[-1]
    print(f"{last.day.day}，{shape.citizens} 人，{shape.windows} 个窗口：{figures.in_words(figures.outcomes(last))}")
    print(figures.table(figures.compare(last, by_arrival[-1])))
    if kept:
        print(ranges.table(kept))
    return 0


def _played(shape: Shape, options: argparse.Namespace) -> Iterable[Played]:
    """On paper what is only to be learned from, or all of it; the rest by the programs."""
    days, seed = options.days, options.seed
    told = None if options.json else _progress(options.speed)
    if options.paper:
        return play_paper(shape, days, seed, by_arrival=False)
    if options.ranges:
        before = list(play_paper(shape, days, seed, by_arrival=False))[:-1]
        return chain(before, play_real(shape, days, seed, told, only_last=True))
    return play_real(shape, days, seed, told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onewindow simulate-day", description="让虚构的办事人和窗口人员在真的程序里过一天"
    )
    parser.add_argument("--speed", type=_speed, default=0.0, help="每秒过多少秒；0（默认）尽快")
    parser.add_argument("--citizens", type=_count, help="最后一天来多少人")
    parser.add_argument("--windows", type=_windows, help="多少个窗口，最多 999")
    parser.add_argument("--shape", choices=tuple(SHAPES), default="weekday", help="什么样的大厅")
    parser.add_argument("--days", type=_count, default=1, help="连着多少个工作日，最后一天是星期一")
    parser.add_argument("--seed", type=int, default=1, help="同一个种子，同样的人")
    parser.add_argument("--paper", action="store_true", help="不用程序，只按规则在纸上过：等候一样，快一百倍")
    parser.add_argument("--ranges", action="store_true", help="最后一天：单子上的范围守住了多少（前几天在纸上过）")
    parser.add_argument("--log", type=Path, metavar="OUT.csv", help="写出 forecast evaluate 能读的记录")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出每一天")
    return parser


def _shape(options: argparse.Namespace) -> Shape:
    shape = SHAPES[options.shape]
    windows = options.windows or shape.windows
    citizens = options.citizens or max(1, round(shape.citizens * windows / shape.windows))
    return replace(shape, windows=windows, citizens=citizens, kiosks=max(shape.kiosks, -(-citizens // 600)))


def _progress(speed: float) -> Told:
    """Keeps to the pace that was asked for, and says every quarter of an hour how the hall stands."""
    began = time.monotonic()
    first, said = [0], [0]

    def told(midnight_us: int, now_us: int, play: Play) -> None:
        first[0] = first[0] or now_us
        if speed:
            due = began + (now_us - first[0]) / SECOND_US / speed
            time.sleep(max(0.0, due - time.monotonic()))
        if now_us // _EACH_US != said[0]:
            said[0] = now_us // _EACH_US
            minute = (said[0] * _EACH_US - midnight_us) // MINUTE_US
            words = f"{clock(minute)}  等候 {play.waiting} 人，开窗 {play.open_windows} 个"
            print(words, file=sys.stderr, flush=True)

    return told


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"「{text}」应是 1 到 100000 的整数")
    return int(text)


def _windows(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 999:
        raise argparse.ArgumentTypeError(f"「{text}」应是 1 到 999 的整数")
    return int(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = -1.0
    if not 0 <= speed < float("inf"):
        raise argparse.ArgumentTypeError(f"「{text}」应是 0 或更大的数，不能无穷大，例如 60")
    return speed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
