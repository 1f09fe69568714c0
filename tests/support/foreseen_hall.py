"""A small hall written as facts, with the live forecast that hears them. Minutes count from nine o'clock."""

from dataclasses import dataclass, field

from hall.catalog import Catalog
from hall.facts import (
    Body,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    WindowOpened,
    WindowPaused,
)
from hall.ticket import TicketClass
from hall.waiting import wait_words
from queue_server.forecast.live import Forecaster
from queue_server.forecast.outlook import Outlook, Said
from tests.support.referee import small_catalog
from tests.support.tickets import DAY, MINUTE, NINE, entry

CLERK = "0301"


@dataclass
class ForeseenHall:
    """Windows as in `small_catalog`: 1 serves alpha, 2 beta and helps alpha, 3 both."""

    catalog: Catalog = field(default_factory=small_catalog)
    seed: int = 1
    minute: float = 0.0

    def __post_init__(self) -> None:
        self.forecaster = Forecaster(self.catalog, self.seed)
        self._seq = 0
        self._issued = 0
        self._prefixes = {group.id: group.prefix for group in self.catalog.groups}

    @property
    def now(self) -> int:
        return NINE + round(self.minute * MINUTE)

    def tell(self, body: Body) -> None:
        self._seq += 1
        self.forecaster.hear(entry(self._seq, body, at=self.now))

    def open(self, *windows: int) -> None:
        for window in windows:
            self.tell(WindowOpened(window=window, clerk=CLERK))

    def pause(self, window: int, back_in_minutes: float | None = None) -> None:
        back_at = None if back_in_minutes is None else self.now + round(back_in_minutes * MINUTE)
        self.tell(WindowPaused(window=window, clerk=CLERK, back_at=back_at))

    def issue(
        self, group: str = "alpha", ticket_class: TicketClass = TicketClass.ORDINARY, *, offline: bool = False
    ) -> str:
        self._issued += 1
        ticket = f"{self._issued:032x}"
        prefix = self._prefixes[group]
        self.tell(
            TicketIssued(
                ticket=ticket, day=DAY, service=f"{group}_one", group=group, prefix=prefix, n=self._issued,
                ticket_class=ticket_class, offline=offline,
            )
        )  # fmt: skip
        return ticket

    def call(self, ticket: str, window: int) -> None:
        self.tell(TicketCalled(ticket=ticket, window=window, clerk=CLERK, call_no=1))

    def start(self, ticket: str, window: int) -> None:
        self.tell(ServiceStarted(ticket=ticket, window=window, clerk=CLERK))

    def finish(self, ticket: str, window: int) -> None:
        self.tell(ServiceFinished(ticket=ticket, window=window, clerk=CLERK))

    def miss(self, ticket: str, window: int) -> None:
        self.tell(TicketMissed(ticket=ticket, window=window, clerk=CLERK))

    def serve(self, ticket: str, window: int, minutes: float) -> None:
        self.call(ticket, window)
        self.start(ticket, window)
        self.minute += minutes
        self.finish(ticket, window)

    def look(self) -> Outlook:
        return self.forecaster.look(self.now)

    def newcomer(self, group: str = "alpha", ticket_class: TicketClass = TicketClass.ORDINARY) -> Said:
        return said_to(self.look(), group, ticket_class)


def said_to(outlook: Outlook, group: str, ticket_class: TicketClass = TicketClass.ORDINARY) -> Said:
    return next(each.said for each in outlook.newcomers if (each.group, each.ticket_class) == (group, ticket_class))


def words(said: Said) -> str:
    return wait_words(said.wait)
