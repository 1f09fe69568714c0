"""快到号了: what a hall tells a city's own channel (short messages, its app) when few people are left before a ticket.

At least once: the same news keeps its `event_id`, also after a restart of the hall, so that the receiver can leave out
what it has. Signed: HMAC-SHA256 over the time of sending, a full stop and the body, by a key of its own.
"""

import hashlib
import hmac
from datetime import date
from typing import Literal

from pydantic import Field

from hall.words import Id, Micros, Word

EVENT = "X-OneWindow-Event"
TIMESTAMP = "X-OneWindow-Timestamp"
SIGNATURE = "X-OneWindow-Signature"


class NearNews(Word):
    """Few are left before a ticket. Whoever scanned the slip can make the digest (`hall.slip_code.digest_told`)."""

    kind: Literal["near"] = "near"
    event_id: Id
    hall: str
    day: date
    number: str
    digest: str
    ahead: int = Field(ge=0)
    place: str = ""
    windows: str = ""
    at: Micros


def event_id(hall_id: str, ticket: str) -> str:
    """The id of the one such news of a ticket."""
    return hashlib.sha256(f"near\n{hall_id}\n{ticket}".encode()).hexdigest()[:32]


def sign(key: bytes, timestamp: int, body: bytes) -> str:
    """The signature, hex.

    Args:
        key: The webhook's key.
        timestamp: Seconds since 1970 UTC, as in the header; a receiver refuses what is minutes old.
        body: The body as sent.
    """
    return hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
