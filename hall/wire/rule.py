"""What a manager's change of the order of calling would have done, by class: `RulePreview`."""

from datetime import date

from hall.ticket import TicketClass
from hall.words import Word


class Waits(Word):
    """From the ticket's time to its first call."""

    mean_us: int
    p90_us: int


class ClassWaits(Word):
    """The waits of one class (None: everybody) of a day: as they were, and replayed in three orders."""

    ticket_class: TicketClass | None
    tickets: int
    really: Waits
    fcfs: Waits
    now: Waits
    then: Waits


class RulePreview(Word):
    """“With this table, that day would have been …”. `left` are numbers for whom the replay had no call left.

    `day` is None where no day has any call yet.
    """

    day: date | None
    classes: tuple[ClassWaits, ...]
    left: int
