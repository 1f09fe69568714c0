"""`./onewindow appointments import|list|portal`: a manager's hand on the appointments of a running hall.

The file of a city's portal goes to the server as it is: only there documents become tokens, nothing is kept of it here.
"""

import argparse
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from hall.errors import InputError, OneWindowError, plain_words, system_words
from hall.wire.bookings import SlotNow
from installer.any_order import AnyOrder
from installer.hall_api import HallApi, signed_in
from installer.rehearsal.stage import MANAGER, USUAL_PORT

MOST_BYTES = 1_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


class AppointmentsError(InputError):
    """What was asked for cannot be done as it was written."""

    code = "installer.appointments"
    advice = "运行 ./onewindow appointments --help 看写法"


def main(argv: list[str]) -> int:
    """Run one of them; 0 if it was done."""
    parser = argparse.ArgumentParser(
        prog="onewindow appointments", description="预约：导入、看一天、给市里的平台发令牌"
    )
    acts = parser.add_subparsers(dest="act", required=True, parser_class=AnyOrder)
    bring = acts.add_parser("import", help="导入预约平台导出的 CSV；有一处不对就一条也不导入")
    bring.add_argument("--trial", action="store_true", help="只看会怎样，不导入")
    bring.add_argument("file", type=Path, help="CSV：预约号,日期,时间,事项,证件类型,证件号码,姓名")
    bring.add_argument("--portal", metavar="平台", help="是哪个平台的：它能查到、取消这些预约；不写就不归哪个平台")
    show = acts.add_parser("list", help="一天的时段：设定、已约、到、迟到、未到")
    show.add_argument("day", nargs="?", help="如 2026-11-27；不写就是今天")
    portal = acts.add_parser("portal", help="给预约平台一个令牌（只显示一次；再发一次旧的就作废）")
    portal.add_argument("name", help="小写字母、数字和连字符，如 city-portal")
    portal.add_argument("--end", action="store_true", help="作废它的令牌，不发新的")
    for act in (bring, show, portal):
        act.add_argument("--server", default=f"http://127.0.0.1:{USUAL_PORT}", help="正在运行的服务器地址")
        act.add_argument("--staff", default=MANAGER, help="管理人员工号")
    options = parser.parse_args(argv)
    try:
        _RUN[options.act](options)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1
    return 0


def _import(options: argparse.Namespace) -> None:
    try:
        raw = options.file.read_bytes()
    except OSError as error:
        raise AppointmentsError(f"{options.file} 读不了：{system_words(error)}", advice="请核对文件名") from None
    if len(raw) > MOST_BYTES:
        raise AppointmentsError(f"{options.file} 太大", advice="一次最多 1 MB，请按日期分成几个文件")
    done = _api(options).import_bookings(raw, trial=options.trial, portal=options.portal)
    print(f"{'没有错，会' if options.trial else ''}新导入 {done.made} 个预约，{done.known} 个早已导入过")
    if done.over:
        print(f"其中 {done.over} 个超出了时段设定的人数：照样有效，请核对时段人数")


def _list(options: argparse.Namespace) -> None:
    api = _api(options)
    slots = api.slots(_day(options.day) if options.day else None)
    names = {group.group: group.name for group in api.hall().groups}
    if not slots:
        print("这一天没有可预约的时段")
    for slot in slots:
        print(_line(slot, names.get(slot.group, slot.group)))
    total: Counter[str] = Counter()
    for slot in slots:
        total.update(booked=slot.booked, came=slot.came, late=slot.late, missed=slot.missed)
    print(f"合计 已约 {total['booked']}  按时到 {total['came']}  迟到 {total['late']}  未到 {total['missed']}")


def _portal(options: argparse.Namespace) -> None:
    if not _NAME.fullmatch(options.name):
        raise AppointmentsError(f"{options.name} 不能作平台的名字", advice="请用小写字母、数字和连字符，如 city-portal")
    api = _api(options)
    if options.end:
        api.close_portal(options.name)
        print(f"{options.name} 的令牌已作废")
        return
    print(f"{options.name} 的令牌（只显示这一次，请交给平台的人放进它的设置，旧的令牌已作废）：")
    print(api.open_portal(options.name).token)


def _line(slot: SlotNow, group: str) -> str:
    words = {"设定": slot.capacity, "已约": slot.booked, "按时到": slot.came, "迟到": slot.late, "未到": slot.missed}
    figures = "  ".join(f"{word} {figure:>3}" for word, figure in words.items())
    return f"{slot.day} {slot.start}-{slot.end}  {figures}  {group}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AppointmentsError(f"{text} 不是日期", advice="请写成 2026-11-27 的样子") from None


def _api(options: argparse.Namespace) -> HallApi:
    return signed_in(options.server, options.staff)


_RUN = {"import": _import, "list": _list, "portal": _portal}
