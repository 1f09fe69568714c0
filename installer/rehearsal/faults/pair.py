"""A kiosk and its server in one thread: the real ledger, the real store and everything that writes to them.

No network and no clock of the machine: what one told the other is called directly, and time moves by itself a little
at every look. Whatever is told to somebody is kept, for that is what was promised: numbers to citizens, answers to
clerks, marks to the kiosk.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
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
from hall.wire.hello import Hello, Welcome
from hall.wire.replies import Reply
from hall.wire.sync import BATCH, FeedHead, Push, Pushed
from hall.wire.version import SCHEMA_VERSION
from installer.hall_init.catalogue import read_catalogue
from installer.rehearsal.stage import SAMPLE, open_all_day
from kiosk import doubts
from kiosk.issuing import Given, Issuing
from queue_server.link.conversation import CatalogWanted, Conversation, Introduction, Request
from queue_server.link.ledger import JobState, Ledger
from queue_server.link.ledger.home import Folder
from queue_server.link.ledger.place import Place
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
HALL_KEY = bytes(range(32))
_START_US = 1_795_660_200_000_000  # a Thursday in 2026, half past nine at +08:00
_SLIP_ENDS = {
    JobState.PRINTED: PaperOutcome.PRINTED,
    JobState.UNKNOWN: PaperOutcome.UNKNOWN,
    JobState.FAILED: PaperOutcome.FAILED,
}


@cache
def small_hall(count: int = 2) -> Catalog:
    """Two groups of the sample hall with their services, and some windows that serve both at any hour."""
    whole = open_all_day(read_catalogue(SAMPLE))
    groups = whole.groups[:2]
    names = tuple(group.id for group in groups)
    services = tuple(service.model_copy(update={"guide": None}) for service in whole.services if service.group in names)
    windows = tuple(
        window.model_copy(update={"number": number, "groups": names, "helps": {}})
        for number, window in enumerate(whole.windows[:count], start=1)
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


class _SamePlace(Folder):
    """A home that is never taken for a copy of itself: what a power cut left is laid out in another folder."""

    def place(self) -> Place:
        """The same for all of them."""
        return Place(inode=1)

    def touched_us(self) -> int:
        """By nobody."""
        return 0


class Pair:
    """A kiosk's ledger and a server's store in one folder, and what can be done with them.

    Args:
        folder: Where both lie.
        clock: Both machines' clock.
        seed: Of every id.
        windows: How many the hall has.
        bare: Leave kiosk and clerks as they are, without hello and windows.

    Raises:
        LedgerError: If the ledger cannot be opened.
        StoreError: If the store cannot be opened.
    """

    def __init__(self, folder: Path, clock: SteppingClock, seed: int, *, windows: int = 2, bare: bool = False) -> None:
        self.folder = folder
        self.catalog = small_hall(windows)
        self.clock = clock
        self.told = Told()
        self._dice = Random(seed)
        (folder / DATABASE).parent.mkdir(parents=True, exist_ok=True)
        self.ledger = Ledger(_SamePlace(folder / KIOSK), "kiosk-1", self.new_id)
        try:
            self.store = Store.open(folder / DATABASE, self.catalog.hall.id, new_id=self.new_id, moved=True)
        except BaseException:
            self.ledger.close()
            raise
        self.online = True
        self.issuing = Issuing(self.ledger, HALL_KEY, clock, self.new_id, lambda: self.online)
        self.sessions: list[Session] = []
        if not bare:
            self.publish()
            self.connect()
            self.open_windows()

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
        """A new connection: hello, the catalogue, and everything the server does not have."""
        self.conversation = Conversation(self.ledger)
        self.push()

    def push(self) -> None:
        """Ask and send until there is nothing left."""
        while request := self.conversation.next_request(self.clock.now()):
            self.conversation.take(request, self._answer(request))

    def hear(self) -> None:
        """Read the feed as far as one look brings it."""
        with self.store.read() as reader:
            items = reader.feed(self.conversation.follow_after, BATCH)
            head = FeedHead(
                seq=reader.head_seq() if len(items) < BATCH else items[-1].entry.seq,
                server_epoch=reader.server_epoch(),
                server_time=self.clock.now().wall_us,
                catalog_version=reader.catalog_version(),
            )
        self.conversation.hear([*items, head])

    def tidy(self) -> None:
        """The ledger forgets what is old and known."""
        self.ledger.tidy(self.clock.now().wall_us)

    # ---- the server ----

    def publish(self) -> None:
        """Put the catalogue in force."""
        moment = self.clock.now()
        self._server(lambda tx: publish_catalog(tx, moment, self.catalog))

    def open_windows(self) -> None:
        """A clerk sits down at every window, without the slow PIN."""
        self.sessions = [self._open(window.number) for window in self.catalog.windows]

    def do(self, session: Session, command: Command) -> Reply:
        """Carry out a clerk's command."""
        moment = self.clock.now()
        reply = self._server(lambda tx: carry_out(tx, moment, session, command, HALL_KEY))
        self.told.replies.append((session, command, reply))
        return reply

    def tick(self) -> None:
        """A quarter of a minute passes at the server."""
        self.clock.pass_time(15 * SECOND_US)
        moment = self.clock.now()
        self._server(lambda tx: tick(tx, moment))

    def shut(self, days: int = 9) -> None:
        """The hall is shut for some days: answers and ended slips have had their time."""
        self.told.replies.clear()
        self.told.jobs.clear()
        self.clock.pass_time(days * DAY_US + MINUTE_US)

    def open_again(self) -> None:
        """And everybody comes back."""
        self.tick()
        self.connect()
        self.open_windows()

    def _open(self, window: int) -> Session:
        moment, clerk = self.clock.now(), f"{300 + window:04}"

        def sit_down(tx: Transaction) -> Session:
            tx.record(WindowOpened(window=window, clerk=clerk), moment)
            return open_session(tx, moment, SessionKind.CLERK, clerk, window=window)[1]

        return self._server(sit_down)

    def _answer(self, request: Request) -> Welcome | Catalog | Pushed:
        """What the server says to the kiosk."""
        moment = self.clock.now()
        match request:
            case Introduction():
                return self.greet(request, moment)
            case CatalogWanted():
                return self.catalog
            case Push():
                pushed = self._server(lambda tx: push(tx, moment, self._kiosk_session, request))
                self.told.highwater = pushed.highwater
                return pushed

    def greet(self, introduction: Introduction, moment: Moment) -> Welcome:
        """The server lets the kiosk in."""
        nonce = self._server(lambda tx: new_nonce(tx, moment)).nonce
        proof = device_proof(HALL_KEY, introduction.device, nonce)
        asked = Hello(schema_version=SCHEMA_VERSION, nonce=nonce, proof=proof, **asdict(introduction))
        welcome = self._server(lambda tx: hello(tx, moment, asked, HALL_KEY))
        with self.store.read() as reader:
            session = find_session(reader, moment, welcome.session)
        assert session is not None
        self._kiosk_session = session
        return welcome

    def _server(self, operation: Callable[[Transaction], T]) -> T:
        return self.store.run(operation)
