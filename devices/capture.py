"""Records a real device while it is used, takes the person out, and writes what ReplayTransport plays back.

What was heard stays in memory until it is redacted; only that is ever written. One line of CAPTURES per kind.
"""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random, SystemRandom

from devices.errors import DeviceError
from devices.id_card import read_card, redaction
from devices.transports import RecordingTransport, Said, Transport, recording_of
from hall.errors import InputError

Say = Callable[[str], None]
Conversation = Sequence[Said]

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Capture:
    """How a kind of device is captured.

    Attributes:
        options: Declares where the device is.
        transports: The ways to it that the options describe, by baud rate.
        use: Has the device used once by its driver; raises DeviceError when that fails.
        redact: A conversation without what is personal.
        survivors: What personal fields are still there after redacting: none, or nothing is written.
    """

    options: Callable[[argparse.ArgumentParser], None]
    transports: Callable[[argparse.Namespace], Mapping[int, Transport]]
    use: Callable[[Mapping[int, Transport], argparse.Namespace, Say], object]
    redact: Callable[[Conversation, Random], list[Said]]
    survivors: Callable[[Conversation, Conversation], list[str]]


CAPTURES: Mapping[str, Capture] = {
    "id_card": Capture(
        read_card.add_reader_options,
        read_card.transports_of,
        lambda transports, options, warn: read_card.read_one(transports, options.timeout, warn),
        redaction.redacted,
        redaction.survivors,
    )
}


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `capture`."""
    command = commands.add_parser("capture", help="录下一台真实设备的一次对话，去掉个人信息后存成回放文件")
    kinds = command.add_subparsers(dest="kind", required=True)
    for kind, capture in CAPTURES.items():
        one = kinds.add_parser(kind)
        capture.options(one)
        one.add_argument("--name", required=True, help="回放文件的名称：小写字母、数字、- 和 _")
        one.add_argument("--folder", type=Path, default=Path(), help="放在哪个文件夹，默认当前文件夹")
        one.set_defaults(run=_run)


def captured(capture: Capture, options: argparse.Namespace, warn: Say, random: Random) -> str:
    """Have a device used once and return the redacted recording.

    Raises:
        DeviceError: The device did not work (a failure is told, not recorded), or something personal was left.
    """
    recorders = {rate: RecordingTransport(way) for rate, way in capture.transports(options).items()}
    capture.use(recorders, options, warn)
    heard = max((recorder.conversation for recorder in recorders.values()), key=len)
    redacted = capture.redact(heard, random)
    left = capture.survivors(heard, redacted)
    if left:
        raise DeviceError(
            f"去掉个人信息后仍留有 {'、'.join(left)}，没有写文件", code="device.not_redacted", advice="请再录一次"
        )
    return recording_of(
        redacted, f"{options.kind}: a recorded conversation; the person, the photo and all numbers in it are invented."
    )


def _run(options: argparse.Namespace, say: Say, warn: Say) -> int:
    if not _NAME.fullmatch(options.name):
        raise InputError(f"名称 {options.name} 只能用小写字母、数字、- 和 _，并以字母或数字开头")
    path = options.folder / f"{options.name}.txt"
    if path.exists() or not options.folder.is_dir():
        raise InputError(f"{path} 已经有了，请换一个名称" if path.exists() else f"没有文件夹 {options.folder}")
    recording = captured(CAPTURES[options.kind], options, warn, SystemRandom())
    try:
        path.write_text(recording, encoding="utf-8")
    except OSError as refused:
        raise InputError(f"{path} 不能写入：{refused.strerror}") from refused
    say(f"已存为 {path}；个人信息已换成虚构的")
    return 0
