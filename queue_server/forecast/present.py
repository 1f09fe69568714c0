"""The hall now, as the forward runs start from it: everybody who waits, and one who would come now of each kind.

A ticket that one window alone may call stands in a line of its own. Those who would come now (`Probe`) stand behind
all others with the same effective time and keep no window: they are called in their turn and change nothing.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hall.clock import SECOND_US
from hall.ticket import TicketClass
from hall.window import Window, WindowState
from queue_server.forecast.behaviour import Behaviour, Draws, draw
from queue_server.forecast.features import DAY_S, Moment
from queue_server.forecast.scene import NOBODY, NOT_BUSY, Flags, Floats, Ints, Newcomers, Scene, Waiting, Windows
from queue_server.forecast.simulate import MANY_WAITING, RUNS, RUNS_MANY, run_forward
from queue_server.forecast.witness import RECENT_S, SeenWindow, Witness

MOST_STREAMS = 12  # of newcomers by group and class; the rarer ones hardly ever overtake
CLASSES = (TicketClass.ORDINARY, TicketClass.PRIORITY)
_TIE_S = 1e-9  # as in `simulate`
_MINUTE_S = 60

Line = tuple[str, int | None]
"""A group, and the one window that may call; None if any that serves the group."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Who would come now."""

    group: str
    ticket_class: TicketClass


