"""`devices learn-keys`: a pad without a manual is pressed key by key, and its table for the settings is written out.

The one place that shows what a key sends: press test keys only, never a real PIN.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from devices.call_pad import PadKey
from devices.errors import DeviceSilent
from devices.keys.evdev_source import EvdevSource, every_name
from devices.keys.suggestion import suggested
from devices.transports import SerialTransport, Transport
from hall.errors import InputError
from hall.rating import WORDS, Level

Say = Callable[[str], None]
Sent = TypeVar("Sent", bytes, str)

PAUSE_S = 0.3  # silence that ends what one key sends

_ACTS = ("确认", "清除", "叫号", "重呼", "过号", "开始办理", "办理完毕", "转移", "挂起", "暂停", "退出")
KEYS: Mapping[str, Mapping[Any, str]] = {
    "call_pad": dict(zip(PadKey, (*map(str, range(10)), *_ACTS), strict=True)),
    "rating_pad": {level: WORDS[level][0] for level in Level},
}
# What a pad obeys cannot be learnt by pressing it: nothing is sent to it until its manual says what.
_UNKNOWN = {"call_pad": 'show_frame = ""', "rating_pad": 'invite_frame = ""'}


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `learn-keys`."""
    command = commands.add_parser("learn-keys", help="逐个按键，写出呼叫器或评价器的设置")
    command.add_argument("kind", choices=sorted(KEYS), help="哪种设备")
    way = command.add_mutually_exclusive_group(required=True)
    way.add_argument("--port", help="串口，如 /dev/ttyUSB0")
    way.add_argument("--keyboard", metavar="PATH", help="USB 小键盘，如 /dev/input/by-id/usb-…-event-kbd")
    command.add_argument("--baud", type=int, default=9600, help="串口波特率，默认 9600")
    command.add_argument("--timeout", type=float, default=10.0, help="每个键等几秒；没有这个键就不按，默认 10")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, warn: Say) -> int:
    words = KEYS[options.kind]
    warn("屏幕上会显示按键的内容，请不要输入真实口令。设备没有的键不用按，等一会儿就换下一个。")
    if options.port:
        lines = from_line(SerialTransport(options.port, options.baud), words, options.timeout, warn)
        head = [
            'driver = "serial"',
            f"port = {json.dumps(options.port)}",
            f"baud = {options.baud}",
            _UNKNOWN[options.kind],
        ]
    else:
        lines = from_keypad(EvdevSource(options.keyboard), words, options.timeout, warn)
        head = ['driver = "keyboard"', f"path = {json.dumps(options.keyboard)}"]
    say("\n".join([f"[devices.{options.kind}]", *head, *lines]))
    return 0


def from_line(transport: Transport, words: Mapping[Any, str], timeout_s: float, warn: Say) -> list[str]:
    """The settings of a serial pad.

    Raises:
        DeviceError: The port is not there, or no key sent anything.
        InputError: What the keys send does not tell them apart.
    """
    transport.open()
    try:
        bursts = _pressed(words, lambda: _burst(transport, timeout_s), transport.reset, warn)
    finally:
        transport.close()
    try:
        frame, codes = suggested(list(bursts.values()))
    except ValueError as unclear:
        raise InputError(f"学不出来：{unclear}") from unclear
    keys = {code.hex(" ").upper(): key for code, key in zip(codes, bursts, strict=True)}
    return [f"key_frame = {json.dumps(frame)}", _table(keys)]


def from_keypad(source: EvdevSource, words: Mapping[Any, str], timeout_s: float, warn: Say) -> list[str]:
    """The settings of a keypad.

    Raises:
        DeviceError: It is not there, or no key was pressed.
        InputError: Two keys are the same to the computer.
    """
    source.open(every_name())
    try:
        names = _pressed(words, lambda: _name(source, timeout_s), lambda: source.read(0.0), warn)
    finally:
        source.close()
    if len(set(names.values())) < len(names):
        raise InputError("学不出来：有两个键对电脑来说是同一个")
    return [_table({name: key for key, name in names.items()})]


def _pressed(
    words: Mapping[Any, str], hear: Callable[[], Sent], forget: Callable[[], object], warn: Say
) -> dict[Any, Sent]:
    """What each key sent, for the keys that were pressed."""
    heard = {}
    for key, word in words.items():
        forget()  # a key that bounced or was pressed twice is not the next one
        warn(f"请按一次：{word}")
        sent = hear()
        if sent:
            heard[key] = sent
            warn(f"  {sent.hex(' ').upper() if isinstance(sent, bytes) else sent}")
    if not heard:
        raise DeviceSilent("没有收到任何按键")
    return heard


def _burst(transport: Transport, timeout_s: float) -> bytes:
    """What one key sends, until the line is silent; none when nobody presses."""
    sent, more = b"", transport.read(1, timeout_s)
    while more:
        sent += more
        more = transport.read(1, PAUSE_S)
    return sent


def _name(source: EvdevSource, timeout_s: float) -> str:
    until_s = time.monotonic() + timeout_s
    while (left_s := until_s - time.monotonic()) > 0:
        for name in source.read(left_s):
            return name
    return ""


def _table(keys: Mapping[str, Any]) -> str:
    values = (f"{json.dumps(name)} = {json.dumps(key)}" for name, key in keys.items())
    return f"keys = {{ {', '.join(values)} }}"
