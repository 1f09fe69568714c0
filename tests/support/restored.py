"""A hall that is set back to a backup, with a kiosk and windows that remember more than the server does."""

from pathlib import Path

from hall.mending import RecoveryReason
from hall.ticket import Flag, Ticket, TicketState
from hall.wire import commands
from hall.wire.acts import Memory, RememberedAct
from hall.wire.commands import Command
from hall.wire.replies import Reply
from queue_server.operations import recovery
from queue_server.operations.memory import remember
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import Store, check, snapshot
from tests.support.referee import HALL_ID, SECOND, Referee, SimKiosk


class Restored:
    """A hall, a backup of it, and windows that keep what they did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.referee = Referee(folder / "hall.db")
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerks = {number: self.referee.clerk(number, f"100{number}") for number in (1, 3)}
        self.acts: dict[int, list[RememberedAct]] = {1: [], 3: []}

    def do(self, window: int, command: Command) -> Reply:
        session = self.clerks[window]
        reply = self.referee.do(session, command)
        self.acts[window].append(RememberedAct(staff=session.subject, command=command, reply=reply))
        self.referee.pass_time(20)
        return reply

    def call(self, window: int = 1) -> str:
        ticket = self.do(window, commands.CallNext(request_id=self.referee.ids())).ticket
        assert ticket is not None
        return ticket.id

    def serve(self, ticket: str, window: int = 1) -> None:
        self.do(window, commands.StartService(request_id=self.referee.ids(), ticket=ticket))
        self.do(window, commands.FinishService(request_id=self.referee.ids(), ticket=ticket))

    def back_up(self) -> None:
        self.referee.store.copy(self.folder / "old.db")
        self.until = self.referee.moment

    def restore(self) -> None:
        """The backup of then is the hall of now, without sessions; the watermark beside it is lost with the disk."""
        self.referee.store.close()
        self.referee.pass_time(60)
        snapshot.clean(self.folder / "old.db", holders=False)
        self.referee.store = Store.open(self.folder / "old.db", HALL_ID, new_id=self.referee.ids)
        known = self.until.wall_us
        self.referee.run(lambda tx: recovery.begin(tx, self.referee.moment, RecoveryReason.RESTORED, known))

    def fall_back(self) -> None:
        """The same, and nobody tells the server."""
        self.referee.store.close()
        self.referee.pass_time(60)
        self.referee.store = Store.open(self.folder / "old.db", HALL_ID, new_id=self.referee.ids)

    def head(self) -> int:
        return self.referee.run(lambda tx: tx.head_seq())

    def restore_nothing(self) -> None:
        """A recovery in which hardly anything was forgotten."""
        moment = self.referee.moment
        self.referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us - SECOND))

    def tell(self, window: int = 1, acts: list[RememberedAct] | None = None, *, more: bool = False) -> None:
        told = Memory(acts=tuple(self.acts[window] if acts is None else acts), more=more)
        self.referee.run(lambda tx: remember(tx, self.referee.moment, self.clerks[window], told))

    def kiosk_is_back(self) -> None:
        self.kiosk.say_hello()
        self.kiosk.push(self.kiosk.welcome.highwater + 1)

    def ticket(self, ticket_id: str) -> Ticket:
        ticket = self.referee.run(lambda tx: tx.ticket(ticket_id))
        assert ticket is not None
        return ticket

    def stands(self, ticket_id: str) -> tuple[TicketState, bool]:
        ticket = self.ticket(ticket_id)
        return ticket.state, Flag.UNCERTAIN in ticket.flags

    def open(self) -> bool:
        return self.referee.run(recovery.open_recovery) is not None

    def figures(self) -> tuple[int, int]:
        day = self.ticket(self.kiosk.facts[0].fact.body.ticket).day  # type: ignore[union-attr]
        with self.referee.store.read() as reader:
            assert check(reader).differences == ()
            counts = day_figures(reader, day).values()
            return sum(each.issued for each in counts), sum(each.finished for each in counts)
