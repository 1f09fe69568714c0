"""`devices print`: a technician puts a slip file on paper, or looks at it first."""

import argparse
import uuid
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from devices.printer.build import PrinterConfig, build_printer, profile_of
from devices.printer.escpos import encode
from devices.printer.preview import render
from devices.printer.printer import PrintOutcome, PrintResult
from devices.printer.profile import Profile
from devices.printer.slip import Slip
from devices.printer.slip_file import read_slip
from devices.printer.status import Trouble
from devices.transports.file import FileTransport
from hall.errors import InputError
from hall.settings import plain_words

Say = Callable[[str], None]

_BEGIN = {
    PrintOutcome.PRINTED: "已打出",
    PrintOutcome.UNKNOWN: "不知道有没有打出，请看打印机",
    PrintOutcome.FAILED: "没有打出",
}
_EXAMPLE = """\
取号单文件是 JSON，例如：
  {"elements": [
    {"kind": "text", "text": "青禾区政务服务中心", "align": "centre"},
    {"kind": "big_number", "text": "A023", "marks": ["预"]},
    {"kind": "columns", "cells": ["前面3人", "一楼B区"], "size": 2, "bold": true},
    {"kind": "rule"},
    {"kind": "qr", "data": "OW1:ABC", "words": [{"text": "请收好", "size": 2}]},
    {"kind": "logo", "file": "logo.png"},
    {"kind": "feed", "dots": 16},
    {"kind": "cut"}]}
最后一项应是 cut。完整的例子见 docs/sample_slip.json。"""


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `print`."""
    parser = commands.add_parser("print", help="把一张取号单打出来，或看它的样子")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EXAMPLE
    parser.add_argument("slip", type=Path, help="取号单文件（JSON）")
    parser.add_argument("--to", metavar="地址", help="tcp:主机:9100、serial:串口 或 file:/dev/usb/lp0")
    parser.add_argument("--preview", type=Path, metavar="PNG", help="把纸的样子存成图片；不写 --to 就只看不打")
    parser.add_argument("--paper", type=int, choices=(58, 80), default=80, help="纸宽，毫米")
    parser.add_argument("--baud", type=int, default=9600, help="串口波特率")
    parser.add_argument("--qr", choices=("auto", "image", "native"), default="auto", help="二维码由程序画或由打印机画")
    parser.add_argument("--largest-size", type=int, choices=range(1, 9), default=8, help="打印机的最大字号倍数")
    parser.add_argument("--no-echo", action="store_true", help="打印机不回答 GS r")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, _warn: Say) -> int:
    """Do it and say the outcome; 0 if all went well.

    Raises:
        SlipFileError: The file has mistakes.
        SlipError: The slip does not fit the paper.
        InputError: Neither a printer nor a picture is asked for, or the address is none.
        DeviceError: The printer cannot be opened.
    """
    slip = read_slip(options.slip)
    if options.to is None and options.preview is None:
        raise InputError("要打印请写 --to 地址，只看样子请写 --preview 图片.png")
    config = _config(options)
    if options.preview is not None:
        preview(slip, profile_of(config), options.preview)
        say(f"样子已存到 {options.preview}")
    return 0 if options.to is None or _print(slip, config, say) else 1


def preview(slip: Slip, profile: Profile, path: Path) -> None:
    """The picture of a slip as a PNG file.

    Raises:
        SlipError: It does not fit the paper.
        InputError: The file cannot be written.
    """
    (sheet,) = render(encode(slip, profile), profile.paper.dots)
    try:
        sheet.picture.save(path, format="PNG")
    except OSError as refused:
        raise InputError(f"图片存不到 {path}：{refused.strerror}") from None


def outcome_words(result: PrintResult) -> str:
    """The end of a job as a sentence, with what to do."""
    reason = result.reason
    return _BEGIN[result.outcome] + (f"：{reason.words}。{reason.advice}" if reason else "")


def _print(slip: Slip, config: PrinterConfig, say: Say) -> bool:
    scheme, _, path = config.address.partition(":")
    if scheme == "file" and (Path(path).is_file() or not Path(path).is_relative_to("/dev")):
        return _keep(slip, config, Path(path), say)
    printer = build_printer(config)
    try:
        printer.open()
        result = printer.print(uuid.uuid4().hex, slip)
        say(outcome_words(result))
        after = printer.status().trouble
        if after is Trouble.NEAR_END:
            say(f"{after.words}，{after.advice}")
    finally:
        printer.close()
    return result.outcome is PrintOutcome.PRINTED


def _keep(slip: Slip, config: PrinterConfig, path: Path, say: Say) -> bool:
    data = encode(slip, profile_of(config))
    transport = FileTransport(path)
    transport.open()
    transport.write(data)
    transport.close()
    say(f"{path} 是普通文件：写入了 {len(data)} 字节，没有打印机来确认")
    return True


def _config(options: argparse.Namespace) -> PrinterConfig:
    address = options.to or "file:none"  # nothing is opened for a picture
    try:
        return PrinterConfig(
            address=address,
            baud=options.baud,
            paper_mm=options.paper,
            qr=options.qr,
            largest_size=options.largest_size,
            echo=not options.no_echo,
        )
    except ValidationError as wrong:
        raise InputError(
            "\n".join(plain_words(detail, PrinterConfig, "printer") for detail in wrong.errors())
        ) from None
