"""The devices program: `simulate KIND` runs a twin; `list`, `test`, `watch` and the tools are for technicians."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from devices import capture, fuzzing, learn_keys, listing
from devices.commands import check, watch
from devices.config import load
from devices.id_card import read_card
from devices.printer import print_slip
from devices.registry import TWINS, twin_class
from devices.scanner import decode_pictures
from devices.signals import asked_to_end
from devices.simulation import serve
from devices.simulation.faults import add_fault_option
from devices.simulation.options import tcp_port
from devices.udev import rules_file
from hall.errors import InputError, OneWindowError

TOOLS = (
    listing,
    rules_file,
    read_card,
    capture,
    learn_keys,
    decode_pictures,
    print_slip,
    fuzzing,
)  # each declares its verb with `add_verb` and is run by `options.run(options, say, warn)`


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given).parse_args(given)
    try:
        match options.command:
            case "simulate":
                twin = twin_class(options.kind).from_options(options)
                serve(twin, control_port=options.control_port, faults=options.fault)
            case "test":
                return 0 if check(load(options.config, os.environ), _say, as_json=options.json) else 1
            case "watch":
                with asked_to_end() as stop:
                    watch(load(options.config, os.environ), _say, stop, as_json=options.json)
            case _:
                return int(options.run(options, _say, _warn))
    except KeyboardInterrupt:
        return 130
    except OneWindowError as failed:
        code = "" if failed.code == InputError.code else f"（{failed.code}）"  # the root's own names nothing
        print(f"{failed}\n{code}{failed.advice}".rstrip(), file=sys.stderr)
        return 1
    return 0


def _say(text: str) -> None:
    print(text, flush=True)


def _warn(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _parser(given: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow devices", description="设备与设备模拟器")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (("test", "逐个打开设备，报告状态"), ("watch", "看守设备，报告每个变化，直到 Ctrl-C")):
        command = commands.add_parser(name, help=purpose)
        command.add_argument("--config", type=Path, required=True, help="设置文件，含 [devices] 表")
        command.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    for tool in TOOLS:
        tool.add_verb(commands)
    simulate = commands.add_parser("simulate", help="运行一个设备模拟器，直到标准输入关闭")
    kinds = simulate.add_subparsers(dest="kind", required=True)
    for kind in TWINS:
        twin = kinds.add_parser(kind)
        twin.add_argument("--control-port", type=tcp_port, default=0, help="控制端口；0 表示任选空闲端口")
        if given[:2] == ["simulate", kind]:  # the other twins need not even be imported
            twin_class(kind).add_options(twin)
            add_fault_option(twin, twin_class(kind).faults)
    return parser


if __name__ == "__main__":
    sys.exit(main())
