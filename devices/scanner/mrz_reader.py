"""The machine-readable zone in a picture: found, set upright, and its OCR-B characters compared with the typeface.

A general reader of print (tried: tesseract) confuses the fillers `<` with letters; the zone has one typeface, one width
and a known grammar for each place, so comparing is both simpler and surer. What is not sure is not read: names have no
check digit, so every character has to be clearly nearer to its own shape than to any other that its place allows.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from devices.scanner.mrz import ALPHABET, SHAPES, Mrz, parse
from devices.scanner.ocr_b import PITCH, TALL, Grid, shapes
from devices.scanner.opencv import Image, cv2

_MARGIN = 0.025  # by how much the best shape must be nearer than the second best
_LEAST = 0.6  # correlation below which it is no character at all
_DIGITS, _NAME, _ANY = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ<", ALPHABET
# What each place of each line may hold (ICAO Doc 9303, parts 4 and 5).
_DATES = "B" * 6 + "D" + "S" + "B" * 6 + "D"
_GRAMMAR = {
    "TD3": ["N" * 44, "A" * 9 + "D" + "NNN" + _DATES + "A" * 14 + "AD"],
    "TD1": ["NNNNN" + "A" * 25, _DATES + "NNN" + "A" * 11 + "D", "N" * 30],
}
_CLASSES = {"N": _NAME, "A": _ANY, "D": _DIGITS, "B": _DIGITS + "<", "S": "MF<"}


def read_mrz(image: Image, today: date) -> Mrz | None:
    """The zone in a grey picture; None unless it was read surely, with all check digits right.

    Args:
        image: The zone across at least half of it, turned by at most six degrees or so.
        today: See `mrz.parse`.

    Raises:
        TypefaceError: Nothing to compare with.
    """
    for strips in _zones(image):
        shape = "TD3" if len(strips) == 2 else "TD1"
        lines = [_read_line(strip, kinds) for strip, kinds in zip(strips, _GRAMMAR[shape], strict=True)]
        if all(lines):
            found = parse([line or "" for line in lines], today)
            if found is not None and not found.flaws:
                return found
    return None


def _zones(image: Image) -> Iterator[list[Grid]]:
    """Pairs and triples of long lines that lie like those of a zone, each line set upright at one pitch."""
    lines = _long_lines(image)
    for rows, width in SHAPES.values():
        for start in range(len(lines) - rows + 1):
            group = lines[start : start + rows]
            if _together(group, width):
                yield [_upright(image, line, width) for line in group]


class _Line:
    """A long dark stroke of characters: its middle, length, height and direction, in pixels and radians."""

    def __init__(self, points: NDArray[np.int32]) -> None:
        (self.x, self.y), (width, height), degrees = cv2.minAreaRect(points)
        if width < height:
            width, height, degrees = height, width, degrees - 90
        self.length, self.height = width, height
        self.angle = float(np.deg2rad((degrees + 90) % 180 - 90))


def _long_lines(image: Image) -> list[_Line]:
    ink = cv2.morphologyEx(cv2.GaussianBlur(image, (5, 5), 0), cv2.MORPH_BLACKHAT, np.ones((27, 27), np.uint8))
    _, ink = cv2.threshold(ink, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 41), np.uint8))
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    lines = [_Line(np.asarray(contour, np.int32)) for contour in contours if len(contour) > 3]
    long = [line for line in lines if line.length > 0.4 * image.shape[1] and line.length > 12 * line.height]
    return sorted((line for line in long if abs(line.angle) < 0.15), key=lambda line: line.y)


def _together(group: list[_Line], width: int) -> bool:
    pitch = group[0].length / width
    steps = [below.y - above.y for above, below in pairwise(group)]
    alike = all(abs(line.length - group[0].length) < 2 * pitch for line in group)
    return alike and all(1.6 * pitch < step < 3.6 * pitch for step in steps)


def _upright(image: Image, line: _Line, width: int) -> Grid:
    """The line with `PITCH` pixels to each character and room around it."""
    scale = PITCH * (width - 0.35) / line.length
    across, along = np.cos(line.angle) * scale, np.sin(line.angle) * scale
    size = (width * PITCH + 2 * PITCH, TALL + 16)
    matrix = np.array([[across, along, 0.0], [-along, across, 0.0]])
    matrix[:, 2] = np.array(size) / 2 - matrix[:, :2] @ np.array([line.x, line.y])
    strip = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.float32)


def _read_line(strip: Grid, kinds: str) -> str | None:
    """The characters of one line, None when a single one is not sure."""
    near = np.stack([cv2.matchTemplate(strip, shape, cv2.TM_CCOEFF_NORMED) for shape in shapes()])
    row, places = _best_places(near.max(axis=0), len(kinds))
    text = ""
    for place, kind in zip(places, kinds, strict=True):
        window = near[:, max(0, row - 1) : row + 2, max(0, place - 2) : place + 3].max(axis=(1, 2))
        allowed = [ALPHABET.index(character) for character in _CLASSES[kind]]
        second, best = sorted(allowed, key=lambda index: window[index])[-2:]
        if window[best] < _LEAST or window[best] - window[second] < _MARGIN:
            return None
        text += ALPHABET[best]
    return text


def _best_places(near: Grid, count: int) -> tuple[int, list[int]]:
    """The row and the columns at which a line of evenly spaced characters fits best."""
    steps = np.arange(count)
    best = (-1.0, 0, 0.0, 0.0)
    for pitch in np.linspace(PITCH * 0.985, PITCH * 1.015, 13):
        for start in np.arange(0, 2 * PITCH, 1.0):
            columns = np.rint(start + steps * pitch).astype(int)
            if columns[-1] >= near.shape[1]:
                continue
            sums = near[:, columns].sum(axis=1)
            row = int(sums.argmax())
            best = max(best, (float(sums[row]), row, float(start), float(pitch)))
    _, row, start, pitch = best
    return row, [int(column) for column in np.rint(start + steps * pitch)]
