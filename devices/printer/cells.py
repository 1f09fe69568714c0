"""Text measured in cells, the half-width columns of the printer's type, and cut into lines by them.

A character of ASCII takes one cell, every other one two: the printer knows only these two widths.
"""

import unicodedata
from collections.abc import Iterator

# No line begins with these, and none ends with those: the ordinary rule of Chinese setting.
_CLOSING = frozenset("，。、；：？！）】》〉」』〕］｝”’％℃·…—～,.;:?!)]}%")
_OPENING = frozenset("（【《〈「『〔［｛“‘￥＄([{")
_DROPPED = ("Cc", "Cf", "Cs")  # Unicode categories: controls, formats, surrogates
_MARKS = ("Mn", "Me")  # marks that stand on the character before them


def clean(text: str) -> str:
    """The text without anything a printer could take for a command; line feeds stay, tabs become a space.

    Composed to NFC first, so that an accented letter is one character. A character that this Python does not know
    yet, or a private one, stays: names have such, and a box on the paper is better than a name without it.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    kept = (_plain(character) for character in composed)
    return "".join(kept)


def printable(character: str) -> bool:
    """Whether the printer's own type has the character: ASCII and the double-byte area of GBK.

    GB18030's four-byte characters and its late double-byte additions are missing in most fonts.
    """
    if " " <= character <= "~":
        return True
    try:
        code = character.encode("gb18030")
        return len(code) == 2 and character.encode("gbk") == code
    except UnicodeEncodeError:
        return False


def width(text: str) -> int:
    """How many cells the text takes; a combining mark takes none."""
    return sum(_cells(character) for character in text)


def clusters(text: str) -> list[str]:
    """The text in pieces that each have a place of their own: a character with the marks upon it."""
    found: list[str] = []
    for character in text:
        if found and _cells(character) == 0:
            found[-1] += character
        else:
            found.append(character)
    return found


def wrap(text: str, cells: int) -> list[str]:
    """Cut a paragraph into lines of at most `cells` cells (at least two).

    Words and numbers of ASCII stay whole where a line can hold them. Closing punctuation goes with what stands
    before it, opening punctuation with what follows. Spaces at a break are dropped.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for unit in _units(paragraph):
            if width(line + unit.rstrip()) <= cells:
                line += unit
                continue
            if line.strip():
                lines.append(line.rstrip())
            *full, line = _pieces(unit.lstrip(), cells)
            lines.extend(full)
        lines.append(line.rstrip())
    return lines


def wrap_evenly(text: str, cells: int) -> list[str]:
    """As `wrap`, but the lines of each paragraph are about equally long instead of all full but the last."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        count = len(wrap(paragraph, cells))
        narrow, wide = 2, cells
        while narrow < wide:
            middle = (narrow + wide) // 2
            if len(wrap(paragraph, middle)) > count:
                narrow = middle + 1
            else:
                wide = middle
        lines += wrap(paragraph, wide)
    return lines


def _cells(character: str) -> int:
    if character < "\x80":
        return 1
    return 0 if unicodedata.category(character) in _MARKS else 2


def _plain(character: str) -> str:
    if character in "\n\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return "\u3000" if character == "\u3000" else " "
    return "" if category in _DROPPED else character


def _units(paragraph: str) -> Iterator[str]:
    """What must not be torn apart: a word, or a full-width character, with its punctuation and a space after it."""
    unit = ""
    for character in paragraph:
        if unit and _may_break(unit[-1], character):
            yield unit
            unit = ""
        unit += character
    if unit:
        yield unit


def _may_break(before: str, after: str) -> bool:
    if after in _CLOSING or before in _OPENING or after == " " or _cells(after) == 0:
        return False
    return before in " \u3000" or not (before < "\x80" and after < "\x80")


def _pieces(unit: str, cells: int) -> list[str]:
    """A unit longer than a line, cut where the line ends."""
    pieces = [""]
    for character in unit:
        if width(pieces[-1] + character) > cells:
            pieces.append("")
        pieces[-1] += character
    return pieces