class Present:
    """One moment of the hall. Rows are the tickets in the order of issue, then the probes.

    Args:
        witness: The hall.
        now: Seconds since 1970 UTC.

    Attributes:
        tickets: Who waits.
        probes: Who would come now: every group and class.
        group: Of each row, its number in the catalogue.
    """

    def __init__(self, witness: Witness, now: float) -> None:
        witness.recent(now)
        self.now = now
        self._witness = witness
        self._groups = {group.id: number for number, group in enumerate(witness.catalog.groups)}
        waiting = (ticket for ticket in witness.waiting.values() if ticket.group in self._groups)
        self.tickets = sorted(waiting, key=lambda each: (each.issued_at, each.issuer_lane, each.issuer_seq))
        self.probes = [Probe(group, each) for group in self._groups for each in CLASSES]
        every: list[Line] = [(ticket.group, ticket.pinned) for ticket in self.tickets]
        every += [(probe.group, None) for probe in self.probes]
        self._lines = {line: number for number, line in enumerate(dict.fromkeys(every))}
        self._line = np.array([self._lines[line] for line in every], np.intp)
        self.group = np.array([self._groups[line[0]] for line in every], np.intp)
        hall = witness.catalog.hall
        minutes = {TicketClass.ORDINARY: hall.standing().minutes, TicketClass.PRIORITY: hall.claimed().minutes}
        newcomers = [-float(minutes[probe.ticket_class] * _MINUTE_S) for probe in self.probes]
        self._effective = np.array([*(each.effective_at / SECOND_US - now for each in self.tickets), *newcomers])
        self._waited = np.zeros(len(every))
        self._waited[: len(self.tickets)] = [max(0.0, now - each.issued_at / SECOND_US) for each in self.tickets]
        self._order = self._effective + np.arange(len(every)) * _TIE_S
        self._places = self._calling_windows()
        self._penalty = self._penalties()
        self._pace = np.array([witness.paces.get(window.number, 1.0) for window, *_ in self._places])

    def called(self, behaviour: Behaviour, kinds: Mapping[str, int], dice: np.random.Generator) -> Floats:
        """When each row is called: row × run, sorted, seconds from now; inf where no window ever may."""
        runs = RUNS if len(self.tickets) < MANY_WAITING else RUNS_MANY
        draws = self._draws(behaviour, kinds, dice, runs)
        calls = run_forward(self._scene(self._line, self._lines), draws, behaviour.absent_s)
        calls.sort(axis=1)
        return calls

    def ahead_in_group(self) -> Ints:
        """Of each row: how many of its group stand before it, as `hall.calling.people_ahead` counts."""
        return self._before(self.group, np.eye(len(self._groups), dtype=bool))

    def eligible(self) -> Flags:
        """Of each row: whether a window that may call it is open, and no fault keeps its group from being served."""
        down = (group in self._witness.down for group, _ in self._lines)
        some = np.array([own.any() and not fault for own, fault in zip(self._own(), down, strict=True)], bool)
        return some[self._line]

    def moments(self) -> list[Moment]:
        """What each row finds."""
        hall, own = self._witness, self._own()
        busy = np.array([seen.ticket is not None for _, seen, _, _ in self._places], bool)
        reach = (own.astype(np.intp) @ own.T.astype(np.intp)) > 0  # line × line: a window may call both
        ahead = self._before(self._line, reach)
        free_of, busy_of = (own & ~busy).sum(axis=1), (own & busy).sum(axis=1)
        head = float(self._waited[: len(self.tickets)].max(initial=0.0))
        day_time = (self.now + hall.catalog.hall.offset_minutes * _MINUTE_S) % DAY_S
        mean_wait = sum(hall.waits) / len(hall.waits) if hall.waits else 0.0
        names = list(self._groups)
        return [
            Moment(
                ahead=int(ahead[row]),
                last_wait=hall.last_wait.get(names[self.group[row]], 0.0),
                mean_wait=mean_wait,
                free=int(free_of[line]),
                busy=int(busy_of[line]),
                calls=len(hall.calls),
                head_waited=head,
                day_time=day_time,
            )
            for row, line in enumerate(self._line)
        ]

    def by_group(self) -> tuple[Scene, list[int]]:
        """The same moment without probes, by groups of the catalogue, and the numbers of its windows.

        Who waits for one window alone waits for any here; for whole days that makes no difference.
        """
        count, names = len(self.tickets), list(self._groups)
        penalty = np.array(
            [[_seconds(window.penalty_us(group)) for group in names] for window, *_ in self._places]
        ).reshape(-1, len(names))
        serving = [NOT_BUSY if seen.ticket is None else self._group_of(seen.ticket) for _, seen, *_ in self._places]
        since = np.array([max(0.0, self.now - seen.since) for _, seen, *_ in self._places])
        windows = Windows(
            penalty=penalty,
            serving=np.array(serving, np.intp),
            elapsed=np.where(np.array(serving) == NOT_BUSY, 0.0, since),
            returns=np.array([returns for *_, returns in self._places]),
            pace=self._pace,
        )
        waiting = Waiting(self._effective[:count], self.group[:count], self._waited[:count])
        return Scene(waiting, windows), [window.number for window, *_ in self._places]

    def _group_of(self, ticket: str) -> int:
        found = self._witness.ticket(ticket)
        return self._groups.get(found.group, NOT_BUSY) if found is not None else NOT_BUSY

    def _before(self, of: Ints, together: Flags) -> Ints:
        """Of each row: how many tickets stand before it whose kind (`of`) goes `together` with its own."""
        count = len(self.tickets)
        before = np.zeros(len(of), np.intp)
        for kind in np.unique(of):
            rows = of == kind
            with_it: Flags = together[kind]
            others = np.sort(self._order[:count][with_it[of[:count]]])
            before[rows] = others.searchsorted(self._order[rows], side="left")
        return before

    def _own(self) -> Flags:
        """Line × window: whether it may call and is open."""
        is_open = np.array([returns == 0 for *_, returns in self._places], bool)
        own: Flags = np.isfinite(self._penalty).T & is_open
        return own

    def _calling_windows(self) -> list[tuple[Window, SeenWindow, str, float]]:
        """Open windows, and paused ones that said when they mean to be back: (window, use, kind served, returns in).

        One that is late is expected in as long again.
        """
        places = []
        for window in self._witness.catalog.windows:
            state, back_at = self._witness.state_of(window.number)
            seen = self._witness.windows.get(window.number)
            if seen is None or state is WindowState.CLOSED or (state is WindowState.PAUSED and back_at is None):
                continue
            serving = None if seen.ticket is None else self._witness.ticket(seen.ticket)
            kind = "" if serving is None else serving.service or serving.group
            returns = max(1.0, abs(back_at - self.now)) if state is WindowState.PAUSED and back_at else 0.0
            places.append((window, seen, kind, returns))
        return places

    def _penalties(self) -> Floats:
        """Window × line."""
        penalty = np.full((len(self._places), len(self._lines)), np.inf)
        for row, (window, *_) in enumerate(self._places):
            for (group, pinned), line in self._lines.items():
                added = window.penalty_us(group)
                if added is not None and pinned in (None, window.number):
                    penalty[row, line] = added / SECOND_US
        return penalty

    def _windows(self, serving: Ints) -> Windows:
        since = np.array([max(0.0, self.now - seen.since) for _, seen, _, _ in self._places])
        may = np.isfinite(self._penalty)[:, self._line[: len(self.tickets)]]
        stood = np.where(may, self._waited[: len(self.tickets)], 0.0).max(axis=1, initial=0.0)
        return Windows(
            penalty=self._penalty,
            serving=serving,
            elapsed=np.where(serving == NOT_BUSY, np.minimum(since, stood), since),
            returns=np.array([returns for *_, returns in self._places]),
            pace=self._pace,
        )

    def _scene(self, number: Ints, numbers: Mapping[Line, int] | None = None, serving: Ints | None = None) -> Scene:
        idle = np.full(len(self._places), NOT_BUSY, np.intp)
        return Scene(
            Waiting(self._effective, number, self._waited),
            self._windows(idle if serving is None else serving),
            self._streams(numbers),
        )

    def _streams(self, numbers: Mapping[Line, int] | None) -> Newcomers:
        """Who may still come before others: those with a head start, as often as in the last half hour."""
        seen = Counter(
            (group, head_start)
            for _, group, head_start in self._witness.arrivals
            if head_start > 0 and group in self._groups
        ).most_common(MOST_STREAMS)
        if not seen or numbers is None:
            return NOBODY
        return Newcomers(
            group=np.array([numbers[group, None] for (group, _), _ in seen], np.intp),
            head_start=np.array([head_start for (_, head_start), _ in seen]),
            rate=np.array([count for _, count in seen]) / RECENT_S,
        )

    def _draws(self, behaviour: Behaviour, kinds: Mapping[str, int], dice: np.random.Generator, runs: int) -> Draws:
        """Everything that chance decides: drawn by service, while the runs go by line."""
        served = [kinds.get(kind, 0) if kind else NOT_BUSY for _, _, kind, _ in self._places]
        of_rows = [kinds.get(ticket.service or ticket.group, kinds[ticket.group]) for ticket in self.tickets]
        of_rows += [kinds[probe.group] for probe in self.probes]
        by_kind: dict[Line, int] = {(group, None): kinds[group] for group in self._groups}
        scene = self._scene(np.array(of_rows, np.intp), by_kind, np.array(served, np.intp))
        draws = draw(scene, behaviour, dice, runs)
        asking = slice(len(self.tickets), len(self.tickets) + len(self.probes))
        draws.busy[asking], draws.leaves[asking] = 0.0, np.inf
        return draws


def _seconds(penalty_us: int | None) -> float:
    return np.inf if penalty_us is None else penalty_us / SECOND_US
