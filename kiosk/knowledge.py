"""What this kiosk knows of the hall, kept in memory so that a screen never waits: catalogue, clock, who waits."""

import threading
from collections import Counter
from datetime import datetime

from hall.admission import NoNumber, refusal
from hall.catalog import Catalog
from hall.clock import SECOND_US, Clock
from hall.opening import CHINA_MINUTES, local_time
from hall.slots import Slot
from hall.ticket import TicketState
from hall.waiting import Wait
from hall.wire.views import GroupWait, Waits
from kiosk.appointments import next_free
from queue_server.link.ledger import Ledger, trusted_day

WAITS_FRESH_US = 60 * SECOND_US
"""What was foretold longer ago is not shown any more."""


class Knowledge:
    """Answers `kiosk.known.Known` from the ledger.

    `refresh` reads the ledger and may be called from any thread; the answers are of the last refresh.
    """

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._lock = threading.Lock()
        self._online = False
        self._waiting: Counter[str] = Counter()
        self._waits: dict[str, GroupWait] = {}
        self._waits_at = 0
        self._issued: dict[str, int] = {}
        self._free: dict[str, Slot | None] = {}
        self._down: frozenset[str] = frozenset()
        self._catalog = ledger.catalog()
        self._suspect = False
        self._put_back = False

    def set_online(self, online: bool) -> None:  # noqa: FBT001 - the value is the state
        """Whether figures are of now."""
        self._online = online

    @property
    def online(self) -> bool:
        """Whether the server answers."""
        return self._online

    @property
    def enrolled(self) -> bool:
        """Whether numbers can be given at all: a lane and a catalogue are here."""
        return self._catalog is not None and self._ledger.lane is not None

    @property
    def copied(self) -> bool:
        """Whether its data are a copy of another kiosk's, or were put back: it must meet the server once."""
        state = self._ledger.state
        return state.lane is None and state.replaces is not None

    @property
    def suspect(self) -> bool:
        """Whether the clock cannot be right, as of the last refresh."""
        return self._suspect

    @property
    def put_back(self) -> bool:
        """Whether people are to be told that an older file may have been put back, as of the last refresh."""
        return self._put_back

    def refresh(self) -> None:
        """Read the ledger again, after tickets or the catalogue changed."""
        catalog = self._ledger.catalog()
        waiting: Counter[str] = Counter()
        issued: dict[str, int] = {}
        free: dict[str, Slot | None] = {}
        suspect = put_back = False
        down = self._ledger.groups_down()
        if catalog is not None:
            state, today = self._ledger.state, self._local(catalog).date()
            day, (trusted, suspect) = state.last_day or today, trusted_day(today, state.last_day)
            put_back = state.told_put_back_on(trusted)
            live = self._ledger.live_tickets(day)
            waiting.update(ticket.group for ticket, _ in live if ticket.state is TicketState.WAITING)
            limits = {group.id: group.daily_limit for group in catalog.groups if group.daily_limit is not None}
            issued = {group: self._ledger.issued_count(day, group) for group in limits}
            full = [group for group, limit in limits.items() if issued[group] >= limit]
            free = {group: next_free(self._ledger, self._clock, group) for group in full}
        with self._lock:
            self._catalog, self._waiting, self._issued = catalog, waiting, issued
            self._suspect, self._put_back, self._free = suspect, put_back, free
            self._down = down

    @property
    def catalog(self) -> Catalog | None:
        """The catalogue in force."""
        return self._catalog

    def local(self) -> datetime:
        """The hall's own clock."""
        return self._local(self._catalog)

    def waiting(self, group_id: str) -> int | None:
        """How many wait in a group; None while cut off."""
        with self._lock:
            return self._waiting[group_id] if self._online else None

    def next_free(self, group_id: str) -> Slot | None:
        """Of a full group the next time that can be booked, as of the last refresh."""
        with self._lock:
            return self._free.get(group_id)

    def set_waits(self, waits: Waits) -> None:
        """How long newcomers wait, as the server foretold just now."""
        with self._lock:
            self._waits = {each.group: each for each in waits.groups}
            self._waits_at = self._clock.now().mono_us

    def wait(self, group_id: str, *, priority: bool = False) -> Wait | None:
        """How long who comes now waits in a group; None while cut off, or when it was foretold too long ago."""
        with self._lock:
            foretold = self._waits.get(group_id)
            age = self._clock.now().mono_us - self._waits_at
        if foretold is None or not self._online or not 0 <= age <= WAITS_FRESH_US:
            return None
        return foretold.priority if priority else foretold.ordinary

    def refusal(self, group_id: str) -> NoNumber | None:
        """Why no number of the group is given now, whoever asks."""
        catalog = self._catalog
        if catalog is None:
            return None
        local = None if self._suspect else self.local()
        down = group_id in self._down
        found = refusal(catalog, group_id, local, self._issued.get(group_id, 0), None, (), down=down)
        return found[0] if found else None

    def _local(self, catalog: Catalog | None) -> datetime:
        offset = catalog.hall.offset_minutes if catalog else CHINA_MINUTES
        return local_time(self._clock.now().wall_us, offset)
