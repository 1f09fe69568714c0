"""The devices program: `simulate KIND` runs a twin; `list`, `test`, `watch` and `udev` are for technicians."""

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from devices.commands import check, watch
from devices.config import load
from devices.listing import as_data, as_lines
from devices.registry import TWINS, twin_class
from devices.simulation import serve
from devices.simulation.faults import add_fault_option
from devices.transports.ports import ports_found
from devices.udev.rules import USUAL_FILE, rules_of
from hall.errors import OneWindowError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given).parse_args(given)
    try:
        match options.command:
            case "list":
                ports = ports_found()
                print(json.dumps(as_data(ports), ensure_ascii=False) if options.json else "\n".join(as_lines(ports)))
            case "simulate":
                twin = twin_class(options.kind).from_options(options)
                serve(twin, control_port=options.control_port, faults=options.fault)
            case "test":
                return 0 if check(load(options.config, os.environ), print, as_json=options.json) else 1
            case "watch":
                stop = threading.Event()
                for number in (signal.SIGTERM, signal.SIGINT):
                    signal.signal(number, lambda *_: stop.set())
                config = load(options.config, os.environ)
                watch(config, lambda text: print(text, flush=True), stop, as_json=options.json)
            case "udev":
                rules = rules_of(load(options.config, os.environ), str(options.config))
                if options.out is None:
                    print(rules, end="")
                else:
                    options.out.write_text(rules, encoding="utf-8")
                    print(f"写好了 {options.out}。请放到 {USUAL_FILE}，再照文件开头的说明做")
    except OneWindowError as failed:
        print(f"{failed}\n（{failed.code}）{failed.advice}", file=sys.stderr)
        return 1
    except OSError as unwritable:
        print(f"{unwritable.filename or ''}：用不了（{unwritable.strerror}）。请换一个可以写的地方", file=sys.stderr)
        return 1
    return 0


def _parser(given: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow devices", description="设备与设备模拟器")
    commands = parser.add_subparsers(dest="command", required=True)
    listing = commands.add_parser("list", help="列出设备种类、驱动和本机串口")
    listing.add_argument("--json", action="store_true", help="写成 JSON")
    for name, purpose in (("test", "逐个打开设备，报告状态"), ("watch", "看守设备，报告每个变化，直到 Ctrl-C")):
        command = commands.add_parser(name, help=purpose)
        command.add_argument("--config", type=Path, required=True, help="设置文件，含 [devices] 表")
        command.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    udev = commands.add_parser("udev", help="按设置生成设备固定名称的规则文件")
    udev.add_argument("--config", type=Path, required=True, help="设置文件，含 [devices] 表")
    udev.add_argument("--out", type=Path, help="写到这个文件；不写则显示出来")
    simulate = commands.add_parser("simulate", help="运行一个设备模拟器，直到标准输入关闭")
    kinds = simulate.add_subparsers(dest="kind", required=True)
    for kind in TWINS:
        twin = kinds.add_parser(kind)
        twin.add_argument("--control-port", type=int, default=0, help="控制端口；0 表示任选空闲端口")
        if given[:2] == ["simulate", kind]:  # the other twins need not even be imported
            twin_class(kind).add_options(twin)
            add_fault_option(twin, twin_class(kind).faults)
    return parser


if __name__ == "__main__":
    sys.exit(main())
