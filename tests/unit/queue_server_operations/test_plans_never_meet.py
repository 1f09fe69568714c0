"""Whatever comes, goes, is cut off, copied or set back, no two machines may ever count by plans that meet on a day."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hall.mending import RecoveryReason
from hall.numbering import NumberPlan
from hall.opening import business_day
from hall.wire.sync import Push
from queue_server.operations import recovery
from queue_server.operations.leases import meet
from queue_server.operations.sync import push
from queue_server.operations.tick import tick
from queue_server.store.records import Session
from tests.support.referee import Referee, SimKiosk

DAY = 24 * 3600
DEVICES = st.integers(0, 3)


class Hall(RuleBasedStateMachine):
    """Four kiosks by name, any number of machines; every answer may be lost and every question asked again."""

    def __init__(self) -> None:
        super().__init__()
        self.referee = Referee()
        self.machines: list[SimKiosk] = []  # every machine that may still give a number, cut off or not
        self.on_paper: list[tuple[date, NumberPlan]] = []  # what a machine given up may have printed on that day
        self.old_pushes: list[tuple[Session, Push]] = []

    @initialize()
    def first(self) -> None:
        self.enrol(0)

    @rule(device=DEVICES)
    def enrol(self, device: int) -> None:
        """A new folder: a new kiosk, or one set up anew while the machine before may still stand somewhere."""
        self.machines.append(self.referee.kiosk(f"kiosk-{device}"))

    @rule(data=st.data())
    def say_hello(self, data: st.DataObject) -> None:
        machine = data.draw(st.sampled_from(self.machines))
        if machine.say_hello().renew:
            machine.go_on_under_a_new_lane()

    @rule(data=st.data())
    def push_and_hear(self, data: st.DataObject) -> None:
        machine = data.draw(st.sampled_from(self.machines))
        self._push(machine)

    @rule()
    def everybody_pushes(self) -> None:
        for machine in self.machines:
            self._push(machine)

    @rule(data=st.data())
    def push_and_hear_nothing(self, data: st.DataObject) -> None:
        machine = data.draw(st.sampled_from(self.machines))
        held = machine.plan, machine.next_plan
        self._push(machine)
        machine.plan, machine.next_plan = held

    @precondition(lambda self: self.old_pushes)
    @rule(data=st.data())
    def an_old_push_arrives_once_more(self, data: st.DataObject) -> None:
        session, request = data.draw(st.sampled_from(self.old_pushes))
        self._send(session, request)

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.referee.pass_time(days * DAY)

    @rule()
    def a_moment_passes(self) -> None:
        self.referee.run(lambda tx: tick(tx, self.referee.moment))

    @precondition(lambda self: len(self.machines) > 1)
    @rule(data=st.data())
    def a_machine_is_given_up(self, data: st.DataObject) -> None:
        """The manager's word is true: it gives no number any more."""
        machine = data.draw(st.sampled_from(self.machines))
        self.machines.remove(machine)
        today = self._today
        if (printed := machine.plan_on(today)) is not None:
            self.on_paper.append((today, printed))
        self.referee.retire(machine.lane)

    @rule()
    def the_server_is_set_back(self) -> None:
        """What it knew of plans stays as it was; none that was given is forgotten here, but it cannot know that."""
        moment = self.referee.moment
        self.referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us))

    @property
    def _today(self) -> date:
        return business_day(self.referee.moment.wall_us, 480)

    @invariant()
    def no_two_plans_held_meet(self) -> None:
        today = self._today
        for machine in self.machines:
            for day, printed in self.on_paper:
                mine = machine.plan_on(day) if day >= today else None
                assert mine is None or not meet(mine, printed), (day, mine, printed)
        for one, other in combinations(self.machines, 2):
            for days in range(10):
                day = today + timedelta(days=days)
                mine, theirs = one.plan_on(day), other.plan_on(day)
                assert mine is None or theirs is None or not meet(mine, theirs), (day, mine, theirs)

    def _push(self, machine: SimKiosk) -> None:
        referee = self.referee
        request = Push(
            lane=machine.lane,
            session_no=machine.welcome.session_no,
            sent_mono_us=referee.moment.mono_us,
            boot_id=referee.moment.boot_id,
            plan_id=machine.newest_plan,
            facts=(),
        )
        self.old_pushes.append((machine.session, request))
        self._send(machine.session, request)
        with referee.store.read() as reader:
            open_still = reader.get(Session, machine.session.token_hash) is not None
        if open_still:
            machine.send([])

    def _send(self, session: Session, request: Push) -> None:
        with self.referee.store.read() as reader:
            if reader.get(Session, session.token_hash) is None:
                return
        self.referee.run(lambda tx: push(tx, self.referee.moment, session, request))


Hall.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None, derandomize=True)
test_plans_never_meet = Hall.TestCase
