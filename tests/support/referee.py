"""A whole referee for tests: a store, a clock that only moves when told, kiosks, windows; ids from a counter.

It is long because a whole hall in one process, with its kiosks, is built here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from hall.booking import BookedSlot
from hall.catalog import Catalog, Hall, Service, ServiceGroup
from hall.clock import Moment
from hall.facts import Body, Fact, TicketIssued, WindowOpened
from hall.identity import Holder
from hall.keys import device_proof
from hall.numbering import Number, NumberPlan, next_number
from hall.opening import WeekHours, business_day
from hall.ticket import TicketClass
from hall.window import Window
from hall.wire import commands
from hall.wire.commands import Command, RetireLane
from hall.wire.hello import DeviceKind, Hello, Welcome
from hall.wire.replies import Reply
from hall.wire.sync import Push, Pushed, SentFact
from queue_server.operations.catalog import publish_catalog
from queue_server.operations.commands import carry_out
from queue_server.operations.devices import hello, new_nonce
from queue_server.operations.sessions import find_session, open_session
from queue_server.operations.sync import push
from queue_server.store import Store, Transaction
from queue_server.store.records import Session, SessionKind

T = TypeVar("T")
HALL_ID = "test-hall"
HALL_KEY = bytes(range(32))
START_US = 1_789_997_400_000_000  # a Monday, 21:30 at +08:00
SECOND = 1_000_000
_ALWAYS = WeekHours(
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), ("00:00-24:00",))
)


def small_catalog(
    hours: WeekHours = _ALWAYS, *, serve_after_closing: bool = True, auto_call_seconds: int = 0
) -> Catalog:
    """Two groups, three windows: 1 serves A, 2 serves B and helps A after ten minutes, 3 serves both."""
    return Catalog(
        hall=Hall(
            id=HALL_ID,
            name="测试大厅",
            name_en="Test Hall",
            hours=hours,
            serve_after_closing=serve_after_closing,
            auto_call_seconds=auto_call_seconds,
        ),
        groups=(
            ServiceGroup(id="alpha", prefix="A", name="甲类", name_en="Alpha", icon="a", place="一楼"),
            ServiceGroup(id="beta", prefix="B", name="乙类", name_en="Beta", icon="b"),
        ),
        services=(
            Service(id="alpha_one", group="alpha", name="甲事项", name_en="One", department="甲局"),
            Service(id="beta_one", group="beta", name="乙事项", name_en="Two", department="乙局"),
        ),
        windows=(
            Window(number=1, name="1号窗口", groups=("alpha",)),
            Window(number=2, name="2号窗口", groups=("beta",), helps={"alpha": 10}),
            Window(number=3, name="3号窗口", groups=("alpha", "beta")),
        ),
    )


class Ids:
    """128-bit ids that are the same in every run. Not for secrets."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> str:
        self._last += 1
        return f"{self._last:032x}"


