"""Words that people write freely and that stay: they must not hold a number by which somebody can be found."""

import re

LEAST_DIGITS = 6
"""A telephone number and any document have as many; a number on a slip, a time or an amount hardly ever. One figure for
what may be kept and what a message may quote (`quoting`)."""

_PERSONS_DIGITS = 11
_AREA_CODE_DIGITS = 12
_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_BETWEEN = r"[\s.\-–—_·]*"
_RUN = re.compile(rf"(?:\d{_BETWEEN}){{{LEAST_DIGITS}}}")
_LONG_RUN = re.compile(rf"\d(?:{_BETWEEN}\d){{{_PERSONS_DIGITS - 1},}}")


def tells_a_number(text: str) -> bool:
    """Whether a text holds what could be somebody's number, also with blanks or dashes between its digits.

    Full-width digits count as well; a day is nobody's. What the journal holds is never changed (ARCHITECTURE).
    """
    return _RUN.search(_DAY.sub("日", text)) is not None


def tells_who(text: str) -> bool:
    """Whether a text for everybody's eyes holds a mobile telephone's number or a document's: eleven digits and more.

    A hall may write its own: a hot line is shorter, a land line begins with the 0 of its area code.
    """
    runs = ([int(each) for each in run if each.isdecimal()] for run in _LONG_RUN.findall(_DAY.sub("日", text)))
    return any(digits[0] != 0 or len(digits) > _AREA_CODE_DIGITS for digits in runs)
