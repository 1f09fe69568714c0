"""The rates of serial ports, as a type for settings."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

_BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


def _baud(rate: int) -> int:
    if rate not in _BAUDS:
        raise ValueError(f"波特率 {rate} 不是串口设备用的；常用的有 {'、'.join(map(str, _BAUDS))}")
    return rate


Baud = Annotated[int, AfterValidator(_baud)]
Auto = Literal["auto"]


def baud_or_auto(given: object) -> int | Auto:
    """A baud rate, or `auto`.

    Raises:
        ValueError: Neither; the message says what would be right.
    """
    if given == "auto":
        return "auto"
    if not str(given).isdecimal():
        raise ValueError(f"{given!r} 应是波特率，或写 auto 让程序逐个试")
    return _baud(int(str(given)))


BaudOrAuto = Annotated[int | Auto, BeforeValidator(baud_or_auto)]
