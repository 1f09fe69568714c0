"""好差评: five levels, one rating per service given, pressed on the citizen's side only."""

from enum import IntEnum


class Level(IntEnum):
    """The five levels of the national rule; their wording is not to be extended locally."""

    VERY_GOOD = 5
    GOOD = 4
    FAIR = 3
    BAD = 2
    VERY_BAD = 1


WORDS: dict[Level, tuple[str, str]] = {
    Level.VERY_GOOD: ("非常满意", "Excellent"),
    Level.GOOD: ("满意", "Good"),
    Level.FAIR: ("基本满意", "Fair"),
    Level.BAD: ("不满意", "Poor"),
    Level.VERY_BAD: ("非常不满意", "Very poor"),
}
