"""Five clerks press whatever they like, ten thousand times: desk and server never disagree, and nothing is done twice.

What a desk offers is computed from what its screen last showed; here the screen is fresh, so that a refusal of what was
offered, or a success of what was not, is a disagreement of the two and not a race. Every command is sent twice.
"""

from collections import Counter
from random import Random

import pytest

from hall.ticket import ACTIVE, LIVE, Ticket, TicketClass
from hall.wire.commands import FinishService, StartService
from hall.wire.replies import Refusal, Reply
from hall.wire.views import Desk
from queue_server.operations.auto_call import call_by_itself
from queue_server.operations.tick import tick
from queue_server.operations.views import desk
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.referee import Referee, SimKiosk, small_catalog
from window_client.desk.acts import Details, allowed, command_for, row_allowed, ticket_of
from window_client.desk.choices import ASKING, Choice, choices, chosen, second_question, whole_answer
from window_client.desk.situation import Act, Connection, Outcome, Situation
from window_client.i18n import CHINESE

STEPS = 10_000
WINDOWS = (1, 2, 3)
CROWD = 20
A_FAULT = 0.1
"""So seldom somebody says that a whole group cannot be served: it ends everybody who waits."""
NOTHING = (Choice("nothing", ""),)
CLERKS = ("1001", "1002", "1003", "1004", "1005")
UNKNOWN_TO_A_DESK = {(Act.UNDO, Refusal.UNDO_TOO_LATE), (Act.UNDO, Refusal.WINDOW_BUSY)}
"""Another desk may have gone on with the ticket whose act this one would take back."""


class Walk:
    """A hall with three windows, five clerks who come and go, and citizens who keep coming."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.referee = Referee(catalog=small_catalog(auto_call_seconds=15))
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.at: dict[int, Session] = {}
        self.last: dict[int, Outcome | None] = {}
        self.done = Counter[Act]()
        self.refused = Counter[Refusal]()

    def step(self) -> None:
        """Somebody does something."""
        self.referee.pass_time(self.random.choice((1, 2, 5, 20, 90)))
        self.referee.run(lambda tx: call_by_itself(tx, self.referee.moment))
        if self.random.random() < 0.25 and self.referee.run(lambda tx: len(tx.order)) < CROWD:
            self.kiosk.issue(self.random.choice(("alpha", "beta")), self.random.choice(list(TicketClass)))
            self.kiosk.push(first=len(self.kiosk.facts))
        window = self.random.choice(WINDOWS)
        if window not in self.at:
            free = [clerk for clerk in CLERKS if clerk not in {each.subject for each in self.at.values()}]
            self.at[window], self.last[window] = self.referee.clerk(window, self.random.choice(free)), None
        act = self.random.choice([act for act in Act if act is not Act.ADOPT])
        if act is not Act.DECLARE_FAULT or self.random.random() < A_FAULT:
            self.press(window, act)

    def press(self, window: int, act: Act) -> None:
        """One key at one desk, whether it is offered or not."""
        view = self.desk(window)
        now = Situation(
            self.referee.moment.wall_us,
            view,
            Connection.ONLINE,
            self.referee.run(lambda tx: tx.catalog()),
            outcome=self.last[window],
        )
        row = self.row(view, act)
        ticket = ticket_of(now, act, row)
        if not ticket and act in _OF_A_TICKET:
            assert act in _OF_A_ROW or not allowed(now, act)
            return
        command = command_for(act, self.referee.ids(), ticket=ticket, details=self.details(now, act))
        session = self.at[window]
        offered = allowed(now, act) and (act not in _OF_A_ROW or row_allowed(now, act, self.ticket(row)))
        before = self.facts()
        reply = self.referee.do(session, command)
        written = self.facts() - before
        assert self.referee.do(session, command) == reply
        assert self.facts() == before + written
        assert (written > 0) == reply.done
        self.agree(act, reply, offered=offered)
        self.last[window] = Outcome(act, reply)
        if reply.done and act is Act.SIGN_OUT:
            del self.at[window]

    def end_the_day(self, window: int) -> None:
        """Whoever is at a window is served to the end."""
        for kind in (StartService, FinishService):
            active = self.desk(window).active
            if active is not None:
                self.referee.do(self.at[window], kind(request_id=self.referee.ids(), ticket=active.ticket.id))

    def agree(self, act: Act, reply: Reply, *, offered: bool) -> None:
        """Whether the server did exactly what the desk offered."""
        if reply.done:
            self.done[act] += 1
        else:
            assert reply.refusal is not None
            self.refused[reply.refusal] += 1
        if offered != reply.done and (act, reply.refusal) not in UNKNOWN_TO_A_DESK:
            raise AssertionError(f"{act}: the desk {'offered' if offered else 'did not offer'} it, {reply.refusal}")

    def details(self, now: Situation, act: Act) -> Details:
        """A press of one of the buttons that the panel of the act shows, whether it is shown now or not."""
        if act not in ASKING:
            return Details()
        value = self.random.choice([choice.value for choice in choices(now, act, CHINESE)] or ["alpha"])
        following = second_question(act, value)
        if following:
            value = whole_answer(following, self.random.choice(choices(now, following, CHINESE) or NOTHING).value)[1]
        return chosen(act, value, CHINESE, "x")

    def row(self, view: Desk, act: Act) -> str:
        """A row of the list the act belongs to."""
        rows = {Act.CALL_TICKET: view.queue, Act.PUT_BACK: (*view.missed, *view.held)}.get(act, ())
        return self.random.choice(rows).ticket.id if rows else ""

    def desk(self, window: int) -> Desk:
        """What the screen of a window shows now."""
        with self.referee.store.read() as reader:
            return desk(reader, self.referee.moment, window)

    def ticket(self, ticket: str) -> Ticket:
        """A ticket as it stands."""
        found = self.referee.run(lambda tx: tx.ticket(ticket))
        assert found is not None
        return found

    def facts(self) -> int:
        """How many entries the journal has."""
        with self.referee.store.read() as reader:
            return reader.head_seq()


_OF_A_ROW = {Act.CALL_TICKET, Act.PUT_BACK}
_OF_A_TICKET = {
    Act.START,
    Act.FINISH,
    Act.NEXT_SERVICE,
    Act.RECALL,
    Act.MISS,
    Act.TRANSFER,
    Act.HOLD,
    Act.UNDO,
    *_OF_A_ROW,
}


@pytest.mark.timeout(400)
def test_five_clerks_press_ten_thousand_keys() -> None:
    walk = Walk(1)
    for _ in range(STEPS):
        walk.step()
    pressed = {act for act in Act if act is not Act.ADOPT}
    assert walk.done.keys() == pressed  # nothing was left out
    referee = walk.referee
    with referee.store.read() as reader:
        tickets = list(reader.every(Ticket))
        assert check(reader).differences == ()
    active = [ticket.window for ticket in tickets if ticket.state in ACTIVE]
    assert len(active) == len(set(active))
    for window in walk.at:
        walk.end_the_day(window)
    referee.pass_time(24 * 3600)
    referee.run(lambda tx: tick(tx, referee.moment))
    with referee.store.read() as reader:
        stuck = [ticket.number for ticket in reader.every(Ticket) if ticket.state in LIVE]
    assert stuck == []