@dataclass
class SimKiosk:
    """The sending half of a kiosk: a lane, a counter per group and day, an outbox that forgets nothing."""

    referee: "Referee"
    device: str
    incarnation: str
    welcome: Welcome
    session: Session
    facts: list[SentFact] = field(default_factory=list)
    highest: dict[tuple[str, str], int] = field(default_factory=dict)
    plan: NumberPlan | None = None
    next_plan: NumberPlan | None = None
    acked: int = 0
    heard: int = 0
    replaces: int | None = None

    @property
    def lane(self) -> int:
        """The lane it has now."""
        return self.welcome.lane

    @property
    def newest_plan(self) -> str:
        """The id it tells of its plans."""
        newest = self.next_plan or self.plan
        return "" if newest is None else newest.plan_id

    def plan_on(self, day: date) -> NumberPlan | None:
        """What it counts by on a day."""
        return next((plan for plan in (self.plan, self.next_plan) if plan and plan.valid_on(day)), None)

    def say_hello(self) -> Welcome:
        """Connect anew with everything it knows of itself, and take over what it gets."""
        before = None if self.replaces is not None else self.lane
        request = self.referee.hello_of(
            self.device,
            self.incarnation,
            lane=before,
            replaces=self.replaces,
            last_seq=len(self.facts),
            acked_seq=self.acked,
            plan_id=self.newest_plan,
            server_epoch=self.welcome.server_epoch,
            feed_seq=self.heard,
        )
        epoch = self.welcome.server_epoch
        self.welcome = welcome = self.referee.greet(request)
        self.heard = self.heard if epoch == welcome.server_epoch else 0
        self.session = self.referee.session_of(welcome.session)
        self.plan, self.next_plan, self.replaces = welcome.plan, welcome.next_plan, None
        if before is not None and before != welcome.lane:
            self._tell_again()
        self.acked = max(self.acked, welcome.highwater)
        return welcome

    def go_on_under_a_new_lane(self) -> Welcome:
        """Take a new incarnation: plans go, every fact is told again."""
        self.incarnation, self.replaces = self.referee.ids(), self.lane
        self.plan = self.next_plan = None
        self.acked = 0
        welcome = self.say_hello()
        self._tell_again()
        return welcome

    def copy(self) -> "SimKiosk":
        """The same files on a second machine."""
        return replace(self, facts=list(self.facts), highest=dict(self.highest))

    def _tell_again(self) -> None:
        for place, sent in enumerate(list(self.facts), 1):
            changes = {"lane": self.lane, "lane_seq": place, "event_id": self.referee.ids()}
            self.facts[place - 1] = sent.model_copy(update={"fact": sent.fact.model_copy(update=changes)})
        self.acked = 0

    def note(self, body: Body, holder: Holder | None = None) -> SentFact:
        """Write a fact into the ledger without sending it."""
        moment = self.referee.moment
        sent = SentFact(
            fact=Fact(
                event_id=self.referee.ids(),
                lane=self.welcome.lane,
                lane_seq=len(self.facts) + 1,
                wall_us=moment.wall_us,
                mono_us=moment.mono_us,
                boot_id=moment.boot_id,
                body=body,
            ),
            holder=holder,
        )
        self.facts.append(sent)
        return sent

    def issue(
        self,
        group: str = "alpha",
        ticket_class: TicketClass = TicketClass.ORDINARY,
        holder: Holder | None = None,
        *,
        offline: bool = False,
        slot: BookedSlot | None = None,
    ) -> TicketIssued:
        """Give the next number of a group, by plan or in lane form."""
        day = business_day(self.referee.moment.wall_us, 480)
        prefix = group[0].upper()
        key = (prefix, day.isoformat())
        number: Number = next_number(
            prefix, day, self.plan_on(day), self.highest.get(key, 0), self.welcome.lane, self.highest.get(key, 0)
        )
        self.highest[key] = number.n
        body = TicketIssued(
            ticket=self.referee.ids(),
            day=day,
            service=f"{group}_one",
            group=group,
            prefix=prefix,
            lane=number.lane,
            n=number.n,
            ticket_class=ticket_class,
            offline=offline,
            slot=slot,
        )
        self.note(body, holder)
        return body

    def push(self, first: int = 1, last: int | None = None) -> Pushed:
        """Send facts first … last by lane_seq (default: everything)."""
        return self.send(self.facts[first - 1 : last])

    def send(self, facts: list[SentFact]) -> Pushed:
        """Send these facts."""
        referee = self.referee
        request = Push(
            lane=self.welcome.lane,
            session_no=self.welcome.session_no,
            sent_mono_us=referee.moment.mono_us,
            boot_id=referee.moment.boot_id,
            plan_id=self.newest_plan,
            facts=tuple(facts),
        )
        answer = referee.run(lambda tx: push(tx, referee.moment, self.session, request))
        self.plan, self.next_plan = answer.plan, answer.next_plan
        self.acked = max(self.acked, answer.highwater)
        return answer


