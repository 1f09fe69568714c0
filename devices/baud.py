"""The rates of serial ports, as a type for settings."""

from typing import Annotated

from pydantic import AfterValidator

_BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)


def _baud(rate: int) -> int:
    if rate not in _BAUDS:
        raise ValueError(f"波特率 {rate} 不是串口设备用的；常用的有 {'、'.join(map(str, _BAUDS))}")
    return rate


Baud = Annotated[int, AfterValidator(_baud)]
