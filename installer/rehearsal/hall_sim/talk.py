"""A kiosk program's talk with the server: the real conversation over letters, for one life of the program."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol

from hall.clock import SECOND_US
from hall.errors import OneWindowError
from hall.keys import device_proof
from hall.wire.hello import Hello, Nonce, Welcome
from hall.wire.sync import Push
from hall.wire.version import SCHEMA_VERSION
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice, MachineClock
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.network import Line
from queue_server.link.conversation import CatalogWanted, Conversation, Introduction
from queue_server.link.follow import Backoff
from queue_server.link.ledger import Ledger

HOPELESS_US = 20 * SECOND_US
"""So often a machine that reaches nobody is made to try; the real one does every two seconds, to no other effect."""


class Lines(Protocol):
    """How a machine gets a line to the server."""

    def new(self, machine: str, receive: Callable[[Any], None], broken: Callable[[], None]) -> Line:
        """A line whose far end is this machine."""
        ...

    def follow(self, session: str, after: int, line: Line) -> bool | None:
        """Have the feed sent over it; True if the server does."""
        ...

    def watch(self, session: str, window: int | None, line: Line) -> bool | None:
        """Have a screen kept current over it; False without a session, None without a server."""
        ...


class Program(Protocol):
    """The program that talks: what it is, and how it bears what happens to it."""

    device: str
    clock: MachineClock
    dice: Dice
    asking: Asking
    lines: Lines

    def guarded(self, act: Callable[[], None]) -> None:
        """Do something in the process, which may die of it."""
        ...

    def note(self, error: OneWindowError) -> None:
        """Something went wrong that the real program writes into its log."""
        ...


class Talk:
    """From the start of a program to its `end`.

    Args:
        program: Who talks.
        ledger: What it talks of.
        clockwork: The true time.
        hall_key: The hall's secret.
    """

    def __init__(self, program: Program, ledger: Ledger, clockwork: Clockwork, hall_key: bytes) -> None:
        self._program = program
        self._asking = program.asking
        self._ledger = ledger
        self._clockwork = clockwork
        self._hall_key = hall_key
        self._backoff = Backoff(program.dice.part)
        self._conversation = Conversation(ledger)
        self._ended = False
        self._line_session = ""
        self.line: Line | None = None
        self.online = False
        ledger.on_written(self.soon)

    def end(self) -> None:
        """The program is gone."""
        self._ended = True
        self._hang_up()

    def soon(self) -> None:
        """There may be something to say."""
        self._clockwork.after(1_000, f"~{self._asking.name} talks", self._go_on)

    def _go_on(self) -> None:
        if self._ended or self._asking.busy:
            return
        if self._asking.hopeless:
            self._clockwork.after(HOPELESS_US, f"~{self._asking.name} waits", self._go_on)
        else:
            self._bear(self._ask_next)

    def _bear(self, act: Callable[[], None]) -> None:
        """Do something; an error of the world ends this connection, as in the real program."""

        def bearing() -> None:
            try:
                act()
            except OneWindowError as error:
                self._program.note(error)
                self._part()

        if not self._ended:
            self._program.guarded(bearing)

    def _ask_next(self) -> None:
        request = self._conversation.next_request(self._program.clock.now())
        match request:
            case Introduction():
                self._asking.session = ""
                self._ask("nonce", "nonce", lambda nonce: self._hello(request, nonce))
            case CatalogWanted():
                self._ask("catalog", "catalog", lambda answer: self._taken(request, answer))
            case Push():
                self._ask("push", request, lambda answer: self._taken(request, answer))
            case None:
                self._open_line()

    def _ask(self, word: str, body: object, taken: Callable[[Any], None]) -> None:
        self._asking.ask(word, body, lambda answer: self._bear(lambda: taken(answer)), lambda _: self._part())

    def _hello(self, request: Introduction, nonce: Nonce) -> None:
        proof = device_proof(self._hall_key, self._program.device, nonce.nonce)
        hello = Hello(schema_version=SCHEMA_VERSION, **asdict(request), nonce=nonce.nonce, proof=proof)
        self._ask("hello", hello, lambda answer: self._taken(request, answer))

    def _taken(self, request: Any, answer: Any) -> None:
        if isinstance(answer, Welcome):
            self._asking.session = answer.session
        self._conversation.take(request, answer)
        self._ask_next()

    def _open_line(self) -> None:
        if self.line is not None and self.line.open and self._line_session == self._asking.session:
            return

        def hear(messages: Any) -> None:
            self._conversation.hear(messages)
            if self._conversation.has_a_question:
                self._go_on()

        def heard(messages: Any) -> None:
            if self.line is line:
                self._bear(lambda: hear(messages))

        line = self._program.lines.new(self._asking.name, heard, lambda: self._part() if self.line is line else None)
        self.line, self._line_session = line, self._asking.session
        if self._program.lines.follow(self._asking.session, self._conversation.follow_after, line):
            self.online = True
            self._backoff.reset()
        else:
            self._part()

    def _part(self) -> None:
        """The connection is over; a new one after a pause."""
        if not self._ended:
            self._hang_up()
            self._asking.forget()
            self._conversation = Conversation(self._ledger)
            pause_us = round(self._backoff.next_s() * SECOND_US)
            self._clockwork.after(pause_us, f"~{self._asking.name} tries again", self._go_on)

    def _hang_up(self) -> None:
        self.online = False
        if self.line is not None:
            self.line.open = False
            self.line = None
