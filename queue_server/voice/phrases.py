"""A call as a sentence: the one on the board and the one that is heard. Pure."""

import re
from dataclasses import dataclass
from enum import Enum

from hall.numbering import parse_number
from queue_server.voice.english import words
from queue_server.voice.pinyin import DIGITS, counted, syllable

_NAME = re.compile(r"^(?P<number>[A-Z](?:\d{1,5}-)?\d{3,9})-w(?P<window>\d{1,3})(?P<english>-en)?$")


class Language(Enum):
    """In which a call is said; the value is what ends the name of its WAV."""

    MANDARIN = ""
    ENGLISH = "-en"


@dataclass(frozen=True, slots=True)
class Call:
    """A printed number and the window it is called to, in one language."""

    number: str
    window: int
    language: Language = Language.MANDARIN

    @property
    def name(self) -> str:
        """The stem of its WAV file: the same call always has the same one."""
        return f"{self.number}-w{self.window}{self.language.value}"

    @property
    def address(self) -> str:
        """Where a browser finds its WAV."""
        return f"/voice/{self.name}.wav"

    @classmethod
    def named(cls, name: str) -> "Call | None":
        """The call of a WAV's stem; None if no call has that name."""
        match = _NAME.match(name)
        if not match or parse_number(match["number"]) is None or int(match["window"]) < 1:
            return None
        call = cls(match["number"], int(match["window"]), Language(match["english"] or ""))
        return call if call.name == name else None


def shown(call: Call) -> str:
    """The sentence on the board, with one plain space between figures and characters."""
    return f"请 {call.number} 号到 {call.window} 号窗口"


def spoken(call: Call) -> str:
    """The sentence as it is said, digit by digit for the number and counted for the window: 请A零零一号到三号窗口."""
    digits = str.maketrans({**{str(value): word for value, word in enumerate(DIGITS)}, "-": "杠"})
    return f"请{call.number.translate(digits)}号到{counted(call.window)}号窗口"


def syllables(call: Call) -> tuple[str, ...]:
    """The spoken sentence syllable by syllable, in English word by word, as `synthesis` needs it."""
    if call.language is Language.ENGLISH:
        return words(call.number, call.window)
    return tuple(syllable(character) for character in spoken(call))
