"""What happens to a box beside the presses of its pads: words of its links, and a rest that ends."""

from dataclasses import dataclass

from devices.call_pad import KeyPressed
from devices.rating_pad import LevelPressed
from hall.catalog import Catalog
from hall.wire.replies import Reply
from hall.wire.views import Desk, RatingPage
from queue_server.link.errors import LinkError


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The server let the clerk in."""

    catalog: Catalog | None


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """It did not; `error` is None for a defect of ours."""

    error: LinkError | None


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The session is over without the clerk having ended it."""


@dataclass(frozen=True, slots=True)
class DeskCame:
    """The server sent the desk as it stands now."""

    desk: Desk


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The way to the server changed."""

    online: bool


@dataclass(frozen=True, slots=True)
class ServerSeen:
    """The rating session, which needs no clerk, found the server or lost it."""

    online: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """The server answered the act on its way."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """No answer came."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A call ended by hand is durable; `waiting` are the numbers of which the server has not heard."""

    number: str
    waiting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The server heard of what was kept; `waiting` are the numbers that are left."""

    waiting: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rested:
    """The blink of an eye after an act is over."""


@dataclass(frozen=True, slots=True)
class PageCame:
    """The server sent what may be rated now."""

    page: RatingPage


@dataclass(frozen=True, slots=True)
class Rated:
    """The server answered a rating; None: it did not."""

    reply: Reply | None


Event = (
    KeyPressed
    | LevelPressed
    | SignedIn
    | NotSignedIn
    | SessionEnded
    | DeskCame
    | LinkChanged
    | ServerSeen
    | Answered
    | NotAnswered
    | Kept
    | Delivered
    | Rested
    | PageCame
    | Rated
)
