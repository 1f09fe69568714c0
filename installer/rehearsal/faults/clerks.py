"""Clerks who go on calling through a bad network and a server that dies: each asks until it is answered, by one id."""

import threading
from dataclasses import dataclass, field
from random import Random

from hall.errors import OneWindowError
from hall.ticket import ACTIVE, TicketState
from hall.wire.commands import Command
from hall.wire.replies import Reply
from installer.rehearsal.faults.acts import asked
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.errors import LinkError, ServerAway
from queue_server.link.server_link import ServerLink

_PAUSE_S = 0.05
_REMEMBERED = 200


@dataclass
class Clerk:
    """One clerk on a thread, from `start` to `stop`.

    Attributes:
        answers: Commands with the answers they got, the newest last.
        breaches: What was answered that should not have been.
        retried: How often no answer came and the same was asked again.
    """

    address: str
    staff: str
    pin: str
    window: int
    seed: int
    answers: list[tuple[Command, Reply]] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    retried: int = 0

    def start(self) -> None:
        """Sign in, then work on a thread."""
        self._dice = Random(self.seed)
        self._done = threading.Event()
        self._link = ServerLink(self.address, SystemClock())
        self._link.sign_in(self.staff, self.pin, self.window)
        self._thread = threading.Thread(target=self._work, name=f"clerk-{self.window}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the command in hand, ask a few old ones again, and end. The server must be there."""
        self._done.set()
        self._thread.join()
        try:
            for command, reply in self.answers[-_REMEMBERED:]:
                self._same(command, reply)
        except LinkError as error:
            self.breaches.append(f"window {self.window}, asked again at the end: {error}")
        self._link.close()

    def _work(self) -> None:
        try:
            while not self._done.is_set():
                self._serve_one()
        except OneWindowError as error:
            self.breaches.append(f"window {self.window}: {type(error).__name__}: {error}")

    def _serve_one(self) -> None:
        reply = self._ask("call_next")
        while reply.ticket is not None and reply.ticket.state in ACTIVE:
            if reply.ticket.window != self.window:
                self.breaches.append(f"window {self.window} was given somebody of window {reply.ticket.window}")
            called = reply.ticket.state is TicketState.CALLED
            kinds = ("start_service",) * 4 + ("recall", "mark_missed", "put_back") if called else ("finish_service",)
            reply = self._ask(self._dice.choice(kinds), reply.ticket.id)
        self._done.wait(_PAUSE_S * self._dice.random())

    def _ask(self, kind: str, ticket: str | None = None) -> Reply:
        command = asked(kind, new_id(), ticket)
        reply = self._until_answered(command)
        self.answers.append((command, reply))
        if self._dice.random() < 0.1:
            self._same(*self._dice.choice(self.answers[-_REMEMBERED:]))
        return reply

    def _until_answered(self, command: Command) -> Reply:
        while True:
            try:
                return self._link.command(command, patience_s=0)
            except ServerAway:
                self.retried += 1
                threading.Event().wait(_PAUSE_S)

    def _same(self, command: Command, reply: Reply) -> None:
        if self._until_answered(command) != reply:
            self.breaches.append(f"window {self.window}: {command.kind} was answered in two ways")
