"""Days nobody thought of: whatever is done in whatever order, journal, tables, order and figures say the same."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hall.calling import next_ticket, people_ahead
from hall.facts import ActUndone
from hall.mending import OutcomeRecovered, ServedByHand
from hall.rating import Level
from hall.statistics import fold
from hall.ticket import ACTIVE, EDGES, Ticket, TicketClass, TicketState
from hall.wire import commands
from hall.wire.commands import Command
from queue_server.operations.tick import tick
from queue_server.operations.views import day_figures, look
from queue_server.store import check
from tests.support.played import played_as_statistics_say, played_as_the_live_page_says
from tests.support.referee import Referee
from tests.support.summed import summed_as_the_journal_says

LEAPS = (ActUndone, ServedByHand, OutcomeRecovered)
ACTS: tuple[tuple[Callable[..., Command], dict[str, object]], ...] = (
    (commands.CallTicket, {"reason": "x"}),
    (commands.Recall, {}),
    (commands.StartService, {}),
    (commands.FinishService, {}),
    (commands.MarkMissed, {}),
    (commands.PutBack, {}),
    (commands.Hold, {}),
    (commands.Transfer, {"group": "beta"}),
    (commands.Transfer, {"group": "alpha"}),
    (commands.Cancel, {}),
    (commands.Undo, {}),
)


class Day(RuleBasedStateMachine):
    """Two kiosks, three windows, a clock that moves now and then."""

    @initialize()
    def open(self) -> None:
        self.referee = Referee()
        self.kiosks = [self.referee.kiosk("kiosk-1"), self.referee.kiosk("kiosk-2")]
        self.clerks = {window: self.referee.clerk(window, f"100{window}") for window in (1, 2, 3)}
        self.pages = {window: self.referee.rating_page(window) for window in (1, 2, 3)}
        self.seen: dict[str, Ticket] = {}

    @rule(
        kiosk=st.integers(0, 1),
        group=st.sampled_from(["alpha", "beta"]),
        ticket_class=st.sampled_from(list(TicketClass)),
        offline=st.booleans(),
    )
    def issue(self, kiosk: int, group: str, ticket_class: TicketClass, offline: bool) -> None:
        self.kiosks[kiosk].issue(group, ticket_class, offline=offline)

    @rule(kiosk=st.integers(0, 1))
    def push(self, kiosk: int) -> None:
        self.kiosks[kiosk].push()

    @rule(window=st.integers(1, 3))
    def call_next(self, window: int) -> None:
        with self.referee.store.read() as reader:
            waiting, place = list(reader.waiting()), reader.catalog().window(window)
            busy = reader.active_at(window) is not None
        reply = self.referee.do(self.clerks[window], commands.CallNext(request_id=self.referee.ids()))
        choice = next_ticket(waiting, place)
        if not busy and reply.done:
            assert reply.ticket is not None
            assert choice is not None
            assert reply.ticket.id == choice.ticket.id

    @rule(window=st.integers(1, 3), act=st.sampled_from(ACTS), data=st.data())
    def act(self, window: int, act: tuple[Callable[..., Command], dict[str, object]], data: st.DataObject) -> None:
        kind, fields = act
        ticket = data.draw(st.sampled_from(sorted(self.seen) or ["e" * 32]))
        self.referee.do(self.clerks[window], kind(request_id=self.referee.ids(), ticket=ticket, **fields))

    @rule(window=st.integers(1, 3), pause=st.booleans())
    def pause_or_resume(self, window: int, pause: bool) -> None:
        kind: Callable[..., Command] = commands.Pause if pause else commands.Resume
        self.referee.do(self.clerks[window], kind(request_id=self.referee.ids()))

    @rule(window=st.integers(1, 3), level=st.sampled_from(list(Level)), data=st.data())
    def rate(self, window: int, level: Level, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(sorted(self.seen) or ["e" * 32]))
        self.referee.do(self.pages[window], commands.Rate(request_id=self.referee.ids(), ticket=ticket, level=level))

    @rule(seconds=st.sampled_from([1, 5, 60, 600]))
    def pass_time(self, seconds: int) -> None:
        self.referee.pass_time(seconds)
        self.referee.run(lambda tx: tick(tx, self.referee.moment))

    @rule()
    def sum_up(self) -> None:
        summed_as_the_journal_says(self.referee)
        played_as_the_live_page_says(self.referee)

    def teardown(self) -> None:
        if hasattr(self, "referee"):
            summed_as_the_journal_says(self.referee)
            played_as_statistics_say(self.referee)

    @invariant()
    def tickets_moved_along_edges_only(self) -> None:
        with self.referee.store.read() as reader:
            tickets = list(reader.every(Ticket))
            windows = [ticket.window for ticket in tickets if ticket.state in ACTIVE]
            leapt = {e.fact.body.ticket for e in reader.entries() if isinstance(e.fact.body, LEAPS)}
        assert len(windows) == len(set(windows))
        for ticket in tickets:
            before = self.seen.get(ticket.id)
            if before is not None and before.state is not ticket.state and ticket.id not in leapt:
                assert ticket.state in _reachable(before.state)
        self.seen = {ticket.id: ticket for ticket in tickets}

    @invariant()
    def everything_agrees(self) -> None:
        with self.referee.store.read() as reader:
            assert check(reader).differences == ()
            live = look(reader, self.referee.moment)
            day = live.day
            figures = fold(day, reader.entries())
            counted = {group: counts for group, counts in figures.groups.items() if counts != type(counts)()}
            assert day_figures(reader, day) == counted
            assert reader.ratings_on(day) == {int(level): times for level, times in figures.ratings.items()}
            everybody = list(reader.waiting())
            waiting = {ticket.id for ticket in everybody if ticket.in_order}
            assert all(live.ahead(ticket) == people_ahead(everybody, ticket) for ticket in live.all_waiting)
        assert self.referee.run(lambda tx: {ticket.id for ticket in tx.order}) == waiting


def _reachable(state: TicketState) -> frozenset[TicketState]:
    """One rule may take two steps at most (time passing may end what a push brought)."""
    return EDGES[state] | frozenset(after for step in EDGES[state] for after in EDGES[step])


Day.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None, derandomize=True)
TestDay = Day.TestCase
