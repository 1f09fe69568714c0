"""I4, I5 and I6: where every ticket stands, who may be called and in which order, told from the facts alone.

A model of a page: states and edges of the house's table, one order key, ten seconds of undo. It reads the same journal
as the product and shares nothing else with it.

It is long because every fact of a visit has its own promise to hold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hall.catalog import Catalog
from hall.opening import business_day
from installer.rehearsal.hall_sim.oracle.violation import expect

MINUTE_US = 60_000_000
UNDO_US = 10_000_000
EDGES = {
    "waiting": {"called", "on_hold", "cancelled"},
    "called": {"serving", "waiting", "missed", "on_hold"},
    "serving": {"finished", "waiting", "on_hold"},
    "missed": {"waiting", "cancelled"},
    "on_hold": {"waiting", "cancelled"},
    "finished": set[str](),
    "cancelled": set[str](),
}
MOVES = {
    "ticket_called": "called",
    "ticket_recalled": "called",
    "service_started": "serving",
    "service_finished": "finished",
    "ticket_missed": "missed",
    "ticket_returned": "waiting",
    "ticket_transferred": "waiting",
    "ticket_held": "on_hold",
    "ticket_cancelled": "cancelled",
}
AT_A_WINDOW = {"called", "serving"}


@dataclass(frozen=True)
class Visit:
    """A ticket as the model sees it."""

    number: str
    group: str
    effective: int
    issued: int
    lane: int
    place: int
    state: str = "waiting"
    window: int = 0
    uncertain: bool = False
    changed: int = 0
    adopted: bool = False
    returns: int = 0
    day: Any = None

    def key(self, penalty: int) -> tuple[int, int, int, int]:
        """The one order of calling."""
        return (self.effective + penalty, self.issued, self.lane, self.place)


@dataclass
class Visits:
    """Every visit of the hall, entry by entry.

    Args:
        catalog: The catalogue in force, for the windows' groups.
        asked: Which command wrote a journal entry; empty if none did.
    """

    catalog: Callable[[], Catalog]
    asked: Callable[[int], str]
    visits: dict[str, Visit] = field(default_factory=dict)
    at_window: dict[int, str] = field(default_factory=dict)
    before: dict[str, tuple[int, int, Visit]] = field(default_factory=dict)
    numbers: dict[tuple[Any, str], str] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    served: set[str] = field(default_factory=set)
    fresh: bool = True
    unknown: set[str] = field(default_factory=set)
    by_hand: dict[tuple[Any, str], int] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    ended_by_fault: dict[str, str] = field(default_factory=dict)
    calls_itself: set[int] = field(default_factory=set)
    plan: str = ""

    def hear(self, entry: Any, *, fresh: bool = True) -> None:
        """One more entry of the journal; one read again after a set-back followed a catalogue that is gone."""
        self.fresh = fresh
        body = entry.fact.body
        kind, ticket = body.kind, str(getattr(body, "ticket", ""))
        if kind in MOVES and kind != "ticket_cancelled":
            dismissed = kind == "ticket_returned" and self.asked(entry.seq + 1) == "dismiss"
            over = kind in ("ticket_returned", "service_finished") and self._day_is_over(entry, ticket)
            itself = kind == "ticket_called" and body.reason is not None and body.reason.by_itself
            expect(dismissed or over or itself or self.asked(entry.seq), "I5", f"{kind} although nobody asked for it")
        if ticket in self.doubled and kind != "ticket_issued":
            return  # in no queue: its holder is a manager's matter
        if kind in self._hearing:
            self._hearing[kind](entry, body)
        elif kind in MOVES:
            self._move(entry, body, MOVES[kind])

    def _day_is_over(self, entry: Any, ticket: str) -> bool:
        """Whether somebody still stands at a window whose day is over: then an end comes by itself."""
        visit = self.visits.get(ticket)
        day = business_day(entry.at, self.catalog().hall.offset_minutes)
        return visit is not None and visit.state in AT_A_WINDOW and visit.day is not None and visit.day < day

    @property
    def _hearing(self) -> dict[str, Callable[[Any, Any], None]]:
        return {
            "ticket_issued": self._issued,
            "ticket_adopted": self._adopted,
            "started_without_ticket": self._begun,
            "next_service_begun": self._next_service,
            "ticket_flagged": self._flagged,
            "ticket_confirmed": self._confirmed,
            "recovery_began": self._set_back,
            "hand_call_noted": self._noted,
            "served_by_hand": self._served_by_hand,
            "outcome_recovered": lambda entry, body: self._recovered(entry, body.restores),
            "act_undone": self._undo,
            "fault_declared": lambda _, body: self.down.add(body.group),
            "fault_ended": lambda _, body: self.down.discard(body.group),
            "fault_honoured": self._honoured,
            "auto_call_set": lambda _, body: (self.calls_itself.add if body.on else self.calls_itself.discard)(
                body.window
            ),
            **dict.fromkeys(
                ("window_opened", "window_paused", "window_resumed", "window_closed"),
                lambda _, body: self.calls_itself.discard(body.window),
            ),
            "window_plan_switched": self._plan_switched,
        }

    def _plan_switched(self, _: Any, body: Any) -> None:
        self.plan = body.plan

    def _honoured(self, _: Any, body: Any) -> None:
        """A slip gives priority once, and only if a fault had ended its number."""
        expect(self.ended_by_fault.get(body.ticket) == "", "I4", "a slip has priority that no fault ended, or twice")
        self.ended_by_fault[body.ticket] = body.renewed

    def _flagged(self, _: Any, body: Any) -> None:
        if body.flag.value == "uncertain":
            self.visits[body.ticket] = replace(self.visits[body.ticket], uncertain=True)

    def _set_back(self, _: Any, __: Any) -> None:
        """What became of anybody who was in the hall is not known any more, until somebody says so."""
        self.unknown |= {each for each, visit in self.visits.items() if visit.state not in ("finished", "cancelled")}

    def _confirmed(self, _: Any, body: Any) -> None:
        self.unknown.discard(body.ticket)
        self.served.discard(body.ticket)  # a person's word
        self.visits[body.ticket] = replace(self.visits[body.ticket], uncertain=False)

    def _noted(self, _: Any, body: Any) -> None:
        self.by_hand[body.day, _number(body)] = body.called_at

    def _issued(self, entry: Any, body: Any) -> None:
        """A ticket becomes known. Told once more under another lane it stays as it is; a taken number is kept apart."""
        number = _number(body)
        on_time = body.slot is not None and entry.at <= body.slot.until  # then it counts from the appointment's slot
        effective = body.slot.at - body.slot.head_start * MINUTE_US if on_time else entry.at - _head_start_us(body)
        issuer = (entry.fact.lane, entry.fact.lane_seq)
        known = self.visits.get(body.ticket)
        if known is not None:
            if known.adopted:  # its issuer says what the slip does not
                effective = known.effective if known.returns else effective
                told = replace(known, effective=effective, issued=entry.at, lane=issuer[0], place=issuer[1])
                self.visits[body.ticket] = replace(told, adopted=False)
            return
        if self.numbers.setdefault((body.day, number), body.ticket) != body.ticket:
            self.doubled.add(body.ticket)
            return
        self.visits[body.ticket] = Visit(
            number, body.group, effective, entry.at, *issuer, changed=entry.at, day=body.day
        )

    def _adopted(self, entry: Any, body: Any) -> None:
        """A slip was shown: its ticket waits where its paper says, until its issuer tells more."""
        expect(self.asked(entry.seq) == "adopt", "I5", "a slip is adopted that nobody showed")
        expect(body.ticket not in self.visits, "I5", "a slip is adopted whose ticket is known")
        owner = self.numbers.setdefault((body.day, _number(body)), body.ticket)
        expect(owner == body.ticket, "I1", f"{_number(body)} is adopted for another ticket")
        at, issuer = body.issued_at, (entry.fact.lane, entry.fact.lane_seq)
        adopted = Visit(_number(body), body.group, at, at, *issuer, changed=entry.at, adopted=True, day=body.day)
        self.visits[body.ticket] = adopted

    def _begun(self, entry: Any, body: Any) -> None:
        """Somebody without a number is served at once; by an undo it is as if nobody had come."""
        expect(self.asked(entry.seq) == "start_without_ticket", "I5", "a service begins that nobody began")
        owner = self.numbers.setdefault((body.day, _number(body)), body.ticket)
        expect(owner == body.ticket, "I1", f"{_number(body)} is given to another one who had none")
        at, issuer = entry.at, (entry.fact.lane, entry.fact.lane_seq)
        nobody = Visit(_number(body), body.group, at, at, *issuer, state="cancelled", changed=at, day=body.day)
        self._put(entry, body.ticket, nobody, replace(nobody, state="serving", window=body.window))

    def _next_service(self, entry: Any, body: Any) -> None:
        """One service after another at the same window."""
        visit = self.visits[body.ticket]
        expect(self.asked(entry.seq) == "next_service", "I5", f"{visit.number} goes on although nobody asked for it")
        expect(visit.state == "serving", "I5", f"{visit.number} goes on and is {visit.state}")
        expect(visit.window == body.window, "I4", f"window {body.window} goes on with {visit.number} elsewhere")
        self._put(entry, body.ticket, visit, replace(visit, group=body.group))

    def _served_by_hand(self, entry: Any, body: Any) -> None:
        """A call made by hand is the visit's end, or a call that was missed; of one ended already it is nothing."""
        visit = self.visits[body.ticket]
        expect(visit.state not in ("finished", "cancelled"), "I5", f"{visit.number} is over and called by hand")
        expect(visit.window in (0, body.window), "I4", f"{visit.number} stands elsewhere and is called by hand")
        after = replace(visit, state=body.outcome.value, window=0, uncertain=False)
        self._put(entry, body.ticket, visit, after)

    def called_by_hand(self) -> list[str]:
        """Numbers noted as called by hand whose ticket is known by now and waits as if nobody had been called."""
        found = []
        for printed, called_at in self.by_hand.items():
            visit = self.visits.get(self.numbers.get(printed, ""))
            if visit is not None and visit.state == "waiting" and not visit.returns and visit.issued <= called_at:
                found.append(visit.number)
        return found

    def _move(self, entry: Any, body: Any, state: str) -> None:
        visit = self.visits.get(body.ticket)
        expect(visit, "I5", f"{body.kind} for a ticket that was never issued")
        assert visit is not None
        if body.kind == "ticket_cancelled" and entry.fact.lane != 0 and state not in EDGES[visit.state]:
            return  # a slip is voided whose holder stands at a window or has been served: noted, nothing moves
        same = body.kind == "ticket_recalled" and visit.state == "called"
        expect(same or state in EDGES[visit.state], "I5", f"{visit.number} goes from {visit.state} to {state}")
        if body.kind == "ticket_called":
            self._called(entry, body, visit)
        elif body.kind not in ("ticket_returned", "ticket_cancelled", "ticket_held"):
            expect(visit.window in (0, body.window), "I4", f"window {body.window} acts on {visit.number} elsewhere")
        if body.kind == "ticket_cancelled" and body.reason.value == "system_fault":
            expect(visit.group in self.down, "I5", f"{visit.number} ends by a fault of {visit.group} that nobody told")
            self.ended_by_fault.setdefault(body.ticket, "")
        window = body.window if state == "called" and not same else visit.window if state in AT_A_WINDOW else 0
        changes: dict[str, Any] = {"state": state, "window": window}
        if body.kind == "ticket_called" or (body.kind == "ticket_cancelled" and body.reason.value == "left"):
            changes["uncertain"] = False  # a person's word
        if body.kind == "ticket_returned":
            changes["effective"] = body.effective_at
            changes["returns"] = visit.returns + (visit.state == "missed")
            expect(body.effective_at >= visit.effective, "I6", f"{visit.number} comes back before its own place")
        if body.kind == "ticket_transferred":
            changes["group"] = body.group
        self._put(entry, body.ticket, visit, replace(visit, **changes))

    def _recovered(self, entry: Any, told: Any) -> None:
        """A window remembers what a server set back forgot: of two memories the later one stands.

        An end that the day made of a visit whose fate nobody knew is no memory.
        """
        visit = self.visits.get(told.id)
        ended_unknown = visit is not None and visit.state == "cancelled" and visit.uncertain
        if visit is not None and not ended_unknown and visit.changed >= told.changed_at:
            only_issued = visit.state == "waiting" and visit.changed == visit.issued and not visit.returns
            if not only_issued:  # any act is later than the issuing
                return
        number = str(told.number)
        owner = self.numbers.setdefault((told.day, number), told.id)
        expect(owner == told.id, "I1", f"a window remembers {number} for another ticket")
        remembered = Visit(
            number,
            told.group,
            told.effective_at,
            told.issued_at,
            told.issuer_lane,
            told.issuer_seq,
            told.state.value,
            told.window or 0,
            "uncertain" in told.flags,
            adopted="adopted" in told.flags,
            returns=told.returns,
            day=told.day,
        )
        if visit is not None and not visit.adopted:  # what its issuer said of it stands
            own_place = remembered.adopted and not remembered.returns
            remembered = replace(
                remembered,
                effective=visit.effective if own_place else remembered.effective,
                issued=visit.issued,
                lane=visit.lane,
                place=visit.place,
                adopted=False,
            )
        self._put(entry, told.id, visit or replace(remembered, state="waiting", window=0), remembered)
        self.visits[told.id] = replace(remembered, changed=told.changed_at)

    def _undo(self, entry: Any, body: Any) -> None:
        expect(body.ticket in self.before, "I5", "an undo of nothing")
        seq, at, visit = self.before[body.ticket]
        expect(seq == body.undoes, "I5", f"an undo of {visit.number} after the next act")
        expect(entry.at - at <= UNDO_US, "I5", f"an undo of {visit.number} after {(entry.at - at) / 1e6} s")
        now = self.visits[body.ticket]
        expect(body.restores.state.value == visit.state, "I5", f"an undo makes {visit.number} {body.restores.state}")
        uncertain = "uncertain" in body.restores.flags
        restored = replace(visit, effective=body.restores.effective_at, uncertain=uncertain)
        self._put(entry, body.ticket, now, restored)

    def _put(self, entry: Any, ticket: str, before: Visit, after: Visit) -> None:
        if before.state in AT_A_WINDOW and self.at_window.get(before.window) == ticket:
            del self.at_window[before.window]
        if after.state in AT_A_WINDOW:
            there = self.at_window.setdefault(after.window, ticket)
            expect(there == ticket, "I4", f"window {after.window} has two citizens")
        self.unknown.discard(ticket)
        self.before[ticket] = (entry.seq, entry.at, before)
        self.visits[ticket] = replace(after, changed=entry.at)

    def _called(self, entry: Any, body: Any, called: Visit) -> None:
        """Only the first of those who may be served there may be called, unless a clerk named another with a reason."""
        itself = body.reason is not None and body.reason.by_itself
        if not self.fresh or (self.asked(entry.seq) != "call_next" and not itself):
            return
        expect(not itself or body.window in self.calls_itself, "I6", f"window {body.window} calls unasked")
        expect(not called.uncertain, "I6", f"{called.number} is uncertain and called by itself")
        expect(body.ticket not in self.unknown, "I6", f"{called.number} is called by itself after a set-back")
        expect(body.ticket not in self.served, "I6", f"{called.number} was served and is called again by itself")
        penalties = self._penalties(body.window)
        expect(called.group in penalties, "I6", f"{called.number} is called where nobody serves {called.group}")
        mine = called.key(penalties[called.group])
        for other in self.visits.values():
            if other.state == "waiting" and not other.uncertain and other.group in penalties:
                first = other.key(penalties[other.group])
                expect(mine <= first, "I6", f"{called.number} is called before {other.number}")

    def has_no_end(self, visit: Visit, today: Any) -> bool:
        """Whether somebody still waits for what does not come: the day is over, or the group is down."""
        aside = visit.state in ("waiting", "missed", "on_hold")
        return aside and ((visit.day or today) < today or (visit.group in self.down and not visit.uncertain))

    def somebody_for(self, number: int) -> list[str]:
        """Whom a window that calls the next may serve, of those who wait and of whom all is known."""
        penalties = self._penalties(number)
        return [
            visit.number
            for ticket, visit in self.visits.items()
            if visit.state == "waiting" and not visit.uncertain and visit.group in penalties
            if ticket not in self.unknown and ticket not in self.served
        ]

    def _penalties(self, number: int) -> dict[str, int]:
        """By group that a window serves under the plan in force: how much later it counts there."""
        window = next(place for place in self.catalog().windows if place.number == number)
        groups = window.plans.get(self.plan, window.groups)
        helps = {group: round(m * MINUTE_US) for group, m in window.helps.items() if group not in groups}
        return dict.fromkeys(groups, 0) | helps


def _number(body: Any) -> str:
    """The number as printed."""
    lane = "" if body.lane is None else f"{body.lane}-"
    return f"{body.prefix}{lane}{body.n:03}"


def _head_start_us(body: Any) -> int:
    """What the fact itself tells; the hall's usual table where it is of before tickets told it."""
    usual = {"ordinary": 0, "priority": 30, "appointment": 20, "returning": 20}[body.ticket_class.value]
    return (usual if body.head_start is None else int(body.head_start)) * MINUTE_US
