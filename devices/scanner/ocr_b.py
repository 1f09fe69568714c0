"""OCR-B, the typeface of machine-readable zones (ISO 1073-2, ICAO Doc 9303-3): to compare with, and to draw papers."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import ImageDraw, ImageFont

from devices.errors import DeviceError
from devices.scanner.mrz import ALPHABET
from devices.scanner.opencv import Image, cv2
from hall.errors import Retry

Grid = NDArray[np.float32]
PITCH, TALL = 20, 30
"""Pixels of one character's place when compared."""
TYPEFACE = "OCRB.otf"
_PLACE = 0.723  # of the type size: as wide as every character stands
_LARGER = 4  # how much larger shapes are drawn than compared


class TypefaceError(DeviceError):
    """The typeface is not installed."""

    code = "scanner.typeface_missing"
    retry = Retry.AFTER_MENDING
    advice = "请安装 OCR-B 字体：apt install fonts-ocr-b"


@cache
def shapes() -> list[Grid]:
    """Every character of the alphabet of zones, `TALL` × `PITCH`, dark on light.

    Raises:
        TypefaceError: It is not installed.
    """
    font = _font(PITCH * _LARGER, TYPEFACE)
    middle = np.mean(font.getbbox("H")[1::2])
    drawn = []
    for character in ALPHABET:
        place = Pictures.new("L", (PITCH * _LARGER, TALL * _LARGER), 255)
        left = (PITCH * _LARGER - font.getlength(character)) / 2
        ImageDraw.Draw(place).text((left, TALL * _LARGER / 2 - middle), character, font=font, fill=0)
        soft = cv2.GaussianBlur(np.asarray(place, np.float32), (0, 0), _LARGER * 0.7)
        drawn.append(np.asarray(cv2.resize(soft, (PITCH, TALL), interpolation=cv2.INTER_AREA), np.float32))
    return drawn


def page(lines: list[str], width: int, height: int, typeface: str = TYPEFACE) -> Image:
    """A grey page with the lines of a zone at its foot, and above it what else such pages have.

    Raises:
        TypefaceError: It is not installed.
    """
    pitch = 0.92 * width / len(lines[0])
    font = _font(pitch, typeface)
    paper = Pictures.new("L", (width, height), 225)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((0.03 * width, 0.06 * height, 0.25 * width, 0.46 * height), fill=120)  # where the face would be
    for row in range(5):
        draw.text((0.3 * width, (0.06 + 0.08 * row) * height), "SPECIMEN OF NOBODY"[row:], font=font, fill=60)
    for row, line in enumerate(lines):
        y = 0.96 * height - 2.5 * pitch * (len(lines) - row)
        for place, character in enumerate(line):
            draw.text((0.04 * width + place * pitch, y), character, font=font, fill=25)
    return np.asarray(paper, np.uint8)


def _font(pitch: float, typeface: str) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(typeface, pitch / _PLACE)
    except OSError as missing:
        raise TypefaceError(f"没有字体 {typeface}") from missing
