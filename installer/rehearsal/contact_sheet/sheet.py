"""Many pictures small on one page, each with its name."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

_WIDTH, _HEIGHT, _COLUMNS, _GAP, _WORDS = 420, 420, 4, 16, 18
_PAPER, _INK = (236, 238, 241), (30, 36, 44)


def contact_sheet(pictures: Sequence[Path], target: Path) -> None:
    """Draw the sheet; a picture taller than its cell shows its upper part, for the whole of it see the picture."""
    rows = -(-len(pictures) // _COLUMNS)
    across, down = _WIDTH + _GAP, _HEIGHT + _WORDS + _GAP
    page = Image.new("RGB", (_COLUMNS * across + _GAP, rows * down + _GAP), _PAPER)
    pen = ImageDraw.Draw(page)
    for place, path in enumerate(pictures):
        left, top = _GAP + place % _COLUMNS * across, _GAP + place // _COLUMNS * down
        with Image.open(path) as opened:
            small = opened.convert("RGB")
        tall = 2 * small.width
        small = small.crop((0, 0, small.width, min(small.height, tall)))
        small.thumbnail((_WIDTH, _HEIGHT))
        page.paste(small, (left, top + _WORDS))
        pen.text((left, top), path.stem, fill=_INK)
    page.save(target)
