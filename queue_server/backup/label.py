"""What a backup says of itself, and its name: `HALL-20261126T091500Z-seq1234.owb`, `…-daily.owb`."""

import json
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from hall.opening import CHINA_MINUTES
from hall.words import Micros, Word

FORMAT = 1
SUFFIX = ".owb"
_Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Label(Word):
    """Whose database it is, when it was taken and how far it reaches.

    Attributes:
        format: Version of the envelope.
        fingerprint: Of the hall key that seals it.
        hall: The hall's id.
        at: When it was taken.
        daily: One of the daily ones: the whole chain was followed, and nobody's name or token is inside.
        schema_version: Of the database.
        epoch: The life of the server it was taken in.
        seq: Place of the last journal entry.
        head: Hash of that entry.
        size: Bytes of the database.
        digest: SHA-256 of the database.
        asked: A person asked for it; otherwise it was made by the clock.
        offset_minutes: The hall's clock against UTC.
        salt: 32 random bytes; every file has keys of its own.
    """

    format: int = FORMAT
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    hall: str = Field(max_length=40)
    at: Micros
    daily: bool
    schema_version: int = Field(ge=1)
    epoch: str = Field(max_length=64)
    seq: int = Field(ge=0)
    head: _Hex
    size: int = Field(ge=1)
    digest: _Hex
    salt: _Hex
    asked: bool = False
    offset_minutes: int = Field(default=CHINA_MINUTES, ge=-1440, le=1440)

    @model_serializer(mode="wrap")
    def _as_ever(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Labels written before these two were known read back to the same text: their seal is over it."""
        said: dict[str, object] = handler(self)
        for later, usual in (("asked", False), ("offset_minutes", CHINA_MINUTES)):
            if said[later] == usual:
                del said[later]
        return said

    @property
    def name(self) -> str:
        """The name its file gets: sorted as text it is sorted by time."""
        return f"{self.hall}-{stamp(self.at)}-seq{self.seq}{'-daily' if self.daily else ''}{SUFFIX}"


def stamp(at: int) -> str:
    """An instant as letters and digits: `20261126T091500Z`."""
    return f"{datetime.fromtimestamp(at / 1e6, UTC):%Y%m%dT%H%M%SZ}"


def format_of(text: bytes) -> int | None:
    """The version of an envelope that this program may be too old to read; None if that is no label at all."""
    try:
        version = json.loads(text)["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return version if isinstance(version, int) else None
