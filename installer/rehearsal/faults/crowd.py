"""A crowd of clerks at once: threads with mixed commands on one store, every request sent twice.

Some repetitions come at the same moment as the first, some right after it, some much later. Meanwhile a kiosk gives
numbers. Afterwards the journal is read by a judge who knows none of the store's code.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from random import Random
from time import monotonic

from hall.ticket import ACTIVE, Ticket, TicketState
from hall.wire.commands import Command
from hall.wire.replies import Reply
from installer.rehearsal.faults.acts import asked
from installer.rehearsal.faults.judge import double_calls
from installer.rehearsal.faults.pair import HALL_KEY, Pair, SteppingClock
from installer.rehearsal.faults.promises import arrived, remembers, unsound
from installer.rehearsal.faults.report import Report
from installer.rehearsal.faults.scratch import scratch
from queue_server.operations.commands import carry_out
from queue_server.store import check
from queue_server.store.records import Session

CLERKS = 8
_ENOUGH_WAITING = 60
_AT_ONCE = 20
_MUCH_LATER = 50
_CALLED = ("start_service",) * 4 + ("recall", "recall", "mark_missed", "put_back", "hold", "transfer", "undo")
_SERVING = ("finish_service",) * 2 + ("transfer", "hold", "undo")
_FREE = ("call_next",) * 4 + ("put_back",) * 3 + ("undo",)


def crowd(calls: int, seed: int, clerks: int = CLERKS) -> Report:
    """Let clerks work side by side.

    Args:
        calls: Commands of each; every one is sent twice.
        seed: Of what each of them asks; threads add their own chance.
        clerks: How many, each at a window.
    """
    report = Report("concurrent", {"seed": seed, "clerks": clerks, "calls_each": calls})
    with scratch() as folder:
        pair = Pair(folder, SteppingClock(), seed, windows=clerks)
        try:
            began = monotonic()
            workers = [_Clerk(pair, session, seed + place) for place, session in enumerate(pair.sessions)]
            _side_by_side([partial(worker.work, calls) for worker in workers], pair, report)
            seconds = monotonic() - began
            for worker in workers:
                report.breaches += worker.breaches
                report.count("requests", worker.requests)
                report.count("carried_out", worker.carried_out)
                report.count("refused_by_rule", worker.refused)
            report.figures["seconds"] = round(seconds, 1)
            report.figures["requests_per_s"] = round(sum(worker.requests for worker in workers) / seconds)
            _judge(pair, report)
        finally:
            pair.close()
        report.breaches += unsound(folder)
    return report


class _Clerk:
    """One clerk's thread: what it knows is what it was answered."""

    def __init__(self, pair: Pair, session: Session, seed: int) -> None:
        self.breaches: list[str] = []
        self.requests = self.carried_out = self.refused = 0
        self._pair = pair
        self._session = session
        self._dice = Random(seed)
        self._here: Ticket | None = None
        self._last = ""
        self._aside: list[str] = []
        self._past: list[tuple[Command, Reply]] = []

    def work(self, calls: int) -> None:
        for _ in range(calls):
            command = self._command()
            self._follow(command, self._twice(command))

    def _command(self) -> Command:
        request_id = f"{self._dice.getrandbits(128):032x}"
        if self._here is not None:
            kind = self._dice.choice(_SERVING if self._here.state is TicketState.SERVING else _CALLED)
            more = {"group": self._dice.choice(self._pair.catalog.groups).id} if kind == "transfer" else {}
            return asked(kind, request_id, self._here.id, **more)
        kind = self._dice.choice(_FREE)
        if kind == "put_back" and self._aside:
            return asked(kind, request_id, self._aside.pop(self._dice.randrange(len(self._aside))))
        if kind == "undo" and self._last:
            return asked(kind, request_id, self._last)
        return asked("call_next", request_id)

    def _twice(self, command: Command) -> Reply:
        """Ask, and ask the same again now, then or much later; the first answer."""
        first = self._ask(command)
        when = self._dice.randrange(3)
        if when == 0:
            again = self._ask(command)
            reply = first.result()
            self._same(command, reply, again.result())
            return reply
        reply = first.result()
        if when == 1:
            self._same(command, reply, self._ask(command).result())
            return reply
        self._past.append((command, reply))
        if len(self._past) > _MUCH_LATER:
            old, answer = self._past.pop(self._dice.randrange(len(self._past)))
            self._same(old, answer, self._ask(old).result())
        return reply

    def _ask(self, command: Command) -> "Future[Reply]":
        self.requests += 1
        moment = self._pair.clock.now()
        return self._pair.store.write(lambda tx: carry_out(tx, moment, self._session, command, HALL_KEY))

    def _same(self, command: Command, one: Reply, other: Reply) -> None:
        if one != other:
            self.breaches.append(f"window {self._session.window}: {command.kind} was answered in two ways")

    def _follow(self, command: Command, reply: Reply) -> None:
        ticket = reply.ticket
        if ticket is None:
            self.refused += 1
            return
        self.carried_out += 1
        self._last = ticket.id
        self._here = ticket if ticket.state in ACTIVE and ticket.window == self._session.window else None
        if ticket.state in (TicketState.MISSED, TicketState.ON_HOLD):
            self._aside.append(ticket.id)
        if command.kind == "call_next" and self._here is None:
            self.breaches.append(f"window {self._session.window}: a call brought nobody here")


def _side_by_side(works: list[Callable[[], None]], pair: Pair, report: Report) -> None:
    """All at once, while the kiosk sees to it that somebody is always waiting."""
    failed: list[str] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            failed.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    _fill(pair)
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        _fill(pair)
        threads[0].join(0.01)
    report.breaches += failed


def _fill(pair: Pair) -> None:
    while pair.store.run(lambda tx: len(tx.order)) < _ENOUGH_WAITING:
        for _ in range(_AT_ONCE):
            pair.issue(paper=False)
        pair.push()


def _judge(pair: Pair, report: Report) -> None:
    with pair.store.read() as reader:
        entries = list(reader.entries())
        report.breaches += check(reader).differences
    report.figures["entries"] = len(entries)
    doubles = list(double_calls(entries))
    report.figures["double_calls"] = len(doubles)
    report.breaches += doubles
    report.breaches += arrived(pair.told.numbers, entries)
    report.breaches += remembers(pair)
