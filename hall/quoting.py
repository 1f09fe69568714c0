"""What of a stranger's text may be quoted in a message: nothing that could be a person's number or name.

Where a file's columns slipped by one, a document's number stands where a date should. A message then says which place
is wrong, and its words are quoted only if they cannot be anybody's.
"""

import re

from hall.personal import LEAST_DIGITS

HERE = "这一格"
_MOST = 20
_DAY = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", re.ASCII)
_NAME = re.compile(r"[一-鿿㐀-䶿]{1,4}|[^\W\d_]*·.*|[A-Za-z .'’-]+")
"""A Chinese name of up to four characters, one with a dot between its parts, one in Latin letters."""


def impersonal(text: str) -> bool:
    """Whether a text can be quoted: no number of a person, no name, nothing unprintable, not long."""
    if not text or len(text) > _MOST or not text.isprintable():
        return False
    if _DAY.fullmatch(text):
        return True
    return sum(letter.isnumeric() for letter in text) < LEAST_DIGITS and not _NAME.fullmatch(text)


def quote(text: str) -> str:
    """`「2026-13-01」`, or `这一格` (what stands here) for a text that could be somebody's."""
    return f"「{text}」" if impersonal(text) else HERE
