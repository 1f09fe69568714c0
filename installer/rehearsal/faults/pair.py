"""A kiosk and its server in one thread: the real ledger, the real store and everything that writes to them.

No network and no clock of the machine: what one told the other is called directly, and time moves by itself a little
at every look. Whatever is told to somebody is kept, for that is what was promised: numbers to citizens, answers to
clerks, marks to the kiosk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from devices.id_card.people import invented_person
from hall.catalog import Catalog
from hall.clock import DAY_US, MINUTE_US, SECOND_US, Moment
from hall.facts import PaperOutcome, SlipPrinted, WindowOpened
from hall.keys import device_proof
from hall.wire.commands import Command
from hall.wire.hello import DeviceKind, Hello
from hall.wire.replies import Reply
from hall.wire.sync import BATCH, FeedHead, Push
from hall.wire.version import SCHEMA_VERSION
from installer.hall_init.catalogue import read_catalogue
from installer.rehearsal.stage import SAMPLE, open_all_day
from kiosk import doubts
from kiosk.issuing import Given, Issuing
from queue_server.link.ledger import JobState, Ledger
from queue_server.operations.catalog import publish_catalog
from queue_server.operations.commands import carry_out
from queue_server.operations.devices import hello, new_nonce
from queue_server.operations.sessions import find_session, open_session
from queue_server.operations.sync import push
from queue_server.operations.tick import tick
from queue_server.store import Store, Transaction
from queue_server.store.records import Session, SessionKind

T = TypeVar("T")
KIOSK = "kiosk"
DATABASE = "server/hall.db"
WINDOWS = (1, 2)
_HALL_KEY = bytes(range(32))
_START_US = 1_795_660_200_000_000  # a Thursday in 2026, half past nine at +08:00
_SLIP_ENDS = {
    JobState.PRINTED: PaperOutcome.PRINTED,
    JobState.UNKNOWN: PaperOutcome.UNKNOWN,
    JobState.FAILED: PaperOutcome.FAILED,
}


@cache
def small_hall() -> Catalog:
    """Two groups of the sample hall with their services, and two windows that serve both at any hour."""
    whole = open_all_day(read_catalogue(SAMPLE))
    groups = whole.groups[:2]
    names = tuple(group.id for group in groups)
    services = tuple(service.model_copy(update={"guide": None}) for service in whole.services if service.group in names)
    windows = tuple(
        window.model_copy(update={"number": number, "groups": names, "helps": {}})
        for number, window in zip(WINDOWS, whole.windows, strict=False)
    )
    return Catalog(hall=whole.hall, groups=groups, services=services, windows=windows)


class SteppingClock:
    """Moves a millisecond at every look, and further when told.

    Attributes:
        passed_us: How long it has run.
    """

    def __init__(self, passed_us: int = 0) -> None:
        self.passed_us = passed_us

    def now(self) -> Moment:
        """The next moment."""
        self.passed_us += 1000
        return Moment(wall_us=_START_US + self.passed_us, mono_us=self.passed_us, boot_id="b" * 32)

    def pass_time(self, us: int) -> None:
        """Let time go by."""
        self.passed_us += us


@dataclass
class Told:
    """What somebody was told, and therefore may rely on.

    Attributes:
        numbers: Printed number by ticket, with its day.
        replies: Clerks' commands with their sessions and answers.
        highwater: How far the kiosk was told its lane is applied.
        jobs: Print jobs by id, as last recorded.
    """

    numbers: dict[str, str] = field(default_factory=dict)
    replies: list[tuple[Session, Command, Reply]] = field(default_factory=list)
    highwater: int = 0
    jobs: dict[str, JobState] = field(default_factory=dict)


class Pair:
    """A kiosk's ledger and a server's store in one folder, and what can be done with them.

    Args:
        folder: Where both lie.
        clock: Both machines' clock.
        seed: Of every id.
        bare: Leave kiosk and clerks as they are, without hello and windows.

    Raises:
        LedgerError: If the ledger cannot be opened.
        StoreError: If the store cannot be opened.
    """

    def __init__(self, folder: Path, clock: SteppingClock, seed: int, *, bare: bool = False) -> None:
        self.folder = folder
        self.catalog = small_hall()
        self.clock = clock
        self.told = Told()
        self._dice = Random(seed)
        (folder / DATABASE).parent.mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger.open(folder / KIOSK, "kiosk-1", self.new_id)
        try:
            self.store = Store.open(folder / DATABASE, self.catalog.hall.id, new_id=self.new_id)
        except BaseException:
            self.ledger.close()
            raise
        self.online = True
        self.issuing = Issuing(self.ledger, _HALL_KEY, clock, self.new_id, lambda: self.online)
        self.sessions: list[Session] = []
        if not bare:
            self.publish()
            self.connect()
            self.sessions = [self.open_window(window) for window in WINDOWS]

    def new_id(self) -> str:
        """128 bits by the dice."""
        return f"{self._dice.getrandbits(128):032x}"

    def close(self) -> None:
        """Close both files in order."""
        self.ledger.close()
        self.store.close()

    # ---- the kiosk ----

    def issue(self, *, paper: bool = True, named: bool = False) -> str:
        """Give a number; what was printed on the slip, empty if the person holds one already."""
        service = self._dice.choice(self.catalog.services).id
        person = invented_person(self._dice) if named else None
        given = self.issuing.issue(service, person, paper=paper)
        if not isinstance(given, Given):
            return ""
        self.told.numbers[given.issued.ticket] = f"{given.issued.day} {given.issued.number}"
        if given.job is not None:
            self.told.jobs[given.job.id] = JobState.SENT
        return given.issued.number

    def end_slip(self, state: JobState) -> None:
        """The printer says what became of the oldest slip on its way."""
        for job in self.ledger.jobs(JobState.SENT)[:1]:
            with self.ledger.transaction() as step:
                step.set_job_state(job.id, state)
                body = SlipPrinted(ticket=job.ticket, outcome=_SLIP_ENDS[state], copy_no=job.copy_no)
                step.add_fact(body, self.clock.now())
            self.told.jobs[job.id] = state

    def settle(self, *, void: bool = False) -> None:
        """A person answers for the oldest doubtful slip: 已取到 or 作废."""
        for job in self.ledger.jobs(JobState.UNKNOWN)[:1]:
            (doubts.void if void else doubts.settle)(self.ledger, self.clock, job.ticket)
            self.told.jobs[job.id] = JobState.FAILED if void else JobState.PRINTED

    def connect(self) -> None:
        """Hello and everything that follows it."""
        state = self.ledger.state
        moment = self.clock.now()
        nonce = self._server(lambda tx: new_nonce(tx, moment)).nonce
        request = Hello(
            schema_version=SCHEMA_VERSION,
            device=state.device,
            kind=DeviceKind.KIOSK,
            incarnation=state.incarnation,
            boot_id=moment.boot_id,
            last_seq=state.last_seq,
            acked_seq=state.acked,
            nonce=nonce,
            proof=device_proof(_HALL_KEY, state.device, nonce),
        )
        welcome = self._server(lambda tx: hello(tx, moment, request, _HALL_KEY))
        self.ledger.apply_welcome(welcome)
        if welcome.catalog_version != self.ledger.state.catalog_version:
            self.ledger.store_catalog(self.catalog)
        self.ledger.hear_time(welcome.server_time)
        self.ledger.tidy(welcome.server_time)
        with self.store.read() as reader:
            session = find_session(reader, moment, welcome.session)
        assert session is not None
        self._kiosk_session = session

    def push(self) -> None:
        """Send what the server does not have, until it has all of it."""
        while facts := self.ledger.unsent(BATCH):
            state, now = self.ledger.state, self.clock.now()
            request = Push(
                lane=state.lane or 0,
                session_no=state.session_no,
                sent_mono_us=now.mono_us,
                boot_id=now.boot_id,
                facts=tuple(facts),
            )
            pushed = self._server(lambda tx, sent=request, at=now: push(tx, at, self._kiosk_session, sent))
            self.told.highwater = pushed.highwater
            self.ledger.apply_pushed(pushed)

    def hear(self) -> None:
        """Read the feed to its end."""
        with self.store.read() as reader:
            items = reader.feed(self.ledger.state.feed_seq, BATCH)
            head = FeedHead(
                seq=reader.head_seq() if len(items) < BATCH else items[-1].entry.seq,
                server_epoch=reader.server_epoch(),
                server_time=self.clock.now().wall_us,
                catalog_version=reader.catalog_version(),
            )
        self.ledger.apply_feed([*items, head])

    def tidy(self) -> None:
        """The ledger forgets what is old and known."""
        self.ledger.tidy(self.clock.now().wall_us)

    # ---- the server ----

    def publish(self) -> None:
        """Put the catalogue in force."""
        moment = self.clock.now()
        self._server(lambda tx: publish_catalog(tx, moment, self.catalog))

    def open_window(self, window: int) -> Session:
        """A clerk sits down, without the slow PIN."""
        moment, clerk = self.clock.now(), f"{300 + window:04}"

        def sit_down(tx: Transaction) -> Session:
            tx.record(WindowOpened(window=window, clerk=clerk), moment)
            return open_session(tx, moment, SessionKind.CLERK, clerk, window=window)[1]

        return self._server(sit_down)

    def do(self, session: Session, command: Command) -> Reply:
        """Carry out a clerk's command."""
        moment = self.clock.now()
        reply = self._server(lambda tx: carry_out(tx, moment, session, command))
        self.told.replies.append((session, command, reply))
        return reply

    def tick(self) -> None:
        """A quarter of a minute passes at the server."""
        self.clock.pass_time(15 * SECOND_US)
        moment = self.clock.now()
        self._server(lambda tx: tick(tx, moment))

    def skip_days(self, days: int = 9) -> None:
        """The hall stays shut for some days; the clerks come back afterwards."""
        self.told.replies.clear()  # answers are kept for a week only, ended slips as well
        self.told.jobs.clear()
        self.clock.pass_time(days * DAY_US + MINUTE_US)
        self.tick()
        self.connect()
        self.sessions = [self.open_window(window) for window in WINDOWS]

    def _server(self, operation: Callable[[Transaction], T]) -> T:
        return self.store.run(operation)
