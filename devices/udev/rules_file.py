"""The names that stay, as a file: `devices udev --config FILE [--out FILE]`."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from devices.config import load
from devices.udev.rules import USUAL_FILE, rules_of
from hall.errors import InputError

Say = Callable[[str], None]


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `udev`."""
    command = commands.add_parser("udev", help="按设置生成设备固定名称的规则文件")
    command.add_argument("--config", type=Path, required=True, help="设置文件，含 [devices] 表")
    command.add_argument("--out", type=Path, help="写到这个文件；不写则显示出来")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, _warn: Say) -> int:
    """Write the rules.

    Raises:
        ConfigError: The settings have mistakes, or devices that cannot be told apart.
        InputError: The file cannot be written.
    """
    rules = rules_of(load(options.config, os.environ), str(options.config))
    if options.out is None:
        say(rules.rstrip("\n"))
        return 0
    try:
        options.out.write_text(rules, encoding="utf-8")
    except OSError as unwritable:
        raise InputError(f"{options.out} 写不了（{unwritable.strerror}），请换一个地方") from unwritable
    say(f"写好了 {options.out}。请放到 {USUAL_FILE}，再照文件开头的说明做")
    return 0
