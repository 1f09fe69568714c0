"""From the settings to the text of a udev rules file. Pure.

A name belongs to a device by its USB ids, and to one of several alike by its socket or serial number. All keys that
end in S must match on one and the same parent (udev(7)): here the USB device, whose kernel name is its socket.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from devices.config import TABLE, DevicesConfig
from devices.udev.known_ids import KNOWN, hint
from devices.udev.place import UsbPlace, path_of
from hall.errors import ConfigError

FOLDER = "/dev/onewindow/"
USUAL_FILE = "/etc/udev/rules.d/71-onewindow.rules"  # after the rules that tell keyboards from mice
_HEAD = f"""\
# 一窗通的设备固定名称。由 ./onewindow devices udev 生成；改设置后请重新生成，不要手改。
# 放到 {USUAL_FILE}，再运行：
#   udevadm control --reload && udevadm trigger
ACTION=="remove", GOTO="onewindow_end"
"""
_END = 'LABEL="onewindow_end"\n'


class _Node(NamedTuple):
    """A kind of file under /dev."""

    match: str
    group: str


_TTY = _Node('SUBSYSTEM=="tty"', "dialout")
_PRINTER = _Node('SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*"', "lp")
_CAMERA = _Node('SUBSYSTEM=="video4linux", ATTR{index}=="0"', "video")
_KEYBOARD = _Node('SUBSYSTEM=="input", KERNEL=="event[0-9]*", ENV{ID_INPUT_KEYBOARD}=="1"', "input")


def rules_of(config: DevicesConfig, where: str) -> str:
    """The rules file for every device of the settings that says which USB device it is.

    Args:
        config: The devices.
        where: The settings file's name, for messages.

    Raises:
        ConfigError: With every mistake: no device names its ids, two cannot be told apart, one hangs on no socket.
    """
    places = dict(_places(config))
    named = {role: place for role, place in places.items() if place.usb}
    mistakes = [*_mistakes(places), *_twins(named)]
    if not named and not mistakes:
        mistakes = [
            f'{TABLE}：没有一个设备写了 usb。请在设备的表里写上，如 usb = "1a86:7523"；用 ./onewindow devices list 看'
        ]
    if mistakes:
        raise ConfigError(where, mistakes)
    words = {role: field.description or role for role, field in DevicesConfig.model_fields.items()}
    return "\n".join([_HEAD, *(_rule(role, words[role], place) for role, place in named.items()), _END])


def _places(config: DevicesConfig) -> Iterator[tuple[str, UsbPlace]]:
    for role in DevicesConfig.model_fields:
        device = getattr(config, role)
        if isinstance(device, UsbPlace):
            yield role, device


def _mistakes(places: dict[str, UsbPlace]) -> Iterator[str]:
    for role, place in places.items():
        if place.usb is None and (place.usb_path or place.usb_serial):
            yield f"{TABLE}.{role}：写了 usb_path 或 usb_serial，还要写 usb（厂商号:产品号）"
        if place.usb and path_of(place).startswith("tcp:"):
            yield f"{TABLE}.{role}：接在网络上（{path_of(place)}），不用写 usb"


def _twins(named: dict[str, UsbPlace]) -> Iterator[str]:
    for (role, place), (other_role, other) in combinations(named.items(), 2):
        if place.usb != other.usb:
            continue
        if place.usb_path and other.usb_path:
            same = place.usb_path == other.usb_path and place.usb_serial == other.usb_serial
            trouble = f"usb_path 也一样（{place.usb_path}），一个插口只能插一个设备" if same else ""
        elif place.usb_serial and other.usb_serial:
            trouble = "usb_serial 也一样，请改写 usb_path" if place.usb_serial == other.usb_serial else ""
        else:
            trouble = "分不清谁是谁。请给两个都写上 usb_path（插在哪个口，用 ./onewindow devices list 看）"
        if trouble:
            yield f"{TABLE}.{role} 和 {TABLE}.{other_role}：usb 都是 {place.usb}，{trouble}"


def _rule(role: str, words: str, place: UsbPlace) -> str:
    usb = place.usb or ""
    vendor, _, product = usb.partition(":")
    node = _node_of(place)
    mark = [f'ATTRS{{idVendor}}=="{vendor}"', f'ATTRS{{idProduct}}=="{product}"']
    mark += [f'ATTRS{{serial}}=="{place.usb_serial}"'] if place.usb_serial else []
    mark += [f'KERNELS=="{place.usb_path}"'] if place.usb_path else []
    name = f'SYMLINK+="{FOLDER.removeprefix("/dev/")}{role}", GROUP="{node.group}", MODE="0660"'
    lines = [f"# {words}：{usb}{f'，{KNOWN[usb].words}' if usb in KNOWN else ''}", *_notes(role, place)]
    if node is _TTY:
        own = [part.replace("ATTRS{", "ATTR{").replace("KERNELS", "KERNEL") for part in mark]
        lines.append(
            ", ".join(['SUBSYSTEM=="usb"', 'ENV{DEVTYPE}=="usb_device"', *own, 'ENV{ID_MM_DEVICE_IGNORE}="1"'])
        )
        name += ', ENV{ID_MM_PORT_IGNORE}="1"'
    return "\n".join([*lines, ", ".join([node.match, *mark, name]), ""])


def _notes(role: str, place: UsbPlace) -> Iterator[str]:
    odd = hint(place.usb or "", role)
    if odd:
        yield f"# 注意：{odd}"
    path = path_of(place)
    if path.removeprefix("serial:").removeprefix("file:") != FOLDER + role:
        yield f"# 注意：设置里现在用的是 {path}，请改成 {FOLDER}{role}"


def _node_of(place: UsbPlace) -> _Node:
    driver = getattr(place, "driver", "")
    if driver == "keyboard":
        return _KEYBOARD
    if driver == "camera":
        return _CAMERA
    return _PRINTER if path_of(place).startswith("file:") else _TTY
