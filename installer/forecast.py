"""`./onewindow forecast accuracy`: how true the waits came that the hall itself told; every other act goes to the room.

A stopped hall is read from its folder; a running one through its API (`--server`), for one process owns the file.
"""

import argparse
import sys
from pathlib import Path

from hall.clock import MINUTE_US
from hall.errors import OneWindowError, plain_words
from hall.wire.views import ForecastAccuracy, GroupAccuracy, WeekAccuracy
from installer.any_order import AnyOrder
from installer.hall_api import signed_in
from installer.hall_init.folder import HallFolder, found_database
from installer.stopped import stopped_store
from queue_server.forecast import __main__ as room
from queue_server.link.clock import SystemClock
from queue_server.operations.forecasting import accuracy


def main(argv: list[str]) -> int:
    """Tell how well waits were foretold, week by week; 1 if the hall cannot be asked."""
    if argv[:1] != ["accuracy"]:
        return room.main(argv)
    parser = AnyOrder(
        prog="onewindow forecast accuracy", description="取号时说的等候时间，后来准不准：按周、按业务类别"
    )
    parser.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹（服务器停着时）")
    parser.add_argument("--server", help="正在运行的服务器地址，如 http://127.0.0.1:8600")
    parser.add_argument("--staff", default="1001", help="管理人员工号（与 --server 一起用）")
    parser.add_argument("--json", action="store_true", help="打印 JSON，不打印表")
    options = parser.parse_args(argv[1:])
    try:
        found = _running(options) if options.server else _stopped(options.folder)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1
    print(found.model_dump_json(indent=1) if options.json else in_words(found))
    return 0


def in_words(found: ForecastAccuracy) -> str:
    """A line for every week, then one for each of its groups."""
    if not found.weeks:
        return "还没有可以核对的：取号时说过等候时间、后来又叫到的号，一个也没有"
    return "\n".join(line for week in found.weeks for line in _week(week))


def _week(week: WeekAccuracy) -> list[str]:
    return [
        f"{week.first_day:%m-%d} 起一周：{_shares(week.all)}",
        *(f"    {group.name}：{_shares(group)}" for group in week.groups),
    ]


def _shares(sums: GroupAccuracy) -> str:
    inside, late = (f"{share * 100:.0f}%" for share in (sums.inside, sums.late))
    off = sums.mae_us / MINUTE_US
    return f"{sums.tickets} 人，{inside} 在所说范围内，{late} 比上限还晚，与中位数平均差 {off:.1f} 分钟"


def _stopped(folder: Path) -> ForecastAccuracy:
    settings = HallFolder(folder.resolve()).read_settings()
    with stopped_store(found_database(settings), settings.hall_id) as store, store.read() as reader:
        return accuracy(reader, SystemClock().now())


def _running(options: argparse.Namespace) -> ForecastAccuracy:
    return signed_in(options.server, options.staff).accuracy()
