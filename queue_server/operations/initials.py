"""First letters of pinyin, by which a citizen finds a service: 社保卡申领 → sbksl.

`python -m queue_server.operations.initials NAME ALIAS…` writes them, one to a line: the dictionary takes 60 MB and half
a second of a core, which a server that answers calls does not spend itself.
"""

import re
import sys
import unicodedata
from itertools import product

from pypinyin import Style, pinyin

MOST_READINGS = 8
_TYPED = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]")  # a run of Chinese characters, or one key of the keyboard
_MOST_FORKS = 5  # characters of one text that are read both ways; more would never fit the readings kept

# Characters of hall words that people read in two ways, or whose phrase the dictionary may not know. All others are
# read as pypinyin reads their phrase: its rare readings (车 as ju) would only bring in services nobody meant.
_TWO_READINGS = {
    "藏": "cz",
    "长": "cz",
    "朝": "cz",
    "重": "cz",
    "传": "cz",
    "畜": "cx",
    "调": "dt",
    "给": "gj",
    "行": "hx",
    "降": "jx",
    "校": "jx",
    "率": "ls",
    "折": "sz",
}


def initials(text: str) -> tuple[str, ...]:
    """All sensible strings of initials for a text, the likeliest first, at most `MOST_READINGS`.

    Chinese characters give the first letter of their pinyin, read in their phrase (银行 is yh); ASCII letters and
    digits stay, in lower case; everything else falls away. A text with nothing to type gives an empty tuple.
    """
    letters = _letters(text)
    if not letters:
        return ()
    forks = [at for at, choice in enumerate(letters) if len(choice) > 1][:_MOST_FORKS]
    turns = sorted(product((0, 1), repeat=len(forks)), key=lambda turn: (sum(turn), turn))
    return tuple(_spelt(letters, dict(zip(forks, turn, strict=True))) for turn in turns[:MOST_READINGS])


def search_words(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """The initials of a service under its name and under everything else people call it."""
    return tuple(dict.fromkeys(word for text in (name, *aliases) for word in initials(text)))


def _spelt(letters: list[str], turns: dict[int, int]) -> str:
    return "".join(choice[turns.get(at, 0)] for at, choice in enumerate(letters))


def _letters(text: str) -> list[str]:
    """For each character that can be typed one letter, or two with the likelier first."""
    found: list[str] = []
    for run in _TYPED.findall(unicodedata.normalize("NFKC", text).casefold()):
        if run.isascii():
            found.append(run)
            continue
        for character, (letter, *_) in zip(run, pinyin(run, style=Style.FIRST_LETTER), strict=True):
            if letter.isascii():  # a character without a reading comes back as itself
                other = _TWO_READINGS.get(character, "").replace(letter, "")[:1]
                found.append(letter + other)
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(search_words(sys.argv[1], tuple(sys.argv[2:]))))
