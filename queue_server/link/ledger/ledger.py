"""The one durable file of a device: who it is, what it issued, what the server does not have yet, what it heard."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Self

from peewee import Database

from hall.booking import Booking
from hall.catalog import Catalog
from hall.clock import DAY_US, MINUTE_US
from hall.errors import system_words
from hall.head_start import LONGEST_RETURN_DAYS
from hall.identity import Holder, HolderToken
from hall.opening import business_day
from hall.slots import Changes
from hall.ticket import Ticket
from hall.wire.hello import Welcome
from hall.wire.sync import BATCH, FeedMessage, Pushed, SentFact
from queue_server.link.errors import LedgerError, LedgerUnwritable
from queue_server.link.ledger import bookings, faults, feed, outbox, print_jobs, sent_back, tickets, welcome
from queue_server.link.ledger.bookings import KnownBooking
from queue_server.link.ledger.database import reading, writing
from queue_server.link.ledger.home import Folder, Home
from queue_server.link.ledger.place import Machine, Place
from queue_server.link.ledger.print_jobs import JobState, PrintJob
from queue_server.link.ledger.put_back import Instant, hear_time, jump_counters, leap
from queue_server.link.ledger.renewal import reincarnate, settle_in
from queue_server.link.ledger.sent_back import SentBack
from queue_server.link.ledger.state import DeviceState, change_state, found_state, read_state
from queue_server.link.ledger.tables import DEVICE, PRINT_JOB
from queue_server.link.ledger.transaction import Transaction
from queue_server.link.ledger.watermark import Watermark

KEEP_US = 8 * DAY_US
"""How long acknowledged facts, tickets and finished print jobs stay: a week and a day."""

CONTACT_US = MINUTE_US
"""How exactly the last contact is kept while open: each time it is written costs the disk a commit."""

_log = logging.getLogger("onewindow.link.ledger")


class Ledger:
    """A device's ledger. Safe to use from any thread: one connection, one lock, one writer at a time."""

    def __init__(self, home: Home, device: str, new_id: Callable[[], str]) -> None:
        self._hold = home.take()
        self._new_id = new_id
        self._lock = threading.RLock()
        self._on_written: Callable[[], None] = lambda: None
        self._catalog: Catalog | None = None
        self._contact_us = 0
        self._watermark = Watermark(home)
        with ExitStack() as opened:
            opened.callback(self._hold.release)
            self._database: Database = home.database()
            opened.callback(self._database.close)
            here = home.place()
            with writing(self._database):
                self._start(device, here)
                state = self.state
            self._watermark.keep(state)
            opened.pop_all()

    @classmethod
    def open(cls, folder: Path, device: str, new_id: Callable[[], str], machine: Machine | None = None) -> Self:
        """The ledger in a data folder, made if there is none. A new file is a new incarnation and gets a new lane.

        So does a file that is a copy: it lies elsewhere than where it was made.

        Args:
            folder: The data folder of this device alone.
            device: The device's configured name.
            new_id: Source of random ids.
            machine: The machine it runs on; found out when None.

        Raises:
            LedgerOnUnsafeDisk: If the folder is on a network or memory-card file system.
            LedgerInUse: If another process has the folder.
            LedgerDamaged: If the file does not read back right, or is gone though it was here; all is left in place.
            LedgerNewer: If a later version wrote it.
            LedgerUnwritable: If the disk does not let it be opened.
        """
        try:
            return cls(Folder(folder, machine), device, new_id)
        except OSError as error:
            raise LedgerUnwritable(f"数据文件夹 {folder} 用不了：{system_words(error)}") from error

    def close(self) -> None:
        """Let file and folder go, with the last contact as it was."""
        with self._lock:
            if not self._database.is_closed():
                with suppress(LedgerError):  # a disk that does not take that says so elsewhere
                    self._keep_contact()
                self._database.close()
                self._hold.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- writing ----

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One durable step. On leaving without an error all of it is on disk.

        Raises:
            LedgerUnwritable: If the disk did not take it; then none of it was recorded.
        """
        with self._lock:
            transaction = Transaction(self._database, self._new_id)
            with writing(self._database):
                yield transaction
                state = self.state  # read before it is durable: afterwards nothing may fail any more
            self._watermark.keep(state)
        if transaction.facts:
            self._on_written()

    def on_written(self, callback: Callable[[], None]) -> None:
        """Call this after every durable step that added a fact, on the writer's thread: the sync wakes by it."""
        self._on_written = callback

    def apply_welcome(self, answer: Welcome) -> bool:
        """Take over lane, plans, session and high-water mark; notices a restored server and a rolled-back file.

        Returns:
            Whether it was taken over; False when this ledger has taken a new incarnation instead: say hello again.
        """
        with self._lock:
            with writing(self._database):
                taken = welcome.apply_welcome(self._database, answer, self._new_id, self._offset_minutes)
                state = self.state
            self._watermark.keep(state)
        return taken

    def apply_pushed(self, answer: Pushed) -> bool:
        """Take over how far the lane has been applied, and the plans; as `apply_welcome`."""
        with self._lock:
            with writing(self._database):
                taken, state = welcome.apply_pushed(self._database, answer, self._new_id), self.state
            self._watermark.keep(state)
        return taken

    def apply_feed(self, messages: Sequence[FeedMessage]) -> bool:
        """Fold a run of the feed in, in one step; whether a ticket changed."""
        with self._lock, writing(self._database):
            return feed.apply(self._database, self.state, messages)

    def reread_feed(self) -> None:
        """The server was restored to an earlier time: forget what it told and read its journal from the start."""
        with self._lock, writing(self._database):
            welcome.reread_feed(self._database)

    def hear_time(self, server_time_us: int) -> None:
        """The server told the time: its business day is a day that has begun. Needs a catalogue for the offset."""
        with self._lock, writing(self._database):
            state, catalog = self.state, self.catalog()
            self._contact_us = server_time_us
            if not 0 <= server_time_us - state.contact_us < CONTACT_US:
                change_state(self._database, contact_us=server_time_us)
            if catalog is None:
                return
            hear_time(self._database, state, Instant(server_time_us, catalog.hall.offset_minutes))
            day = business_day(server_time_us, catalog.hall.offset_minutes)
            if state.last_day is None or day > state.last_day:
                change_state(self._database, last_day=day)
                tickets.forget_before(self._database, day)
                bookings.forget_before(self._database, day)

    def note_refused(self, why: str) -> None:
        """Keep what a person must mend before the server takes this device, for `--status`; empty when it does."""
        with self._lock:
            if self.state.refused != why:
                with writing(self._database):
                    change_state(self._database, refused=why)

    def store_catalog(self, catalog: Catalog) -> None:
        """Keep a catalogue snapshot in place of the one before."""
        with self._lock, writing(self._database):
            change_state(self._database, catalog_version=catalog.version, catalog=catalog.model_dump_json())
            self._catalog = None  # read again when next asked for: this step may still fail

    def tidy(self, server_time_us: int) -> None:
        """Forget what is older than a week and known to the server. Nothing unacknowledged ever goes."""
        before = server_time_us - KEEP_US
        with self._lock, writing(self._database):
            outbox.forget_acked(self._database, self.state, before)
            done = PRINT_JOB.state.in_([JobState.PRINTED.value, JobState.FAILED.value])
            PRINT_JOB.delete().where(done & (PRINT_JOB.wall_us < before)).execute(self._database)
            tickets.forget_all_before(self._database, business_day(before, 0))
            sent_back.forget_before(
                self._database, business_day(server_time_us, 0) - timedelta(days=LONGEST_RETURN_DAYS)
            )

    # ---- reading ----

    @property
    def state(self) -> DeviceState:
        """Who this ledger is and how far it got."""
        with self._lock, reading():
            return found_state(self._database)

    @property
    def lane(self) -> int | None:
        """The device's own number 机号; None while it was never enrolled."""
        return self.state.lane

    @property
    def unmarked(self) -> bool:
        """Whether the disk did not take the watermark's last line: an older file put back may go unnoticed."""
        return self._watermark.refused

    def unsent(self, limit: int = BATCH) -> list[SentFact]:
        """The first facts the server has not acknowledged, in order, with holders while they are kept."""
        with self._lock, reading():
            return outbox.unsent(self._database, self.state, limit)

    def unsent_count(self) -> int:
        """How many facts the server has not acknowledged."""
        with self._lock, reading():
            return outbox.count_unsent(self._database, self.state)

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket of the day (an own one for a week), as last heard."""
        with self._lock, reading():
            return tickets.find(self._database, ticket_id)

    def holder(self, ticket_id: str) -> Holder | None:
        """The holder of a ticket while the visit lasts; for others' tickets the token alone."""
        with self._lock, reading():
            return tickets.holder(self._database, ticket_id)

    def live_tickets(self, day: date, group: str | None = None) -> list[tuple[Ticket, HolderToken | None]]:
        """Live tickets of a day, of one group or of all, own and heard of, with their holders' tokens."""
        with self._lock, reading():
            return tickets.live_on(self._database, day, group)

    def called_tickets(self, day: date, group: str) -> list[Ticket]:
        """The tickets of a group that have been called on a day, as far as the feed told."""
        with self._lock, reading():
            return tickets.called_on(self._database, day, group)

    def sent_back(self, ticket_id: str) -> SentBack | None:
        """A visit that was sent back for papers and has not come back yet, as far as the feed told."""
        with self._lock, reading():
            return sent_back.find(self._database, ticket_id)

    def issued_count(self, day: date, group: str) -> int:
        """How many tickets of a group are known to have been issued that day."""
        with self._lock, reading():
            return tickets.count_issued(self._database, day, group)

    def groups_down(self) -> frozenset[str]:
        """The groups that cannot be served just now 系统故障, as far as the feed told."""
        with self._lock, reading():
            return faults.groups(self._database)

    def booking(self, booking: str) -> KnownBooking | None:
        """An appointment of today or later by its id, as last heard."""
        with self._lock, reading():
            return bookings.find(self._database, booking)

    def booking_of_number(self, number: str) -> KnownBooking | None:
        """The same by its number 预约号."""
        with self._lock, reading():
            return bookings.of_number(self._database, number)

    def bookings_of(self, token: HolderToken) -> list[KnownBooking]:
        """The appointments of one person, of today and later."""
        with self._lock, reading():
            return bookings.of_token(self._database, token)

    def booked_on(self, day: date) -> tuple[list[Booking], Changes]:
        """The appointments of a day, and what a manager changed of its slots."""
        with self._lock, reading():
            return bookings.on_day(self._database, day), bookings.changes_on(self._database, day)

    def jobs(self, *states: JobState) -> list[PrintJob]:
        """Print jobs in these states, oldest first; at start those `sent` or `unknown` are questions to people."""
        with self._lock, reading():
            return print_jobs.jobs_in(self._database, states)

    def catalog(self) -> Catalog | None:
        """The catalogue in force; None on a device that never had one."""
        with self._lock, reading():
            if self._catalog is None:
                text = DEVICE.select(DEVICE.catalog).scalar(self._database)
                self._catalog = Catalog.model_validate_json(text) if text else None
            return self._catalog

    # ---- opening and closing ----

    def _start(self, device: str, here: Place) -> None:
        state = read_state(self._database)
        if state is None:
            home = here.model_dump_json()
            row = {"one": 1, "incarnation": self._new_id(), "device": device, "home": home, "marked": 1}
            DEVICE.insert(row).execute(self._database)
            return
        if (state.device, state.marked) != (device, True):
            change_state(self._database, device=device, marked=1)
        settle_in(self._database, here, self._new_id)
        if self._watermark.outlived(self.state):
            reincarnate(self._database, self._new_id, "this file is of an earlier life")
        touched_us = self._watermark.touched_us() if state.marked else 0
        if touched_us and self.state.incarnation == state.incarnation:
            _log.error("link.watermark_touched: the data folder, or a part of it, may be an older one put back")
            leap(self._database, state, Instant(touched_us, self._offset_minutes))
        state = self.state
        lost_until = self._watermark.lost_until(state)
        if lost_until:
            jump_counters(self._database, state, lost_until, Instant(self._watermark.now_us(), self._offset_minutes))

    def _keep_contact(self) -> None:
        if self._contact_us > self.state.contact_us:
            with writing(self._database):
                change_state(self._database, contact_us=self._contact_us)

    @property
    def _offset_minutes(self) -> int:
        catalog = self.catalog()
        return 0 if catalog is None else catalog.hall.offset_minutes  # without one no number is given
