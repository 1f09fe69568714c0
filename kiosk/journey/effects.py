"""What the shell has to do after a step of the journey."""

from dataclasses import dataclass

from hall.identity import IdentityDocument


@dataclass(frozen=True, slots=True)
class Issue:
    """Give a number: one durable transaction, then the paper. Answered by `NumberGiven`, `NumberRefused` or failure.

    `paper` false: no slip is tried (无纸取号). `by_age`: priority by the document, not by the button.
    `booking`: the appointment it is given for.
    `returning`: the ticket that was sent back for papers 补件.
    """

    service: str
    document: IdentityDocument | None
    priority: bool
    paper: bool
    by_age: bool = False
    booking: str | None = None
    returning: str | None = None


@dataclass(frozen=True, slots=True)
class FindAppointment:
    """Look for the appointment of a typed or scanned number. Answered by `AppointmentFound`."""

    number: str


@dataclass(frozen=True, slots=True)
class Print:
    """补打 the slip of a ticket: the same number, marked as a copy."""

    ticket: str


@dataclass(frozen=True, slots=True)
class SettleSlip:
    """Somebody said that the slip of this ticket did come out."""

    ticket: str


@dataclass(frozen=True, slots=True)
class VoidTicket:
    """Cancel a ticket whose slip nobody has."""

    ticket: str


@dataclass(frozen=True, slots=True)
class WipeDocument:
    """Whatever the shell still holds of the document must go."""


@dataclass(frozen=True, slots=True)
class NotifyStaff:
    """Somebody at this kiosk asks for a person."""


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """The one who asked for help has gone on."""


Effect = Issue | FindAppointment | Print | SettleSlip | VoidTicket | WipeDocument | NotifyStaff | WithdrawNotice
