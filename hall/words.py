"""The base of everything that is stored or sent: frozen, strict, unknown fields refused."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""128 random bits in hex. Made by the caller, never here."""

GREATEST_LANE = 99_999

Lane = Annotated[int, Field(ge=0, le=GREATEST_LANE)]
"""An issuer's number 机号, used by one incarnation only; 0 is the server itself."""

SERVER_LANE = 0

Micros = Annotated[int, Field(ge=0, le=2**53)]
"""Microseconds since 1970 UTC, or of a monotonic clock; safe as a JSON number everywhere."""

WindowNumber = Annotated[int, Field(ge=1, le=999)]

Staff = Annotated[str, Field(pattern=r"^[0-9]{2,12}$")]
"""A staff number 工号, never a name."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""The id of a service or a group, as in the catalogue."""

Prefix = Annotated[str, Field(pattern=r"^[A-Z]$")]
"""The letter of a group's numbers."""

GREATEST_NUMBER = 999_999
"""No hall gives more numbers of one group in a day; one absurd number must not stop a prefix."""

Count = Annotated[int, Field(ge=1, le=GREATEST_NUMBER)]
"""The counter of a number."""


class Word(BaseModel):
    """Base of facts, commands, replies, pushes and tickets."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
