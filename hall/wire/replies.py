"""What the server answers. A refusal by rule is a result the screen must handle, never an exception."""

from enum import StrEnum

from hall.ticket import Ticket
from hall.words import Id, Micros, Word


class Refusal(StrEnum):
    """Why a command was not carried out."""

    NOBODY_WAITING = "nobody_waiting"
    WINDOW_BUSY = "window_busy"  # the window already has a called or serving ticket
    WINDOW_NOT_OPEN = "window_not_open"  # paused or closed
    UNKNOWN_TICKET = "unknown_ticket"
    NOT_THIS_WINDOW = "not_this_window"
    WRONG_STATE = "wrong_state"
    TOO_MANY_RETURNS = "too_many_returns"
    CALLED_TOO_SELDOM = "called_too_seldom"  # it is missed only when called as often as its slip says
    CALLED_ENOUGH = "called_enough"  # as often as the hall calls one number: missed is next
    CANNOT_SERVE = "cannot_serve"  # this window does not serve that group
    UNDO_TOO_LATE = "undo_too_late"
    ALREADY_RATED = "already_rated"
    NOT_ALLOWED = "not_allowed"  # this session may not do that
    WITHDRAWN = "withdrawn"  # its window took it back before it was carried out
    BAD_CODE = "bad_code"  # no slip code of this hall, damaged or forged
    BAD_NUMBER = "bad_number"  # not a printed number of this hall, or one that nobody can have printed today
    BAD_TIME = (
        "bad_time"  # cannot be: in the future, of another day, before the number was taken, ended before it began
    )
    NOT_TODAY = "not_today"  # a slip of another business day
    ALREADY_OVER = "already_over"  # the ticket has been served or cancelled
    NO_RECOVERY = "no_recovery"  # nothing is being waited for
    UNKNOWN_LANE = "unknown_lane"
    UNKNOWN_GROUP = "unknown_group"  # the hall has no such group, or it takes no appointments
    NO_SLOT = "no_slot"  # no time for appointments begins then: no slot, a day off, past, or too far away
    UNKNOWN_PLAN = "unknown_plan"
    BAD_RULE = "bad_rule"  # rows that do not fit together, or a window that helps no longer
    CHANGED_MEANWHILE = "changed_meanwhile"  # somebody else has changed the same part of the catalogue
    BAD_ARRANGEMENT = "bad_arrangement"  # does not fit the rest of the catalogue
    NUMBERS_GIVEN = "numbers_given"  # a group or service that somebody has taken a number for cannot be taken away
    PEOPLE_WAIT = "people_wait"  # it must be said what becomes of those who wait
    PERSONAL_WORDS = "personal_words"  # what was written freely holds a number by which somebody can be found
    SYSTEM_FAULT = "system_fault"  # the group cannot be served just now


class Reply(Word):
    """The answer to one command; the same request id always gets the same one.

    `seq` is the last journal entry the command wrote (0 if none); `ticket` is the ticket it concerned, after it.
    """

    request_id: Id
    refusal: Refusal | None = None
    ticket: Ticket | None = None
    masked_name: str = ""
    seq: int = 0
    at: Micros = 0

    @property
    def done(self) -> bool:
        """Whether the command was carried out."""
        return self.refusal is None


class SignedIn(Word):
    """A staff session. `roles` are of clerk, manager and auditor; `expires_at` is absolute."""

    session: str
    staff: str
    roles: tuple[str, ...]
    window: int | None
    expires_at: Micros


class Problem(Word):
    """An error as the API states it (any status above 399): stable code, words, whether to retry, what to do."""

    code: str
    message: str
    retry: str
    advice: str = ""
