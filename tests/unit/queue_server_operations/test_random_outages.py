"""Days with outages: slips adopted, calls by hand, lanes replaced, servers set back; nothing printed is lost."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from hall.facts import TicketIssued
from hall.mending import HandOutcome, RecoveryReason
from hall.slip_code import SlipCode, seal
from hall.ticket import Ticket
from hall.wire import commands
from hall.wire.acts import Memory, RememberedAct
from hall.wire.commands import Command
from hall.wire.replies import Reply
from queue_server.operations import recovery
from queue_server.operations.memory import remember
from queue_server.operations.sessions import open_session
from queue_server.store import Store
from queue_server.store.records import Doubled, Session, SessionKind
from tests.support.referee import HALL_ID, HALL_KEY, SECOND, Referee, SimKiosk
from tests.unit.queue_server_operations.test_random_day import Day

WINDOWS = st.integers(1, 3)


class Outages(Day):
    """The same day with everything that mends it. Windows remember what they did, kiosks what they gave."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.lives = 0
        self.referee = Referee(Path(self.folder.name) / "hall.db")
        self.kiosks = [self.referee.kiosk("kiosk-1"), self.referee.kiosk("kiosk-2")]
        self.clerks = {window: self.referee.clerk(window, f"100{window}") for window in (1, 2, 3)}
        self.pages = {window: self.referee.rating_page(window) for window in (1, 2, 3)}
        self.manager: Session = self.referee.run(
            lambda tx: open_session(tx, self.referee.moment, SessionKind.MANAGER, "9001")[1]
        )
        self.seen: dict[str, Ticket] = {}
        self.acts: dict[int, list[RememberedAct]] = {1: [], 2: [], 3: []}
        self.ask = self.referee.do
        self.referee.do = self._do_and_remember  # type: ignore[method-assign]
        self.back_up()

    def teardown(self) -> None:
        if hasattr(self, "referee"):
            self.everybody_tells()
            super().teardown()
            self.referee.store.close()
            self.folder.cleanup()

    @rule(kiosk=st.integers(0, 1))
    def push(self, kiosk: int) -> None:
        self._push(self.kiosks[kiosk])

    @rule(kiosk=st.integers(0, 1))
    def take_a_new_incarnation(self, kiosk: int) -> None:
        self.kiosks[kiosk].go_on_under_a_new_lane()

    @rule(window=WINDOWS, data=st.data())
    def adopt(self, window: int, data: st.DataObject) -> None:
        slips = [body for kiosk in self.kiosks for body in _issued(kiosk)]
        if slips:
            body = data.draw(st.sampled_from(slips))
            told = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, self.referee.moment.wall_us)
            self._ask(window, commands.Adopt, code=seal(told, HALL_ID, HALL_KEY))

    @rule(window=WINDOWS, n=st.integers(1, 9), outcome=st.sampled_from(list(HandOutcome)))
    def enter_by_hand(self, window: int, n: int, outcome: HandOutcome) -> None:
        now = self.referee.moment.wall_us
        times = {"called_at": now - 5 * SECOND, "ended_at": now}
        self._ask(window, commands.EnterByHand, number=f"A{n:03}", outcome=outcome, **times)

    @rule(confirm=st.booleans(), data=st.data())
    def decide(self, confirm: bool, data: st.DataObject) -> None:
        command: Command = commands.Confirm(request_id=self.referee.ids())
        if not confirm and self.seen:
            ticket = data.draw(st.sampled_from(sorted(self.seen)))
            command = commands.Dismiss(request_id=self.referee.ids(), ticket=ticket)
        self.referee.do(self.manager, command)

    @rule(window=WINDOWS)
    def a_window_tells(self, window: int) -> None:
        told = Memory(acts=tuple(self.acts[window][-200:]))
        self.referee.run(lambda tx: remember(tx, self.referee.moment, self.clerks[window], told))

    @rule()
    def back_up(self) -> None:
        self.lives += 1
        self.backup = Path(self.folder.name) / f"backup-{self.lives}.db"
        self.referee.store.copy(self.backup)
        self.until = self.referee.moment.wall_us

    @rule()
    def restore(self) -> None:
        referee = self.referee
        referee.store.close()
        self.lives += 1
        path = self.backup.with_name(f"life-{self.lives}.db")
        path.write_bytes(self.backup.read_bytes())
        referee.store = Store.open(path, HALL_ID, new_id=referee.ids)
        referee.pass_time(1)
        referee.run(lambda tx: recovery.begin(tx, referee.moment, RecoveryReason.RESTORED, self.until))
        self.seen = {}

    @rule()
    def everybody_tells(self) -> None:
        """A quiet point: every number ever printed is in the record once, or told to a manager as printed twice."""
        for window in self.clerks:
            self.a_window_tells(window)
        for kiosk in self.kiosks:
            self._push(kiosk)
        assert self.referee.run(recovery.open_recovery) is None
        for kiosk in self.kiosks:
            for body in _issued(kiosk):
                with self.referee.store.read() as reader:
                    assert reader.ticket(body.ticket) or reader.get(Doubled, body.ticket)

    def _do_and_remember(self, session: Session, command: Command) -> Reply:
        reply = self.ask(session, command)
        if session.kind is SessionKind.CLERK:
            self.acts[session.window].append(RememberedAct(staff=session.subject, command=command, reply=reply))
        return reply

    def _ask(self, window: int, kind: Callable[..., Command], **fields: object) -> None:
        self.referee.do(self.clerks[window], kind(request_id=self.referee.ids(), **fields))

    def _push(self, kiosk: SimKiosk) -> None:
        with self.referee.store.read() as reader:
            knows_it = reader.get(Session, kiosk.session.token_hash) is not None
        if not knows_it:
            kiosk.say_hello()
        assert kiosk.push().highwater == len(kiosk.facts)


def _issued(kiosk: SimKiosk) -> list[TicketIssued]:
    return [sent.fact.body for sent in kiosk.facts if isinstance(sent.fact.body, TicketIssued)]


Outages.TestCase.settings = settings(
    max_examples=25, stateful_step_count=40, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)
TestOutages = Outages.TestCase
