"""What a log of any queue tells: how good the forecast would have been, and which windows tomorrow needs.

`./onewindow forecast evaluate LOG.csv` and `./onewindow forecast plan LOG.csv`.
"""

import argparse
import json
import math
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hall.errors import OneWindowError, plain_words
from hall.waiting import MINUTE_S
from queue_server.forecast.evaluate import evaluate
from queue_server.forecast.log_file import Visit, read_log
from queue_server.forecast.planning import Planned, in_words, plan_of_log
from queue_server.forecast.shifts import shifts

SPLIT = 0.62
_FIGURES = ("mae", "rmse", "bias", "pinball", "cover50", "cover90", "late_share")


def main(argv: list[str]) -> int:
    """Evaluate or plan, and print; 2 if a person must change something first."""
    parser = _parser()
    options = parser.parse_args(argv)
    try:
        visits = read_log(options.log)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 2
    head_starts = _known(parser, dict(options.head_start) if options.head_start else None, visits)
    if options.act == "plan":
        return _plan(visits, head_starts, options)
    result = evaluate(visits, _history(parser, options, visits), head_starts)
    print(json.dumps(_rounded(result), ensure_ascii=False, indent=1) if options.json else _table(result))
    return 0


def _plan(visits: list[Visit], head_starts: dict[str, float] | None, options: argparse.Namespace) -> int:
    target_s = options.target * MINUTE_S
    planned = plan_of_log(visits, head_starts, target_s)
    if planned is None:
        print("记录里没有 server 一列，不知道哪个窗口能办什么，排不了窗口", file=sys.stderr)
        return 2
    print(_plan_json(planned, target_s) if options.json else in_words(planned, target_s))
    return 0


def _plan_json(planned: Planned, target_s: float) -> str:
    halves = [
        {
            **asdict(half),
            "windows": [planned.servers[window] for window in half.windows],
            "short": [planned.groups[group] for group in half.short],
        }
        for half in planned.halves
    ]
    pieces = [{**asdict(each), "window": planned.servers[each.window]} for each in shifts(planned.halves)]
    told = {"target_s": target_s, **asdict(planned), "halves": halves, "shifts": pieces}
    return json.dumps(_rounded(told), ensure_ascii=False, indent=1, default=str)


def _parser() -> argparse.ArgumentParser:
    log = argparse.ArgumentParser(add_help=False)
    log.add_argument(
        "log", type=Path, metavar="LOG.csv", help="列：arrival, priority, service, start, end, server, outcome"
    )
    log.add_argument(
        "--head-start", type=_head_start, action="append", metavar="P=SECONDS",
        help="优先级 P 提前多少秒，可写多次；不写则从记录里看出",
    )  # fmt: skip
    log.add_argument("--json", action="store_true", help="打印 JSON，不打印表")
    parser = argparse.ArgumentParser(
        prog="onewindow forecast",
        description="等候时间的预测准不准，明天要开几个窗口",
        epilog="本大厅自己说过的等候时间后来准不准：./onewindow forecast accuracy（它有自己的 --help）",
    )
    acts = parser.add_subparsers(dest="act", metavar="做什么", required=True)
    judged = acts.add_parser("evaluate", parents=[log], help="用过去的排队记录检验预测")
    history = judged.add_mutually_exclusive_group()
    history.add_argument("--history-days", type=_days, metavar="N", help="前 N 天只用来学习")
    history.add_argument("--split", type=_share, default=SPLIT, help=f"前面这一部分的天只用来学习，默认 {SPLIT}")
    planned = acts.add_parser("plan", parents=[log], help="按记录排下一个工作日每半小时要开的窗口")
    planned.add_argument("--target", type=_minutes, default=20, metavar="分钟", help="九成的人等候不超过多少分钟")
    return parser


def _history(parser: argparse.ArgumentParser, options: argparse.Namespace, visits: list[Visit]) -> int:
    days = len({visit.day for visit in visits})
    history = int(days * options.split) if options.history_days is None else int(options.history_days)
    if history >= days:
        parser.error(f"记录只有 {days} 天，学习的天数要少于 {days}")
    return history


def _known(
    parser: argparse.ArgumentParser, head_starts: dict[str, float] | None, visits: list[Visit]
) -> dict[str, float] | None:
    classes = sorted({visit.priority for visit in visits})
    for name in head_starts or ():
        if name not in classes:
            parser.error(f"记录里没有优先级「{name}」，有的是：{'、'.join(classes)}")
    return head_starts


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 480:
        raise argparse.ArgumentTypeError(f"「{text}」应是 1 到 480 的整数")
    return int(text)


def _days(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"「{text}」不是天数")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = math.nan
    if not 0 <= share < 1:
        raise argparse.ArgumentTypeError(f"「{text}」不是 0 到 1 之间的小数")
    return share


def _head_start(text: str) -> tuple[str, float]:
    name, _, seconds = text.rpartition("=")
    try:
        value = float(seconds)
    except ValueError:
        value = math.nan
    if "=" not in text or not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"「{text}」不是 优先级=秒数，例如 2=90")
    return name, value


def _rounded(value: Any) -> Any:
    """Seconds and shares to four places, all the way down; what has no end has no figure."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    return value


def _table(result: dict[str, Any]) -> str:
    lines = []
    for words, part in (("来时已有人等候", result), ("全部", result["all"])):
        lines.append(f"{words}：{part['n']} 人（秒，比例）")
        lines.append(f"  {'':<20}" + "".join(f"{name:>11}" for name in _FIGURES))
        for name, accuracy in part["predictors"].items():
            cells = ("" if accuracy[figure] is None else f"{accuracy[figure]:.3f}" for figure in _FIGURES)
            lines.append(f"  {name:<20}" + "".join(f"{cell:>11}" for cell in cells))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
