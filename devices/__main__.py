"""The devices program: `python -m devices simulate KIND …` runs a twin."""

import argparse
import sys
from collections.abc import Sequence

from devices.registry import TWINS, twin_class
from devices.simulation import serve
from hall.errors import OneWindowError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="devices", description="设备与设备模拟器")
    commands = parser.add_subparsers(dest="command", required=True)
    simulate = commands.add_parser("simulate", help="运行一个设备模拟器，直到标准输入关闭")
    kinds = simulate.add_subparsers(dest="kind", required=True)
    for kind in TWINS:
        twin = kinds.add_parser(kind)
        twin.add_argument("--control-port", type=int, default=0, help="控制端口；0 表示任选空闲端口")
        if given[:2] == ["simulate", kind]:
            twin_class(kind).add_options(twin)
    options = parser.parse_args(given)
    try:
        serve(twin_class(options.kind).from_options(options), control_port=options.control_port)
    except OneWindowError as failed:
        print(f"{failed}（{failed.code}）{failed.advice}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
