"""What a call pad stands at: who is signed in, what is being typed, what it was just told."""

from dataclasses import dataclass
from enum import Enum, auto


class Access(Enum):
    """How the clerk stands to the window."""

    OUT = auto()
    ENTERING = auto()  # staff number and PIN are on their way
    IN = auto()


@dataclass(frozen=True, slots=True)
class Choosing:
    """The clerk is choosing a group to transfer to: the first one listed, from 0, and the place typed so far."""

    first: int = 0
    typed: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Pad:
    """Everything of a call pad that the desk does not know. Its repr shows nothing: it may hold a PIN.

    Attributes:
        access: Whether digits sign in or choose.
        staff: The staff number as typed so far.
        pin: The PIN as typed so far; forgotten as soon as it is sent.
        at_pin: Whether the next digit belongs to the PIN.
        choosing: Set while a transfer is being chosen.
        notice: What was refused or went wrong, in words; the next key takes it away.
        away: Whether the server is known to be away while nobody is signed in.
    """

    access: Access = Access.OUT
    staff: str = ""
    pin: str = ""
    at_pin: bool = False
    choosing: Choosing | None = None
    notice: str = ""
    away: bool = False

    def __repr__(self) -> str:
        return f"Pad({self.access.name})"


@dataclass(frozen=True, slots=True, repr=False)
class SignInWish:
    """The clerk wants in. Its repr shows nothing."""

    staff: str
    pin: str

    def __repr__(self) -> str:
        return "SignInWish()"
