"""The icons: one SVG file each, drawn on a 32 grid with a stroke of 2, round caps and joins, 3 clear all round."""

import logging
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_LOG = logging.getLogger("onewindow.themes.icons")
_LEAST_STROKE_PX = 2.0
_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"/>'


@cache
def icon_names() -> tuple[str, ...]:
    """Names of all icons, sorted."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.svg")))


def icon_svg(name: str, color: str, side: int) -> bytes:
    """The icon's drawing in one colour, its stroke never thinner than 2 px on the screen.

    Args:
        name: Name of a file in this folder without its ending.
        color: `#RRGGBB`.
        side: Side of the square it will be drawn in, in px.

    Returns:
        An SVG document; an empty one, with a line in the log, if there is no icon of that name.
    """
    if name not in icon_names():
        _LOG.error("theme.no_icon there is no icon named %s", name)
        return _EMPTY.encode()
    stroke = max(2.0, _LEAST_STROKE_PX * 32 / side)
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return drawing.replace("currentColor", color).replace('stroke-width="2"', f'stroke-width="{stroke:g}"').encode()
