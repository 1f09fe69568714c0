"""A clerk at a window: real commands under request ids, retried until answered; a desk kept current over a line."""

from collections.abc import Callable
from typing import Any

from hall.clock import SECOND_US
from hall.ticket import ServiceOutcome, TicketState
from hall.wire import commands
from hall.wire.acts import ACTS, Memory, RememberedAct
from hall.wire.commands import Command, SignIn, Withdraw, as_kept
from hall.wire.replies import Reply, SignedIn
from hall.wire.views import Desk
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.network import Line
from installer.rehearsal.hall_sim.talk import Lines
from queue_server.link.errors import LinkError, ServerRefused, SessionLost

_AT_THE_WINDOW: dict[TicketState, tuple[tuple[type[Any], dict[str, Any]], ...]] = {
    TicketState.CALLED: (
        (commands.StartService, {}),
        (commands.StartService, {}),
        (commands.StartService, {}),
        (commands.MarkMissed, {}),
        (commands.MarkMissed, {}),
        (commands.Recall, {}),
        (commands.PutBack, {}),
        (commands.Hold, {}),
        (commands.Undo, {}),
        (commands.Transfer, {"group": "beta"}),
    ),
    TicketState.SERVING: (
        (commands.FinishService, {}),
        (commands.FinishService, {}),
        (commands.FinishService, {}),
        (commands.FinishService, {"outcome": ServiceOutcome.SENT_BACK}),
        (commands.Hold, {}),
        (commands.Undo, {}),
        (commands.Transfer, {"group": "alpha"}),
    ),
}
_ASIDE = (commands.PutBack, commands.PutBack, commands.Cancel, commands.Hold)
_BLIND = (
    commands.StartService,
    commands.FinishService,
    commands.MarkMissed,
    commands.PutBack,
    commands.Hold,
    commands.Cancel,
    commands.Undo,
)


