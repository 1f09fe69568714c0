"""One visit led by hand: a ticket, a clerk at window 1, and the table of what a clerk may do in which state."""

from collections.abc import Callable
from typing import Any

from hall.ticket import Ticket, TicketState
from hall.wire import commands
from hall.wire.commands import Command
from hall.wire.replies import Reply
from queue_server.store.records import Session
from tests.support.referee import Referee, SimKiosk

S = TicketState


class Visit:
    """One ticket of group alpha and a clerk at window 1."""

    def __init__(self, referee: Referee | None = None) -> None:
        self.referee = referee or Referee()
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerk: Session = self.referee.clerk(1)
        self.id = self.kiosk.issue().ticket
        self.kiosk.push()

    def do(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.referee.do(session or self.clerk, kind(request_id=self.referee.ids(), **fields))

    def on(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.do(kind, session, ticket=self.id, **fields)

    @property
    def ticket(self) -> Ticket:
        ticket = self.referee.run(lambda tx: tx.ticket(self.id))
        assert ticket is not None
        return ticket

    def bring_to(self, state: TicketState) -> None:
        """Lead the ticket into a state by the shortest way."""
        way: dict[TicketState, list[Callable[[], Reply]]] = {
            S.WAITING: [],
            S.CALLED: [self.call],
            S.SERVING: [self.call, self.start],
            S.MISSED: [self.call, self.miss],
            S.ON_HOLD: [lambda: self.on(commands.Hold)],
            S.FINISHED: [self.call, self.start, lambda: self.on(commands.FinishService)],
            S.CANCELLED: [lambda: self.on(commands.Cancel)],
        }
        for step in way[state]:
            assert step().done
        assert self.ticket.state is state

    def call(self) -> Reply:
        return self.do(commands.CallNext)

    def call_enough(self) -> None:
        """Again, as often as the hall calls one number."""
        while self.on(commands.Recall).done:
            pass

    def miss(self) -> Reply:
        """Called as often as it may be, then missed."""
        self.call_enough()
        return self.on(commands.MarkMissed)

    def start(self) -> Reply:
        return self.on(commands.StartService)


TABLE: dict[str, tuple[Callable[..., Command], dict[str, Any], dict[TicketState, TicketState]]] = {
    "call": (commands.CallTicket, {"reason": "熟悉情况"}, {S.WAITING: S.CALLED}),
    "recall": (commands.Recall, {}, {S.CALLED: S.CALLED}),
    "start": (commands.StartService, {}, {S.CALLED: S.SERVING}),
    "next_service": (commands.NextService, {"service": "alpha_one"}, {S.SERVING: S.SERVING}),
    "finish": (commands.FinishService, {}, {S.SERVING: S.FINISHED}),
    "missed": (commands.MarkMissed, {}, {S.CALLED: S.MISSED}),
    "put_back": (commands.PutBack, {}, {S.CALLED: S.WAITING, S.MISSED: S.WAITING, S.ON_HOLD: S.WAITING}),
    "hold": (commands.Hold, {}, {S.WAITING: S.ON_HOLD, S.CALLED: S.ON_HOLD, S.SERVING: S.ON_HOLD}),
    "transfer": (commands.Transfer, {"group": "beta"}, {S.CALLED: S.WAITING, S.SERVING: S.WAITING}),
    "cancel": (commands.Cancel, {}, {S.WAITING: S.CANCELLED, S.MISSED: S.CANCELLED, S.ON_HOLD: S.CANCELLED}),
}
