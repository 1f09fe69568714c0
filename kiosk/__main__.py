"""`python -m kiosk --config FILE`: the citizen's screen, or its issuing without one."""

import argparse
import json
import logging
import os
import sys
from pathlib import Path

from devices.printer.build import roll_of
from devices.printer.roll import about
from devices.signals import held_back
from hall.errors import OneWindowError, plain_words
from hall.settings import settings_help
from kiosk.config import TABLE, KioskConfig, Setup, load
from kiosk.metrics import Metrics
from kiosk.play import read_script
from kiosk.status import told
from queue_server.link.ledger import look, retire, set_aside
from themes.screen import NO_SCREEN, has_screen


def main(arguments: list[str] | None = None) -> int:
    """Run; exit status 0 unless something was wrong, which is then said in plain words."""
    options = _options(arguments)
    logging.basicConfig(
        stream=sys.stderr, level=options.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    try:
        setup = load(options.config, os.environ)
        script = read_script(options.play) if options.play else None
        if options.check:
            print(f"设置正确：{setup.kiosk.name}（{setup.kiosk.number} 号取号机），数据在 {setup.kiosk.data}")
            return 0
        if options.new_roll:
            return _new_roll(setup)
        if options.status:
            standing = told(look(setup.kiosk.data), set_aside(setup.kiosk.data))
            print(json.dumps(standing, ensure_ascii=False, indent=2))
            return 0
        if options.unenrol:
            print(f"已注销。原来的记录在 {retire(setup.kiosk.data)}；下次启动时按新设备登记，用新的机号")
            return 0
        metrics = Metrics(options.metrics)
        if options.headless:
            from kiosk.headless import Headless  # without a screen no Qt is loaded

            return Headless(setup, metrics).run()
        if not has_screen(os.environ, sys.platform):
            print(NO_SCREEN, file=sys.stderr)
            return 1
        with held_back():  # Qt's own loading aborts at an interrupt
            from kiosk.app import App

        return App(setup, metrics, script, options.pictures or Path()).run()
    except KeyboardInterrupt:
        return 130
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1


def _new_roll(setup: Setup) -> int:
    count = roll_of(setup.devices.printer) if setup.devices.printer else None
    if count is None:
        print("没有计数：设置里 devices.printer.paper_length_mm 没有填一卷纸的长度", file=sys.stderr)
        return 1
    count.renew()
    print(f"纸张计数从头开始，{about(count.slips_left)}")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="onewindow kiosk",
        description="取号机：取号、打印取号单",
        epilog=f"{settings_help(KioskConfig, TABLE)}\n设备写在 [devices] 表里。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, required=True, help="设置文件（TOML，含 [kiosk] 和 [devices]）")
    parser.add_argument("--check", action="store_true", help="只检查设置")
    parser.add_argument("--new-roll", action="store_true", help="换好了一卷新纸：纸张计数从头开始，取号机可以开着")
    parser.add_argument(
        "--status", action="store_true", help="本机和服务器的情况（JSON），取号机可以开着；不含个人信息"
    )
    parser.add_argument(
        "--unenrol", action="store_true", help="注销本机：记录移到旁边的文件夹，一条不删；有记录没传完时不予注销"
    )
    parser.add_argument("--headless", action="store_true", help="不开屏幕：从标准输入逐行取号")
    parser.add_argument("--play", type=Path, metavar="FILE", help="按脚本点按屏幕，结束后退出")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="脚本的图片存到哪里")
    parser.add_argument("--metrics", type=Path, metavar="FILE", help="把用时逐行写进文件，不含个人信息")
    parser.add_argument(
        "--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"], help="日志详细程度"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