class WindowNode:
    """One window with its clerk.

    Args:
        number: The window's number.
        clockwork: The true time.
        dice: The clerk's moods.
        asking: The window client's way to the server.
        lines: How it gets lines to the server.
        settles: Whether it asks what became of a command to which it never got an answer.
    """

    def __init__(
        self, number: int, clockwork: Clockwork, dice: Dice, asking: Asking, lines: Lines, *, settles: bool
    ) -> None:
        self.number = number
        self.staff = f"{100 + number}"
        self.asking = asking
        self.dice = dice
        self.desk: Desk | None = None
        self.line: Line | None = None
        self.pending: Command | None = None
        self.last: Command | None = None
        self.unsettled: Command | None = None
        self.memory: list[RememberedAct] = []
        self.lines = lines
        self.known: Callable[[], str]
        self._clockwork = clockwork
        self._settles = settles

    def act(self) -> None:
        """The clerk does the next thing: sign in, wait for an answer, or something with a ticket."""
        if self.asking.busy:
            return
        if not self.asking.session:
            self._sign_in()
        elif self.pending is not None:
            self._send(self.pending)
        elif self.unsettled is not None:
            self._settle(self.unsettled)
        elif self.last is not None and self.dice.chance(0.05):
            self._send(self.last)  # a doubled click or an old retry: the same request again
        else:
            self._send(self._next_command())

    def press(self, command: Command) -> None:
        """The clerk does something with paper in hand, if the window can do anything just now."""
        if self.has_a_hand_free:
            self._send(command)

    @property
    def has_a_hand_free(self) -> bool:
        """Whether the clerk is signed in and waits for no answer."""
        return bool(self.asking.session) and not self.asking.busy and self.pending is None and self.unsettled is None

    def restart(self) -> None:
        """The client was closed and opened again: session, desk and what was pressed are forgotten.

        The command that got no answer stands in the window's own journal.
        """
        self._give_up()
        self._hang_up()
        self.asking.forget()
        self.asking.session = ""
        self.desk, self.pending, self.last = None, None, None

    def _next_command(self) -> Command:
        dice, new_id = self.dice, self.dice.new_id
        if dice.chance(0.04):
            return _command(dice.pick(_BLIND), new_id(), ticket=self.known())  # a screen that lags far behind
        latest = getattr(self.last, "ticket", None)
        if latest is not None and dice.chance(0.06):
            return _command(commands.Undo, new_id(), ticket=latest)  # whoever else has acted on it since
        if dice.chance(0.03):
            return _command(dice.pick([commands.Pause, commands.Resume, commands.Resume]), new_id())
        active = self.desk.active if self.desk is not None else None
        if active is not None:
            kind, fields = dice.pick(_AT_THE_WINDOW[active.ticket.state])
            return _command(kind, new_id(), ticket=active.ticket.id, **fields)
        aside = (*self.desk.missed, *self.desk.held) if self.desk is not None else ()
        if aside and dice.chance(0.2):
            ticket = dice.pick(aside).ticket.id
            return _command(dice.pick(_ASIDE), new_id(), ticket=ticket)
        if self.desk is not None and self.desk.queue and dice.chance(0.08):
            ticket = dice.pick(self.desk.queue).ticket.id
            return commands.CallTicket(request_id=new_id(), ticket=ticket, reason="x")
        return commands.CallNext(request_id=new_id())

    def _sign_in(self) -> None:
        self.asking.ask(
            "sign_in", SignIn(staff=self.staff, pin="000000", window=self.number), self._signed_in, lambda _: None
        )

    def _signed_in(self, answer: SignedIn) -> None:
        self.asking.session = answer.session
        self.asking.ask(
            "memory", Memory(acts=tuple(self.memory[-ACTS:])), lambda _: self._look(), lambda _: self._look()
        )

    def _send(self, command: Command) -> None:
        self.pending = command
        self.asking.ask(command.kind, command, lambda reply: self._answered(command, reply), self._unanswered)

    def _answered(self, command: Command, reply: Reply) -> None:
        self.pending, self.last = None, command
        self._remember(command, reply)

    def _remember(self, command: Command, reply: Reply) -> None:
        if reply.done:  # the window's own journal, on its own disk: it outlives the program
            self.memory.append(RememberedAct(staff=self.staff, command=as_kept(command), reply=reply))

    def _unanswered(self, error: LinkError) -> None:
        if isinstance(error, SessionLost):
            self._hang_up()
            self.asking.session = ""
        if isinstance(error, ServerRefused) or self.dice.chance(0.1):
            self._give_up()  # refused for ever, or the clerk will press something else

    def _give_up(self) -> None:
        if self._settles:
            self.unsettled = self.pending or self.unsettled
        self.pending = None

    def _settle(self, command: Command) -> None:
        """What became of it? Not carried out yet, it never will be."""
        asked = Withdraw(request_id=command.request_id)
        self.asking.ask("withdraw", asked, lambda reply: self._settled(command, reply), self._not_settled)

    def _settled(self, command: Command, reply: Reply) -> None:
        self.unsettled = None
        self._remember(command, reply)

    def _not_settled(self, error: LinkError) -> None:
        if isinstance(error, SessionLost):
            self._hang_up()
            self.asking.session = ""
        if isinstance(error, ServerRefused):
            self.unsettled = None

    def _look(self) -> None:
        self._hang_up()

        def seen(view: Any) -> None:
            if self.line is line:
                self.desk = view

        def broken() -> None:
            if self.line is line:
                self.line = None
                self._again()

        line = self.lines.new(self.asking.name, seen, broken)
        self.line = line
        admitted = self.lines.watch(self.asking.session, self.number, line)
        if not admitted:
            self.line = None
        if admitted is None:
            self._again()
        elif not admitted:
            self.asking.session = ""

    def _again(self) -> None:
        def try_again() -> None:
            if self.line is None and self.asking.session:
                self._look()

        pause = 20 if self.asking.hopeless else 2
        self._clockwork.after(pause * SECOND_US, f"~{self.asking.name} looks again", try_again)

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.open = False
            self.line = None


def _command(kind: type[Any], request_id: str, **fields: Any) -> Command:
    command: Command = kind(request_id=request_id, **fields)
    return command
