"""I4, I5 and I6: where every ticket stands, who may be called and in which order, told from the facts alone.

A model of a page: states and edges of the house's table, one order key, ten seconds of undo. It reads the same journal
as the product and shares nothing else with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hall.catalog import Catalog
from installer.rehearsal.hall_sim.oracle.violation import expect

HEAD_START_US = {"ordinary": 0, "priority": 30 * 60_000_000, "appointment": 20 * 60_000_000}
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

    def hear(self, entry: Any) -> None:
        """One more entry of the journal."""
        body = entry.fact.body
        kind, ticket = body.kind, str(getattr(body, "ticket", ""))
        if kind in MOVES and kind != "ticket_cancelled":
            expect(self.asked(entry.seq), "I5", f"{kind} although nobody asked for it")
        if kind == "ticket_issued":
            self._issued(entry, body)
        elif ticket in self.doubled:
            pass  # in no queue: its holder is a manager's matter
        elif kind == "ticket_flagged" and body.flag.value == "uncertain":
            self.visits[ticket] = replace(self.visits[ticket], uncertain=True)
        elif kind == "ticket_confirmed":
            self.visits[ticket] = replace(self.visits[ticket], uncertain=False)
        elif kind == "outcome_recovered":
            self._recovered(entry, body.restores)
        elif kind == "act_undone":
            self._undo(entry, body)
        elif kind in MOVES:
            self._move(entry, body, MOVES[kind])

    def _issued(self, entry: Any, body: Any) -> None:
        """A ticket becomes known. Told once more under another lane it stays as it is; a taken number is kept apart."""
        if body.ticket in self.visits:
            return
        lane = "" if body.lane is None else f"{body.lane}-"
        number = f"{body.prefix}{lane}{body.n:03}"
        if self.numbers.setdefault((body.day, number), body.ticket) != body.ticket:
            self.doubled.add(body.ticket)
            return
        effective = entry.at - HEAD_START_US[body.ticket_class.value]
        issuer = (entry.fact.lane, entry.fact.lane_seq)
        self.visits[body.ticket] = Visit(number, body.group, effective, entry.at, *issuer, changed=entry.at)

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
        window = body.window if state == "called" and not same else visit.window if state in AT_A_WINDOW else 0
        changes: dict[str, Any] = {"state": state, "window": window}
        if body.kind == "ticket_called" or (body.kind == "ticket_cancelled" and body.reason.value == "left"):
            changes["uncertain"] = False  # a person's word
        if body.kind == "ticket_returned":
            changes["effective"] = body.effective_at
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
        if visit is not None and visit.changed >= told.changed_at and not ended_unknown:
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
        self.before[ticket] = (entry.seq, entry.at, before)
        self.visits[ticket] = replace(after, changed=entry.at)

    def _called(self, entry: Any, body: Any, called: Visit) -> None:
        """Only the first of those who may be served there may be called, unless a clerk named another with a reason."""
        if self.asked(entry.seq) != "call_next":
            return
        expect(not called.uncertain, "I6", f"{called.number} is uncertain and called by itself")
        window = next(place for place in self.catalog().windows if place.number == body.window)
        penalties = dict.fromkeys(window.groups, 0) | {
            group: round(minutes * 60_000_000) for group, minutes in window.helps.items() if group not in window.groups
        }
        expect(called.group in penalties, "I6", f"{called.number} is called where nobody serves {called.group}")
        mine = called.key(penalties[called.group])
        for other in self.visits.values():
            if other.state == "waiting" and not other.uncertain and other.group in penalties:
                first = other.key(penalties[other.group])
                expect(mine <= first, "I6", f"{called.number} is called before {other.number}")
