"""Chinese or English: each word of the page is said in both where it is drawn, and the address says which is read."""

from collections.abc import Callable
from urllib.parse import parse_qs, quote

ENGLISH = "lang=en"
Say = Callable[[str, str], str]
"""Chinese and English in, the one that is read out."""


def say_in(*, english: bool) -> Say:
    """Words in one language; what has no English name is said in Chinese."""
    return (lambda zh, en: en or zh) if english else (lambda zh, _: zh)


def is_english(query: str) -> bool:
    """Whether the query of an address asks for English."""
    return parse_qs(query).get("lang") == ["en"]


def address(code: str, query: str = "", act: str = "") -> str:
    """An address of the page of a code, fit to stand in HTML."""
    place = f"/t/{quote(code, safe='')}" + (f"/{act}" if act else "")
    return f"{place}?{query}" if query else place
