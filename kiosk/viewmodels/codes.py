"""A QR code for the screen: the same one that stands on the paper, module by module."""

from functools import lru_cache

from devices.printer.drawing import qr_picture

_FINDER = 7
"""Modules across the square in the corner of every code (ISO/IEC 18004): its dark upper edge measures a module."""


@lru_cache(maxsize=8)
def qr_rows(data: str) -> tuple[str, ...]:
    """The code's rows as texts of 0 and 1, without a quiet zone.

    Raises:
        SlipError: The data does not fit a code.
    """
    picture = qr_picture(data)
    dark = [not picture.getpixel((x, 0)) for x in range(picture.width)]
    module = dark.index(False) // _FINDER
    middles = range(module // 2, picture.width, module)
    return tuple("".join("0" if picture.getpixel((x, y)) else "1" for x in middles) for y in middles)
