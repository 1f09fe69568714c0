"""Which USB device it is: three settings that every device on a USB socket may have."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from hall.settings import Settings


def _usb_id(text: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{4}:[0-9a-fA-F]{4}", text):
        raise ValueError(f"{text} 应是厂商号:产品号，各四位十六进制，如 1a86:7523；用 ./onewindow devices list 看")
    return text.lower()


def _usb_path(text: str) -> str:
    if not re.fullmatch(r"[0-9]+-[0-9]+(\.[0-9]+)*", text):
        raise ValueError(f"{text} 应是插口位置，如 1-1.2；用 ./onewindow devices list 看")
    return text


def _usb_serial(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z_.:-]{1,64}", text):
        raise ValueError(f"{text} 应是设备序列号：字母、数字和 _.:-；用 ./onewindow devices list 看")
    return text


class UsbPlace(Settings):
    """The base of settings of a device that may hang on USB; all empty for one that does not."""

    usb: Annotated[str, AfterValidator(_usb_id)] | None = Field(
        None, description="USB 的厂商号:产品号，用来生成固定名称的规则，如 1a86:7523"
    )
    usb_path: Annotated[str, AfterValidator(_usb_path)] | None = Field(
        None, description="插在哪个 USB 口，如 1-1.2；有两个同样的设备时要写"
    )
    usb_serial: Annotated[str, AfterValidator(_usb_serial)] | None = Field(
        None, description="设备的 USB 序列号，有的设备没有"
    )


def path_of(device: UsbPlace) -> str:
    """What the settings open for this device: a path, or `serial:PATH`, `file:PATH`, `tcp:HOST:PORT`."""
    for name in ("port", "path", "address"):
        value = getattr(device, name, None)
        if isinstance(value, str):
            return value
    return ""
