"""Which words a strip shows at its width, and how a printed number is shortened without becoming another. Pure.

Widths are in cells 半角: a Chinese character takes two, as in the strips' own GB type. A strip of six Chinese
characters has 12 cells, one of four has 8.
"""

import re
from collections.abc import Mapping

from devices.led_display.led_display import Message, Tone
from hall.numbering import parse_number

# From the fullest form to the shortest: the first that fits is shown. `{text}` alone is what the message says.
WITH_NUMBER: Mapping[Tone, tuple[str, ...]] = {
    Tone.CALLING: ("请{number}号{text}", "请{number}号", "{number}"),
    Tone.SERVING: ("{number}号{text}", "{number}号 办理中", "{number} 办理中", "{number}办理", "{number}"),
    Tone.IDLE: ("{number}",),
    Tone.PAUSED: ("暂停服务", "暂停"),
}
WITHOUT_NUMBER: Mapping[Tone, tuple[str, ...]] = {
    Tone.IDLE: ("{text}", "欢迎您", "欢迎"),
    Tone.CALLING: ("{text}", "请稍候"),
    Tone.SERVING: ("{text}", "正在办理", "办理中", "办理"),
    Tone.PAUSED: ("{text}", "暂停服务", "暂停"),
}

_NUMBER = re.compile(r"(?<![0-9A-Za-z-])[A-Z](?:[1-9]\d{0,4}-)?\d{3,}(?![0-9A-Za-z-])")
_RUN_BEGINS, _RUN_ENDS = re.compile(r"[0-9A-Za-z-]"), re.compile(r"[0-9A-Za-z-]+$")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def width(text: str) -> int:
    """How many cells a text takes."""
    return sum(1 if character.isascii() else 2 for character in text)


def clean(text: str) -> str:
    """The text without what a display could take for a command, or what turns the order of characters."""
    return _CONTROLS.sub("", text).strip()


def strip_text(message: Message, cells: int) -> str:
    """What a strip of so many cells shows; empty when nothing true fits."""
    number = number_within(clean(message.number), cells)
    text = clean(message.text)
    for form in (WITH_NUMBER if number else WITHOUT_NUMBER)[message.tone]:
        shown = form.format(number=number, text=text)
        if shown and width(shown) <= cells and ("{text}" not in form or text):
            return shown
    return ""


def number_within(number: str, cells: int) -> str:
    """A printed number in at most so many cells, never one that reads as another number.

    What does not fit whole loses its front at the hyphen, which stays as the sign that something is missing
    (`A12-104` in five cells: `-104`); what fits no way becomes hyphens only: look at the slip, or at the board.
    """
    if width(number) <= cells:
        return number
    tail = number[number.rfind("-") :] if "-" in number else ""
    return tail if tail and width(tail) <= cells else "-" * cells


def cut(text: str, cells: int) -> str:
    """The beginning of a text in at most so many cells. A number or word that would be cut through goes whole.

    Only a number at the very beginning stays in the form that `number_within` gives it.
    """
    text = clean(text)
    if width(text) <= cells:
        return text
    kept = text
    while width(kept) > cells:
        kept = kept[:-1]
    if _RUN_BEGINS.match(text[len(kept) :]):
        kept = _RUN_ENDS.sub("", kept)
    if kept.strip():
        return kept.rstrip()
    number = _NUMBER.match(text)
    return number_within(number[0] if number else text, cells)


def digits_only(text: str, cells: int) -> str:
    """What a display of digits shows of a text: its first number without the letter, or digits; words it cannot show.

    A number in lane form keeps its hyphen for the lane that is missing: `A12-104` is `-104`, `A104` is `104`.
    """
    text = clean(text)
    found = _NUMBER.search(text)
    number = parse_number(found[0]) if found else None
    if number is not None:
        text = f"{number.n:03}" if number.lane is None else f"-{number.n:03}"
    elif not (text.isascii() and text.isdigit()):
        return ""
    return text if len(text) <= cells else "-" * cells


def value_of(message: Message, largest: int) -> int | None:
    """What a board that has digits only may show: the counter of a number in plan form, else None.

    A number in lane form would read as another one without its lane. The letter is lost, which the board cannot help.
    """
    number = parse_number(message.number) if message.tone in (Tone.CALLING, Tone.SERVING) else None
    if number is None or number.lane is not None or number.n > largest:
        return None
    return number.n
