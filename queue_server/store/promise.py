"""What the rules of the present need of whatever keeps it: a transaction over tables, or dictionaries in memory."""

from datetime import date
from typing import Any, Protocol, TypeVar

from hall.alerts import Alert
from hall.booking import Booking
from hall.projection import WindowStatus
from hall.ticket import Ticket
from queue_server.store.records import (
    DayCount,
    Derived,
    Doubled,
    GivenPlan,
    HandCall,
    Health,
    Lane,
    PlanSwitch,
    Rating,
    Recovery,
    Served,
    SlotChange,
    SystemFault,
)

D = TypeVar(
    "D",
    Ticket,
    WindowStatus,
    Lane,
    GivenPlan,
    Health,
    Served,
    Rating,
    DayCount,
    HandCall,
    Doubled,
    Recovery,
    Booking,
    SlotChange,
    SystemFault,
    PlanSwitch,
    Alert,
)


class Present(Protocol):
    """Derived records that can be looked up and changed."""

    def get(self, kind: type[D], *key: Any) -> D | None:
        """The record of that key."""
        ...

    def put(self, record: Derived) -> None:
        """A new record or a new state of one."""
        ...

    def drop(self, kind: type[D], *key: Any) -> None:
        """Take a record away."""
        ...

    def move(self, before: Ticket | None, after: Ticket) -> None:
        """A ticket was issued or changed."""
        ...

    def ticket_of_number(self, day: date, prefix: str, lane: int | None, n: int) -> Ticket | None:
        """The ticket a printed number of a day belongs to."""
        ...

    def last_recovery(self) -> Recovery | None:
        """The latest time after the server was set back; None if it never was."""
        ...
