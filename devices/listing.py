"""What could be had and what this machine has: kinds of devices with drivers and twins, serial ports with roles."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from devices.config import DevicesConfig
from devices.registry import DRIVERS, TWINS
from devices.transports.ports import PortFound, ports_found
from devices.udev.known_ids import KNOWN, SERIAL_ROLES

Say = Callable[[str], None]

_TWIN_WORDS = {
    "camera": "摄像头（当扫码器用）",
    "keyboard": "USB 小键盘（当呼叫器、评价器用）",
}  # twins of no kind of their own


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `list`."""
    command = commands.add_parser("list", help="列出设备种类、驱动和本机串口")
    command.add_argument("--json", action="store_true", help="写成 JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, _warn: Say) -> int:
    ports = ports_found()
    say(json.dumps(as_data(ports), ensure_ascii=False) if options.json else "\n".join(as_lines(ports)))
    return 0


def as_data(ports: Sequence[PortFound]) -> dict[str, Any]:
    """For machines: `kinds` (kind, words, drivers, twin) and `ports` (those of PortFound, `known`, `roles`)."""
    return {
        "kinds": [
            {"kind": kind, "words": _words(kind), "drivers": list(DRIVERS.get(kind, ())), "twin": kind in TWINS}
            for kind in (*DRIVERS, *(kind for kind in TWINS if kind not in DRIVERS))
        ],
        "ports": [
            {**asdict(port), "known": KNOWN[port.usb].words if port.usb in KNOWN else "", "roles": roles_for(port)}
            for port in ports
        ],
    }


def as_lines(ports: Sequence[PortFound]) -> Iterator[str]:
    """For people."""
    told = as_data(ports)
    yield "设备种类"
    for kind in told["kinds"]:
        drivers = f"驱动：{'、'.join(kind['drivers'])}" if kind["drivers"] else "只有模拟器"
        twin = "，有模拟器" if kind["twin"] and kind["drivers"] else ""
        yield f"  {kind['kind']:<12} {kind['words']}　{drivers}{twin}"
    yield "本机串口" if ports else "本机没有串口"
    for port in told["ports"]:
        yield f"  {port['port']}　{port['known'] or port['words'] or '没有说明'}"
        usb = [f'{name} = "{port[name]}"' for name in ("usb", "usb_path", "usb_serial") if port[name]]
        if usb:
            yield f"    {'  '.join(usb)}"
        unnamed = "没有，可用 ./onewindow devices udev 生成" if port["usb"] else "不在 USB 上，名称本来就固定"
        yield f"    固定名称：{port['stable'][0] if port['stable'] else unnamed}"
        yield f"    可以接：{'、'.join(map(_words, port['roles'])) or '还没有能用它的设备'}"


def roles_for(port: PortFound) -> list[str]:
    """The roles that a port may have: by its stable name, else by its id, else any that speaks over a serial line."""
    for name in port.stable:
        role = name.rpartition("/")[2]
        if name.startswith("/dev/onewindow/") and role in DevicesConfig.model_fields:
            return [role]
    return list(KNOWN[port.usb].roles if port.usb in KNOWN else SERIAL_ROLES)


def _words(kind: str) -> str:
    field = DevicesConfig.model_fields.get(kind)
    return (field.description if field else None) or _TWIN_WORDS.get(kind, kind)
