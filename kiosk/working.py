"""Carries out the effects of the journey on one thread of its own, so that the screen never waits for the disk."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from functools import partial

from hall.clock import Clock
from hall.errors import OneWindowError
from hall.facts import Body, HealthChanged, PartState
from hall.tries import Tries
from kiosk import doubts
from kiosk.appointments import Appointments
from kiosk.issuing import Given, Issuing
from kiosk.journey import Paper
from kiosk.journey import effects as ef
from kiosk.journey import events as ev
from kiosk.knowledge import Knowledge
from kiosk.metrics import Metrics, mono_us
from kiosk.notices import Notice, notices
from kiosk.printing import Printing
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger import Aside, Ledger

_log = logging.getLogger("onewindow.kiosk.working")
HELP_PART = "help"
"""The part of the kiosk under which a call for a person reaches the manager."""

CLOCK_PART = "clock"
"""The part under which a clock that cannot be right does."""

CLOCK_WRONG = Notice("本机时钟不对，先用机号取号", "请校准这台取号机的日期和时间")

DATA_PART = "data"
"""The part under which its data folder does."""


class Working:
    """The working thread of one kiosk.

    Args:
        ledger: The kiosk's durable file.
        issuing: Gives numbers.
        printing: Puts them on paper.
        knowledge: Refreshed after every number.
        appointments: Those this kiosk knows.
        clock: The machine's clocks.
        device: The kiosk's name, for facts about its health.
        number: The number on its cabinet, for words to staff.
        tell: Takes the journey's events; called on the working thread.
        metrics: Takes durations.
        asides: Ledgers that lie unused in the data folder.
    """

    def __init__(
        self,
        ledger: Ledger,
        issuing: Issuing,
        printing: Printing,
        knowledge: Knowledge,
        appointments: Appointments,
        clock: Clock,
        *,
        device: str,
        number: int,
        tell: Callable[[ev.Event], None],
        metrics: Metrics,
        asides: Sequence[Aside] = (),
    ) -> None:
        self._ledger = ledger
        self._issuing = issuing
        self._printing = printing
        self._knowledge = knowledge
        self._appointments = appointments
        self._clock = clock
        self._device = device
        self._number = number
        self._tell = tell
        self._metrics = metrics
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._health: dict[str, HealthChanged] = {}
        self._asides = asides
        self._said: dict[str, Notice | None] = {}
        self._tries = Tries()
        self._thread = threading.Thread(target=self._run, name="working", daemon=True)
        self.help_seq = 0

    def start(self) -> None:
        """Begin with what is queued."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Finish what is queued and end."""
        self._tasks.put(None)
        self._thread.join(timeout_s)

    def perform(self, effect: ef.Effect) -> None:
        """Take over one effect; returns at once."""
        since = mono_us()
        match effect:
            case ef.Issue():
                self._tasks.put(partial(self._issue, effect, since))
            case ef.FindAppointment(number=number):
                self._tasks.put(partial(self._find_appointment, number))
            case ef.Print(ticket=ticket):
                self._tasks.put(partial(self._reprint, ticket, since))
            case ef.SettleSlip(ticket=ticket):
                self._tasks.put(partial(doubts.settle, self._ledger, self._clock, ticket))
            case ef.VoidTicket(ticket=ticket):
                self._tasks.put(partial(doubts.void, self._ledger, self._clock, ticket))
            case ef.NotifyStaff():
                self._tasks.put(partial(self._call_staff, asked=True))
            case ef.WithdrawNotice():
                self._tasks.put(partial(self._call_staff, asked=False))
            case ef.WipeDocument():  # the journey held the only reference that outlives a task
                pass

    def report(self, health: HealthChanged) -> None:
        """Tell the manager how a device is; kept for later while the kiosk has no lane yet."""
        self._tasks.put(partial(self._report, health))

    def look_at_itself(self) -> None:
        """Tell the manager when clock or data cannot be right, and when they are again."""
        self._tasks.put(self._look_at_itself)

    def catch_up(self) -> None:
        """Tell what could not be told before the kiosk was enrolled."""
        for health in tuple(self._health.values()):
            self.report(health)

    def _run(self) -> None:
        while (task := self._tasks.get()) is not None:
            try:
                task()
            except OneWindowError as error:
                _log.error("%s: %s", error.code, error)
            except Exception:  # a bug in one act must not end all others
                _log.exception("kiosk.work_bug")

    def _issue(self, effect: ef.Issue, since: int) -> None:
        try:
            outcome = self._issuing.issue(
                effect.service,
                effect.document,
                priority=effect.priority,
                by_age=effect.by_age,
                paper=effect.paper,
                booking=effect.booking,
                returning=effect.returning,
            )
        except Exception:
            self._tell(ev.IssuingFailed())
            raise
        if not isinstance(outcome, Given):
            self._tell(ev.NumberRefused(outcome.reason, outcome.issued))
            return
        self._metrics.duration("tap_to_durable", since, outcome.issued.number)
        if outcome.job is not None:
            self._printing.put(outcome.job, since)
        self._tell(ev.NumberGiven(outcome.issued, Paper.COMING if outcome.job else Paper.NONE))
        _log.info("kiosk.issued %s%s", outcome.issued.number, " offline" if outcome.issued.offline else "")
        self._knowledge.refresh()
        self._look_at_itself()

    def _find_appointment(self, number: str) -> None:
        tried = self._tries.one_more(self._clock.now().mono_us)
        if tried is None:
            _log.warning("kiosk.too_many_tries 一分钟里试的预约号太多，请留意这台取号机前的人")
            self._tell(ev.AppointmentFound(None, too_many=True))
            return
        self._tries = tried
        self._tell(ev.AppointmentFound(self._appointments.of_number(number)))

    def _reprint(self, ticket: str, since: int) -> None:
        issued = self._issuing.find(ticket)
        if issued is None:
            self._tell(ev.PaperChanged(ticket, Paper.FAILED))
            return
        self._printing.put(doubts.copy_of(self._ledger, self._clock, issued), since)

    def _call_staff(self, *, asked: bool) -> None:
        self.help_seq = 0
        if not asked:
            self._record(HealthChanged(device=self._device, part=HELP_PART, state="online"))
            return
        advice = f"请到 {self._number} 号取号机旁帮忙"
        body = HealthChanged(
            device=self._device, part=HELP_PART, state="attention", problem="有人请求帮忙", advice=advice
        )
        self.help_seq = self._record(body)
        if self.help_seq <= self._ledger.state.acked:  # the sync was quicker than this line
            self._tell(ev.HelpSent())

    def _look_at_itself(self) -> None:
        self._say(CLOCK_PART, CLOCK_WRONG if self._knowledge.suspect else None, "fault")
        of_data = notices(put_back=self._knowledge.put_back, asides=self._asides, unmarked=self._ledger.unmarked)
        self._say(DATA_PART, of_data[0] if of_data else None, "attention")

    def _say(self, part: str, notice: Notice | None, state: PartState) -> None:
        if part in self._said and self._said[part] == notice:
            return
        self._said[part] = notice
        problem, advice = notice or ("", "")
        state = state if notice else "online"
        self._report(HealthChanged(device=self._device, part=part, state=state, problem=problem, advice=advice))

    def _report(self, health: HealthChanged) -> None:
        self._health[health.part] = health
        try:
            self._record(health)
        except NotEnrolled:
            return
        self._health.pop(health.part)

    def _record(self, body: Body) -> int:
        with self._ledger.transaction() as step:
            return step.add_fact(body, self._clock.now()).lane_seq
