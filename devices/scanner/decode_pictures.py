"""The codes in a technician's pictures: `devices decode PATH…`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from hall.errors import InputError

Say = Callable[[str], None]


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `decode`."""
    command = commands.add_parser("decode", help="读出图片文件里的码")
    command.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="图片文件，或装有图片的文件夹")
    command.add_argument("--json", action="store_true", help="每个文件一行 JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, _warn: Say) -> int:
    """1 if a single picture could not be looked at."""
    from devices.scanner.pictures import read_all  # image libraries are slow to load and needed by this verb alone

    looked, well = False, True
    for found in read_all(options.paths):
        looked = True
        say(found.as_json() if options.json else found.as_row())
        well = well and found.error is None
    if not looked:
        raise InputError("这些文件夹里没有图片文件")
    return 0 if well else 1
