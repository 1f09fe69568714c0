"""The hall as it stands, looked at once and shared by the views that are composed from it."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hall.calling import order_key
from hall.catalog import Catalog, ServiceGroup
from hall.clock import Moment
from hall.identity import Holder
from hall.opening import business_day
from hall.projection import WindowStatus
from hall.ticket import ACTIVE, Flag, Ticket, TicketState
from hall.window import WindowState
from queue_server.store import Reader
from queue_server.store.records import Lane


@dataclass(frozen=True, slots=True)
class Live:
    """Live tickets by where they are, and the windows.

    Attributes:
        at: When it was looked at.
        day: The business day.
        seq: The last journal entry it contains.
        waiting: By group, in calling order; uncertain ones are in no order.
        aside: Missed and held tickets, the latest first.
        uncertain: At no window, and nobody knows what became of them since the server was set back; oldest first.
        active: The ticket at each window that has one.
        windows: Every window of the catalogue as it stands.
        devices: Name of the device behind each lane.
    """

    at: int
    day: date
    seq: int
    catalog: Catalog
    waiting: dict[str, list[Ticket]]
    aside: list[Ticket]
    uncertain: list[Ticket]
    active: dict[int, Ticket]
    windows: dict[int, WindowStatus]
    devices: dict[int, str]

    @property
    def all_waiting(self) -> list[Ticket]:
        """Everybody who waits, in calling order without penalties."""
        return sorted((ticket for group in self.waiting.values() for ticket in group), key=order_key)

    def ahead(self, ticket: Ticket) -> int:
        """How many stand before a waiting ticket, as `hall.calling.people_ahead` counts; asked of each of hundreds."""
        return bisect_left(self.waiting.get(ticket.group, []), order_key(ticket), key=order_key)

    @property
    def all_uncertain(self) -> list[Ticket]:
        """Every uncertain ticket, also those that stand at windows, oldest first."""
        at_windows = [ticket for ticket in self.active.values() if Flag.UNCERTAIN in ticket.flags]
        return sorted([*self.uncertain, *at_windows], key=order_key)

    @property
    def open_windows(self) -> list[int]:
        """Windows where a clerk is signed in and not paused."""
        return [number for number, status in self.windows.items() if status.state is WindowState.IDLE]

    def group(self, group_id: str) -> ServiceGroup | None:
        """A group of the catalogue; None for one that a new catalogue no longer has."""
        return next((group for group in self.catalog.groups if group.id == group_id), None)

    def group_name(self, group_id: str) -> str:
        """Its name, else its id."""
        group = self.group(group_id)
        return group_id if group is None else group.name

    def service_name(self, ticket: Ticket) -> str:
        """The name of a ticket's service, else its id; of one known from its slip alone its group's."""
        if not ticket.service:
            return self.group_name(ticket.group)
        names = (service.name for service in self.catalog.services if service.id == ticket.service)
        return next(names, ticket.service)

    def longest_wait_us(self, group_id: str | None = None) -> int:
        """How long the longest waiting ticket has waited, of one group or all; 0 if nobody waits."""
        groups = self.waiting.values() if group_id is None else [self.waiting.get(group_id, [])]
        return max((max(0, self.at - ticket.issued_at) for group in groups for ticket in group), default=0)


def look(reader: Reader, moment: Moment) -> Live:
    """Look at the hall once.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    catalog = reader.catalog()
    waiting: dict[str, list[Ticket]] = defaultdict(list)
    active: dict[int, Ticket] = {}
    aside: list[Ticket] = []
    uncertain: list[Ticket] = []
    for ticket in reader.live_tickets():
        if ticket.state in ACTIVE and ticket.window is not None:
            active[ticket.window] = ticket
        elif Flag.UNCERTAIN in ticket.flags:
            uncertain.append(ticket)
        elif ticket.state is TicketState.WAITING:
            waiting[ticket.group].append(ticket)
        else:
            aside.append(ticket)
    for group in waiting.values():
        group.sort(key=order_key)
    return Live(
        at=moment.wall_us,
        day=business_day(moment.wall_us, catalog.hall.offset_minutes),
        seq=reader.head_seq(),
        catalog=catalog,
        waiting=dict(waiting),
        aside=sorted(aside, key=lambda ticket: -ticket.changed_at),
        uncertain=sorted(uncertain, key=order_key),
        active=active,
        windows={window.number: reader.window(window.number) for window in catalog.windows},
        devices={lane.lane: lane.device for lane in reader.every(Lane)},
    )


def masked_name(holders: dict[str, Holder], ticket: Ticket) -> str:
    """The masked name beside a ticket, empty when it is not or no longer known."""
    holder = holders.get(ticket.id)
    return "" if holder is None else holder.masked_name
