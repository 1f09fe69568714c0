"""USB ids that devices of a hall often have: for hints only, a device with another id is as good.

Sources: usb.ids, vendors' samples and kernel drivers; see each vendor's manual for a model's own.
"""

import difflib
from typing import NamedTuple

SERIAL_ROLES = ("id_card", "scanner", "printer", "rating_pad", "call_pad", "led_display")


class Known(NamedTuple):
    """What an id usually is, and for which roles it may stand."""

    words: str
    roles: tuple[str, ...]


KNOWN: dict[str, Known] = {
    "1a86:7523": Known("CH340 转串口", SERIAL_ROLES),
    "1a86:5523": Known("CH341 转串口", SERIAL_ROLES),
    "067b:2303": Known("PL2303 转串口", SERIAL_ROLES),
    "10c4:ea60": Known("CP210x 转串口", SERIAL_ROLES),
    "0403:6001": Known("FTDI 转串口", SERIAL_ROLES),
    "0483:5740": Known("STM32 USB 串口", SERIAL_ROLES),
    "0400:c35a": Known("身份证安全模块的 USB 直连口，不是串口，现在还不能用", ()),
    "1eab:1606": Known("新大陆 FM100，USB 串口", ("scanner",)),
    "1eab:1603": Known("新大陆 FM100，键盘方式；请改成 USB 串口方式", ()),
    "1eab:1610": Known("新大陆 FM100，HID-POS 方式；请改成 USB 串口方式", ()),
    "1eab:8206": Known("新大陆 EM3080、EM3095、FR20，USB 串口", ("scanner",)),
    "1eab:8203": Known("新大陆 EM3080、EM3095、FR20，键盘方式；请改成 USB 串口方式", ()),
    "1eab:8210": Known("新大陆 EM3080、EM3095、FR20，HID-POS 方式；请改成 USB 串口方式", ()),
    "04b8:0202": Known("爱普生打印机", ("printer",)),
    "04b8:0e03": Known("爱普生 TM-T20 打印机", ("printer",)),
    "0dd4:0237": Known("Custom K80 打印机", ("printer",)),
    "2730:0fff": Known("西铁城打印机", ("printer",)),
    "0416:5011": Known("常见的国产打印机", ("printer",)),
    "0483:5743": Known("常见的国产打印机", ("printer",)),
    "0fe6:811e": Known("常见的国产打印机", ("printer",)),
    "1fc9:2016": Known("常见的国产打印机", ("printer",)),
    "28e9:0289": Known("常见的国产打印机", ("printer",)),
}


def hint(usb: str, role: str) -> str:
    """What is odd about this id in this role, in Chinese; empty when nothing is."""
    known = KNOWN.get(usb)
    if known is None:
        near = difflib.get_close_matches(usb, KNOWN, n=1, cutoff=0.85)
        return f"没见过 {usb}，是不是想写 {near[0]}（{KNOWN[near[0]].words}）？" if near else ""
    return "" if role in known.roles else f"{usb} 一般是{known.words}，请核对"
