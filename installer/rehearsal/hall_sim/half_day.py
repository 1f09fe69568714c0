"""Random half-days of a hall by its real order, every call held against the rule on paper and its promises.

A half-day: four hours, windows that serve one group or several and help others, some paused for a while; people with
and without a head start, who do not come when called and come back. Of each call four things are asked: that the plain
rule of `reference` calls the same one, that nobody was overtaken by more than the head start, that the reason names
the right second, and that no open window stands idle while somebody it may serve waits.
"""

import heapq
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from hall.calling import HEAD_START_MINUTES, effective_after_return, effective_at
from hall.clock import MINUTE_US
from hall.ticket import Ticket, TicketClass, TicketState
from hall.window import Window
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.reference import Plain, comes_back, who_is_next
from queue_server.store.order import Order

GROUPS = ("alpha", "beta", "gamma")
HALF_DAY_US = 4 * 60 * MINUTE_US
START_US = 1_795_482_000_000_000
DAY = date(2026, 11, 24)
CLASSES = (TicketClass.ORDINARY,) * 7 + (TicketClass.PRIORITY, TicketClass.APPOINTMENT)


@dataclass
class Findings:
    """What was played and what was found: each violation in words."""

    tickets: int = 0
    calls: int = 0
    overtaken: int = 0
    violations: list[str] = field(default_factory=list)


class HalfDay:
    """One half-day of one hall.

    Args:
        seed: Everything follows from it.
    """

    def __init__(self, seed: int) -> None:
        self._dice = dice = Dice(f"half-day {seed}")
        self._order = Order()
        self._plain: list[Plain] = []
        self._tickets: dict[int, Ticket] = {}
        self._agenda: list[tuple[int, int, str, int]] = []
        self._turn = count()
        self._windows = {number: _window(number, dice) for number in range(1, dice.between(1, 6) + 1)}
        self._penalties = {number: _penalties(window) for number, window in self._windows.items()}
        self._idle = set(self._windows)
        self._paused: set[int] = set()
        self.found = Findings()
        for seq in range(1, dice.between(2, 90)):
            self._later(dice.between(0, HALF_DAY_US), "came", seq)
        for number in self._windows:
            if dice.chance(0.3):
                self._later(dice.between(0, HALF_DAY_US), "pause", number)

    def play(self) -> Findings:
        """Until the last has been served."""
        while self._agenda:
            at_us, _, what, who = heapq.heappop(self._agenda)
            match what:
                case "came":
                    self._came(at_us, who)
                case "back":
                    self._back(who)
                case "free":
                    self._idle.add(who)
                case "pause":
                    self._paused.add(who)
                    self._later(at_us + self._dice.between(1, 90) * MINUTE_US, "open", who)
                case "open":
                    self._paused.discard(who)
            for number in sorted(self._idle - self._paused):
                self._call(at_us, number)
            self._nobody_idle()
        return self.found

    def _came(self, at_us: int, seq: int) -> None:
        group, ticket_class = self._dice.pick(GROUPS), self._dice.pick(CLASSES)
        ticket = Ticket(
            id=f"{seq:032x}",
            day=DAY,
            service="",
            group=group,
            prefix="A",
            lane=None,
            n=seq,
            issuer_lane=1,
            issuer_seq=seq,
            ticket_class=ticket_class,
            issued_at=START_US + at_us,
            effective_at=effective_at(START_US + at_us, ticket_class),
        )
        self._tickets[seq] = ticket
        self._order.change(None, ticket)
        self._plain.append(Plain(seq, group, START_US + at_us, HEAD_START_MINUTES[ticket_class] * MINUTE_US))
        self.found.tickets += 1

    def _back(self, seq: int) -> None:
        missed = self._tickets[seq]
        at = effective_after_return(missed, self._order.waiting(missed.group))
        self._become(seq, missed.model_copy(update={"state": TicketState.WAITING, "effective_at": at, "returns": 1}))
        head_start = HEAD_START_MINUTES[missed.ticket_class] * MINUTE_US
        comes_back(self._plain, Plain(seq, missed.group, missed.issued_at, head_start))

    def _call(self, at_us: int, number: int) -> None:
        choice = self._order.next_for(self._windows[number])
        expected = who_is_next(self._plain, self._penalties[number])
        if choice is None or expected is None:
            if choice is not None or expected is not None:
                self._violated(f"window {number}: {choice and choice.ticket.n} called, the paper says {expected}")
            return
        ticket = choice.ticket
        if ticket.n != expected.seq:
            self._violated(f"window {number} called {ticket.n}, the paper says {expected.seq}")
        self._plain = [each for each in self._plain if each.seq != ticket.n]
        second = who_is_next(self._plain, self._penalties[number])
        if (choice.second and choice.second.n) != (second and second.seq):
            self._violated(f"window {number}: {ticket.n} was said to stand before {choice.second}, not {second}")
        self._overtaking(ticket, number)
        self._idle.discard(number)
        self.found.calls += 1
        if self._dice.chance(0.1) and not ticket.returns:
            self._become(ticket.n, ticket.model_copy(update={"state": TicketState.MISSED}))
            self._later(at_us + self._dice.between(1, 30) * MINUTE_US, "back", ticket.n)
            self._later(at_us + MINUTE_US, "free", number)
        else:
            self._become(ticket.n, ticket.model_copy(update={"state": TicketState.SERVING}))
            self._later(at_us + 1 + self._dice.around(8 * MINUTE_US), "free", number)

    def _overtaking(self, called: Ticket, number: int) -> None:
        """Bounded: whoever came later goes first by less than the difference of head starts and penalties."""
        penalties = self._penalties[number]
        for other in self._plain:
            if other.group not in penalties or other.not_before or other.came >= called.issued_at:
                continue
            self.found.overtaken += 1
            bound = HEAD_START_MINUTES[called.ticket_class] * MINUTE_US - other.head_start
            bound += penalties[other.group] - penalties[called.group]
            if called.issued_at - other.came > bound:
                self._violated(f"window {number}: {called.n} went before {other.seq}, who came too long before")

    def _nobody_idle(self) -> None:
        for number in self._idle - self._paused:
            left = [each.seq for each in self._plain if each.group in self._penalties[number]]
            if left:
                self._violated(f"window {number} stands idle while {left} wait")

    def _become(self, seq: int, after: Ticket) -> None:
        self._order.change(self._tickets[seq], after)
        self._tickets[seq] = after

    def _later(self, at_us: int, what: str, who: int) -> None:
        heapq.heappush(self._agenda, (at_us, next(self._turn), what, who))

    def _violated(self, words: str) -> None:
        self.found.violations.append(words)


def _window(number: int, dice: Dice) -> Window:
    own = tuple(group for group in GROUPS if dice.chance(0.5)) or (dice.pick(GROUPS),)
    helps = {group: float(dice.between(1, 20)) for group in GROUPS if group not in own and dice.chance(0.5)}
    return Window(number=number, name=f"{number}号窗口", groups=own, helps=helps)


def _penalties(window: Window) -> dict[str, int]:
    return {**dict.fromkeys(window.groups, 0), **{group: int(m) * MINUTE_US for group, m in window.helps.items()}}
