"""The board on the wall: one page, a style sheet and a few modules that run for months on any television."""

from pathlib import Path
from string import Template

PARTS = Path(__file__).parent / "parts"
_PAGE = Template((Path(__file__).parent / "board.html").read_text(encoding="utf-8"))


def page(offset_minutes: int) -> str:
    """The page for a hall whose clock is so many minutes ahead of UTC."""
    return _PAGE.substitute(offset_minutes=offset_minutes)
