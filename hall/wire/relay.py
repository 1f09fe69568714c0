"""Between a hall and its relay on the city's host: ticket states out, citizens' wishes back, only as the hall asks.

Both sides sign with the relay's key. A push counts once: the relay names its life at each start, a push says for which
life it is meant, and within one life `seq` only rises. An answer is signed together with the push it answers.
"""

import hashlib
import hmac
from typing import Annotated, Literal

from pydantic import Field

from hall.rating import Level
from hall.wire.phone import PhoneTicket
from hall.words import Id, Micros, Word

ADDRESS = "/hall"
SIGNATURE = "X-OneWindow-Signature"
MOST_TICKETS = 500
"""So many go in one push; the others follow at once."""
CLOCKS_DIFFER_US = 120_000_000
"""So far may the two clocks be apart; a push that says otherwise was made at another time."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class TicketNews(Word):
    """How one ticket stands now; the digest is of its id, which no slip shows in clear."""

    digest: Digest
    ticket: PhoneTicket


class RelayPush(Word):
    """What the hall tells.

    Attributes:
        life: The relay's life for which it is meant; empty to ask for it, and then the rest does not count.
        seq: Rises with each push of a life.
        sent_at: By the hall's clock.
        anew: Whether everything is told from here on: what the relay was told before is forgotten.
        more: Whether further tickets follow at once: one that is not there yet may still come.
        tickets: Those that differ from what was told before.
        done: Wishes that were seen to.
    """

    life: str = Field(default="", max_length=32)
    seq: int = Field(ge=1, le=2**53)
    sent_at: Micros
    anew: bool = False
    more: bool = False
    tickets: tuple[TicketNews, ...] = Field(default=(), max_length=MOST_TICKETS)
    done: tuple[Id, ...] = Field(default=(), max_length=MOST_TICKETS)


class Wish(Word):
    """What a citizen pressed on the relay's page. The hall looks at the code's seal before anything is done."""

    id: Id
    kind: Literal["leave", "rate"]
    code: str = Field(max_length=512, repr=False)
    level: Level | None = None


class RelayAnswer(Word):
    """What the relay answers: its life, whether the push counted, and the wishes not yet seen to."""

    life: str = Field(max_length=32)
    taken: bool
    wishes: tuple[Wish, ...] = ()


def sign_push(key: bytes, body: bytes) -> str:
    """The signature of a push, hex."""
    return hmac.new(key, b"onewindow push\n" + body, hashlib.sha256).hexdigest()


def sign_answer(key: bytes, push_signature: str, body: bytes) -> str:
    """The signature of the answer to the push of that signature, hex."""
    return hmac.new(key, f"onewindow answer\n{push_signature}\n".encode() + body, hashlib.sha256).hexdigest()


def is_signed(told: str, expected: str) -> bool:
    """Whether a signature is the expected one; takes as long for either answer."""
    return hmac.compare_digest(told.encode(), expected.encode())
