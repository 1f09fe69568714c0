"""The screens on the walls: two pages, two style sheets and a few modules that run for months on any television."""

import hashlib
from pathlib import Path
from string import Template

_HERE = Path(__file__).parent
PARTS = _HERE / "parts"
_FILES = (*sorted(_HERE.glob("*.html")), *sorted(PARTS.iterdir()))
_EDITION = hashlib.sha256(b"\0".join(file.read_bytes() for file in _FILES)).hexdigest()[:12]
"""Another one after an upgrade: a page that was loaded before it loads itself again."""


def page(offset_minutes: int) -> str:
    """The board of a hall, or of a zone, whose clock is so many minutes ahead of UTC."""
    return _filled("board.html", offset_minutes)


def door(offset_minutes: int) -> str:
    """The screen over a window."""
    return _filled("door.html", offset_minutes)


def _filled(name: str, offset_minutes: int) -> str:
    template = Template((_HERE / name).read_text(encoding="utf-8"))
    return template.substitute(offset_minutes=offset_minutes, edition=f"{_EDITION}-{offset_minutes}")