class Referee:
    """The store of a small hall with its clock. Without a path it lives in memory."""

    def __init__(self, path: Path | None = None, catalog: Catalog | None = None) -> None:
        self.ids = Ids()
        self.moment = Moment(wall_us=START_US, mono_us=5_000 * SECOND, boot_id="b" * 32)
        if path is None:
            self.store = Store.in_memory(HALL_ID, new_id=self.ids)
        else:
            self.store = Store.open(path, HALL_ID, new_id=self.ids)
        self.publish(catalog or small_catalog())

    def publish(self, catalog: Catalog) -> bool:
        """Put a catalogue in force."""
        return self.run(lambda tx: publish_catalog(tx, self.moment, catalog))

    def run(self, operation: Callable[[Transaction], T]) -> T:
        """One operation in its own commit."""
        return self.store.run(operation)

    def reboot(self) -> None:
        """Every machine that speaks from now on has been started anew."""
        self.moment = self.moment.model_copy(update={"boot_id": self.ids(), "mono_us": 5 * SECOND})

    def pass_time(self, seconds: float) -> None:
        """Move both clocks on."""
        self.moment = self.moment.model_copy(
            update={
                "wall_us": self.moment.wall_us + round(seconds * SECOND),
                "mono_us": self.moment.mono_us + round(seconds * SECOND),
            }
        )

    def hello_of(
        self,
        device: str,
        incarnation: str,
        kind: DeviceKind = DeviceKind.KIOSK,
        window: int | None = None,
        key: bytes = HALL_KEY,
        **told: Any,
    ) -> Hello:
        """A hello with a fresh nonce; `told` replaces what a ledger says of itself."""
        nonce = self.run(lambda tx: new_nonce(tx, self.moment)).nonce
        fields: dict[str, Any] = {"boot_id": self.moment.boot_id, "last_seq": 0, "acked_seq": 0, **told}
        return Hello(
            schema_version=1,
            device=device,
            kind=kind,
            incarnation=incarnation,
            window=window,
            nonce=nonce,
            proof=device_proof(key, device, nonce),
            **fields,
        )

    def greet(self, request: Hello) -> Welcome:
        """What the server answers."""
        return self.run(lambda tx: hello(tx, self.moment, request, HALL_KEY))

    def session_of(self, token: str) -> Session:
        """The session behind a token, which must be open."""
        with self.store.read() as reader:
            session = find_session(reader, self.moment, token)
        assert session is not None
        return session

    def kiosk(self, device: str = "kiosk-1", incarnation: str | None = None) -> SimKiosk:
        """A kiosk that has said hello."""
        incarnation = incarnation or self.ids()
        welcome = self.greet(self.hello_of(device, incarnation))
        session = self.session_of(welcome.session)
        return SimKiosk(self, device, incarnation, welcome, session, plan=welcome.plan, next_plan=welcome.next_plan)

    def clerk(self, window: int = 1, staff: str = "1001") -> Session:
        """A clerk's session at an open window, without the slow PIN."""

        def open_window(transaction: Transaction) -> Session:
            transaction.record(WindowOpened(window=window, clerk=staff), self.moment)
            return open_session(transaction, self.moment, SessionKind.CLERK, staff, window=window)[1]

        return self.run(open_window)

    def rating_page(self, window: int = 1) -> Session:
        """A rating session at a window."""
        welcome = self.greet(self.hello_of(f"window-{window}", self.ids(), DeviceKind.RATING, window))
        return self.session_of(welcome.session)

    def retire(self, lane: int) -> Reply:
        """A manager's word that the machine of a lane gives no numbers any more."""

        def say(transaction: Transaction) -> Reply:
            _, session = open_session(transaction, self.moment, SessionKind.MANAGER, "1000")
            command = RetireLane(request_id=self.ids(), lane=lane)
            return carry_out(transaction, self.moment, session, command, HALL_KEY)

        return self.run(say)

    def miss(self, clerk: Session, ticket: str) -> Reply:
        """Call the ticket at a window as often as the hall does, then mark it as missed."""
        while self.do(clerk, commands.Recall(request_id=self.ids(), ticket=ticket)).done:
            pass
        return self.do(clerk, commands.MarkMissed(request_id=self.ids(), ticket=ticket))

    def do(self, session: Session, command: Command) -> Reply:
        """Carry a command out."""
        return self.run(lambda tx: carry_out(tx, self.moment, session, command, HALL_KEY))
