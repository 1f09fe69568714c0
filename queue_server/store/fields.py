"""How values stand in columns: days, words of an enumeration, flags, truth, replies."""

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from peewee import IntegerField, TextField

from hall.ticket import Flag
from hall.wire.replies import Reply

E = TypeVar("E", bound=StrEnum)


class DayField(TextField):
    """A business day as ISO text."""

    def db_value(self, value: date | str | None) -> str | None:
        """ISO text; text is taken as it is."""
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        """The day."""
        return None if value is None else date.fromisoformat(value)


class WordField(TextField, Generic[E]):
    """One word of an enumeration."""

    def __init__(self, words: type[E], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def db_value(self, value: E | str) -> str:
        """Its text."""
        return str(value)

    def python_value(self, value: str) -> E:
        """The member."""
        return self.words(value)


class FlagsField(TextField):
    """A ticket's flags as one text, parted by commas."""

    def db_value(self, value: tuple[Flag, ...] | str) -> str:
        """The flags joined."""
        return value if isinstance(value, str) else ",".join(value)

    def python_value(self, value: str) -> tuple[Flag, ...]:
        """The flags parted."""
        return tuple(Flag(flag) for flag in value.split(",")) if value else ()


class TruthField(IntegerField):
    """0 or 1."""

    def python_value(self, value: int) -> bool:
        """As a truth value."""
        return bool(value)


class ReplyField(TextField):
    """A stored reply as JSON."""

    def db_value(self, value: Reply | str) -> str:
        """Canonical JSON."""
        return value if isinstance(value, str) else value.model_dump_json()

    def python_value(self, value: str) -> Reply:
        """The reply."""
        return Reply.model_validate_json(value)


class FiguresField(TextField):
    """A row of figures as JSON."""

    def db_value(self, value: Sequence[float] | str) -> str:
        """A JSON list, short enough to be kept for every ticket."""
        return value if isinstance(value, str) else json.dumps([round(each, 4) for each in value])

    def python_value(self, value: str) -> tuple[float, ...]:
        """The figures."""
        return tuple(json.loads(value))
