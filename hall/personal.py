"""Words that people write freely and that stay: they must not hold a number by which somebody can be found."""

import re

LEAST_DIGITS = 6
"""A telephone number and any document have as many; a number on a slip, a time or an amount hardly ever. One figure for
what may be kept and what a message may quote (`quoting`)."""

_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_RUN = re.compile(r"(?:\d[\s.\-–—_·]*){" + str(LEAST_DIGITS) + r"}")


def tells_a_number(text: str) -> bool:
    """Whether a text holds what could be somebody's number, also with blanks or dashes between its digits.

    Full-width digits count as well; a day is nobody's. What the journal holds is never changed (ARCHITECTURE).
    """
    return _RUN.search(_DAY.sub("日", text)) is not None
