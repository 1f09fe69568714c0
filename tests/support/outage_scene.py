"""A hall after an outage: a number nobody has heard of, a clerk, a manager."""

from collections.abc import Callable
from typing import Any

from hall.facts import TicketIssued
from hall.mending import RecoveryReason
from hall.slip_code import SlipCode, printed_text, seal
from hall.ticket import Flag, TicketState
from hall.wire import commands
from hall.wire.commands import Command
from hall.wire.replies import Reply
from queue_server.operations import recovery
from queue_server.operations.sessions import open_session
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from queue_server.store.records import Session, SessionKind
from tests.support.referee import HALL_ID, HALL_KEY, SECOND, Referee, SimKiosk

MINUTE = 60 * SECOND


class Scene:
    """A hall whose kiosk gave a number that the server has not heard of, a clerk at window 1, a manager."""

    def __init__(self) -> None:
        self.referee = Referee()
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerk = self.referee.clerk(1)
        self.manager: Session = self.referee.run(
            lambda tx: open_session(tx, self.referee.moment, SessionKind.MANAGER, "9001")[1]
        )
        self.issued_at = self.referee.moment.wall_us
        self.body = self.kiosk.issue()
        self.id = self.body.ticket
        self.referee.pass_time(600)

    def do(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.referee.do(session or self.clerk, kind(request_id=self.referee.ids(), **fields))

    def decide(self, kind: Callable[..., Command], **fields: object) -> Reply:
        return self.do(kind, self.manager, **fields)

    def code(self, body: TicketIssued | None = None, key: bytes = HALL_KEY) -> str:
        body = body or self.body
        told = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, self.issued_at)
        return printed_text(seal(told, HALL_ID, key), "")

    def by_hand(self, number: str = "A001", ago: float = 300, **fields: object) -> Reply:
        begun = self.referee.moment.wall_us - round(ago * SECOND)
        told: dict[str, Any] = {"called_at": begun, "ended_at": begun + 2 * MINUTE} | fields
        return self.do(commands.EnterByHand, number=number, **told)

    def ticket(self) -> tuple[TicketState, tuple[Flag, ...]]:
        ticket = self.referee.run(lambda tx: tx.ticket(self.id))
        assert ticket is not None
        return ticket.state, ticket.flags

    def figures(self) -> tuple[int, int]:
        """Issued and finished; the tables must say what the journal says."""
        with self.referee.store.read() as reader:
            assert check(reader).differences == ()
            counts = day_figures(reader, self.body.day).values()
            return sum(each.issued for each in counts), sum(each.finished for each in counts)

    def set_back(self) -> None:
        moment = self.referee.moment
        self.referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us - 60 * SECOND))
