"""How the devices of a window are. A kiosk tells the same as facts of its lane; a window has no lane."""

from pydantic import Field

from hall.facts import PartState, Words
from hall.words import Word

PARTS = 20


class PartHealth(Word):
    """One device of a window as it is now, in words for the manager.

    Attributes:
        part: Its kind or name: rating_pad, call_pad, led_display …
        state: One of four.
        problem: What is wrong; empty while online.
        advice: What a person should do; empty while online.
    """

    part: str = Field(min_length=1, max_length=40)
    state: PartState
    problem: Words = ""
    advice: Words = ""


class HealthReport(Word):
    """All devices of the window that tells it, as they are now. Telling the same again is harmless."""

    parts: tuple[PartHealth, ...] = Field(max_length=PARTS)
