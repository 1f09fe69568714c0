"""`./onewindow hall init|check|seed|pin|relay-key|webhook-key`: make a hall, its catalogue, its PINs and keys."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from hall.booking import QR_SCHEME, Booking
from hall.catalog import Catalog
from hall.errors import OneWindowError, plain_words, system_words
from hall.keys import Purpose
from hall.opening import local_time
from installer.any_order import AnyOrder
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.folder import HallFolder
from installer.rehearsal.invited import SEED
from queue_server.operations.accounts import Role

SAMPLE = Path(__file__).resolve().parents[1] / "sample_hall"


def main(argv: list[str]) -> int:
    """Run one of them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="onewindow hall", description="建立大厅、检查和发布办事目录")
    acts = parser.add_subparsers(dest="act", required=True, parser_class=AnyOrder)
    for name, words in (("init", "建立一个新大厅"), ("seed", "发布新的办事目录（服务器须停着）")):
        act = acts.add_parser(name, help=words)
        act.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹，默认 data")
        act.add_argument("--catalogue", type=Path, default=SAMPLE, help="办事目录文件夹，默认示例大厅")
        if name == "seed":
            act.add_argument(
                "--over-settings", action="store_true", help="管理页上改过、文件里不一样的，也换成文件里的"
            )
            act.add_argument("--invite", action="store_true", help="示例大厅：再放几个虚构的预约，马上可以试签到")
    pin = acts.add_parser("pin", help="给一个工号新口令（服务器须停着）")
    pin.add_argument("staff", help="工号")
    pin.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹，默认 data")
    pin.add_argument(
        "--new",
        choices=[role.value for role in Role],
        help="新增这个工号：窗口人员 clerk、管理人员 manager，或只能看的审计员 auditor",
    )
    for name, words in (("relay-key", "写出手机页中转要用的密钥"), ("webhook-key", "写出快到号通知的签名密钥")):
        act = acts.add_parser(name, help=words)
        act.add_argument("folder", type=Path, nargs="?", default=Path("data"), help="大厅文件夹，默认 data")
    check = acts.add_parser("check", help="检查办事目录，说明每一处问题在哪一行")
    check.add_argument("named", metavar="catalogue", type=Path, nargs="?", default=SAMPLE, help="办事目录文件夹")
    check.add_argument("--catalogue", type=Path, help="同上，与 init、seed 一样写；默认示例大厅")
    options = parser.parse_args(argv)
    try:
        return _RUN[options.act](options)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1
    except OSError as error:
        where = error.filename or options.folder if "folder" in options else options.catalogue or options.named
        print(f"{where} 用不了：{system_words(error)}。请换一个可以读写的文件夹", file=sys.stderr)
        return 1


def _init(options: argparse.Namespace) -> int:
    catalog = read_catalogue(options.catalogue)
    folder = HallFolder(options.folder.resolve())
    pins = folder.create(catalog)
    print(f"已建立 {catalog.hall.name}：{folder.root}")
    print("首次口令（只显示这一次，请交给本人保管）：")
    for first in pins:
        print(f"  工号 {first.staff}  口令 {first.pin}  {'、'.join(first.roles)}")
    print(f"大厅密钥：{folder.hall_key}（请离线备份；取号机和窗口也要有一份）")
    print(f"下一步：./onewindow server --config {folder.settings}")
    return 0


def _seed(options: argparse.Namespace) -> int:
    catalog = read_catalogue(options.catalogue)
    folder = HallFolder(options.folder.resolve())
    changed = folder.publish(catalog, over_settings=options.over_settings)
    print(f"办事目录 {catalog.version} {'已发布' if changed else '没有变化'}")
    if options.invite:
        _tell_invited(catalog, folder.invite(catalog.hall.id))
    return 0


def _tell_invited(catalog: Catalog, made: list[Booking]) -> None:
    """Which card to lay and which number to type for the first of them."""
    if not made:
        print("没有新放预约：今天和以后几天已经有预约，或者没有能约的时段")
        return
    for day, count in Counter(booking.day for booking in made).items():
        print(f"{day} 放了 {count} 个虚构的预约")
    first, other = made[0], made[min(1, len(made) - 1)]
    opens, typed = (local_time(at, catalog.hall.offset_minutes) for at in (first.slot_at, other.slot_at))
    print(f"试签到：{opens:%m-%d %H:%M} 的预约，提前 {catalog.hall.booking.early_minutes} 分钟起可以取号。")
    print("  放身份证：./onewindow panel 上按「放有预约的身份证」，")
    print(f"            或 ./onewindow devices simulate id_card --lay resident --seed {SEED}")
    print(
        f"  输入预约号或出示二维码：{other.number}（二维码内容 {QR_SCHEME}{other.number}，{typed:%m-%d %H:%M} 的预约）"
    )


def _pin(options: argparse.Namespace) -> int:
    roles = (Role(options.new),) if options.new else ()
    first = HallFolder(options.folder.resolve()).renew_pin(options.staff, roles)
    print(f"工号 {first.staff}  新口令 {first.pin}  {'、'.join(first.roles)}（只显示这一次，请交给本人保管）")
    return 0


def _relay_key(options: argparse.Namespace) -> int:
    path = HallFolder(options.folder.resolve()).write_key_for(Purpose.RELAY)
    print(f"中转密钥：{path}（权限 0600，拷到中转主机，只给中转用；它打不开大厅的任何数据）")
    print("中转主机：./onewindow relay --config 设置文件，[relay] 的 key 写它；大厅设置 [server] 的 relay 写中转的网址")
    return 0


def _webhook_key(options: argparse.Namespace) -> int:
    path = HallFolder(options.folder.resolve()).write_key_for(Purpose.WEBHOOK)
    print(f"签名密钥：{path}（权限 0600，交给接收通知的系统；它打不开大厅的任何数据）")
    print("大厅设置 [server] 的 webhook 写通知的网址；接收方核对 HMAC-SHA256(密钥, 时间.正文)，同一个事件号只用一次")
    return 0


def _check(options: argparse.Namespace) -> int:
    catalog = read_catalogue(options.catalogue or options.named)
    guides = sum(service.guide is not None for service in catalog.services)
    print(
        f"{catalog.hall.name}：{len(catalog.groups)} 类、{len(catalog.services)} 项（{guides} 项有办事指南）、"
        f"{len(catalog.windows)} 个窗口。没有问题，版本 {catalog.version}"
    )
    return 0


_RUN = {
    "init": _init,
    "seed": _seed,
    "pin": _pin,
    "relay-key": _relay_key,
    "webhook-key": _webhook_key,
    "check": _check,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
