"""The live forecast: hears the hall's facts, and says at any moment how long everybody will wait.

    entries ─ Witness ─▶ Present ─ forward runs ─▶ their median ─ Analogues ─ Promise ─▶ range ─ hysteresis ─▶ Outlook
                                                       ▲           ▲
            foretold: what was said at issue and at every fifth call ahead, beside the wait that came

Pure: no clock, no store; the same seed, entries and moments give the same outlooks.
"""

import math
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from hall.catalog import Catalog
from hall.clock import SECOND_US
from hall.facts import JournalEntry, TicketFact, TicketIssued
from hall.opening import local_time
from hall.ticket import Ticket
from hall.waiting import ShownWait, WaitKind, WaitRange, wait_of, wait_range
from queue_server.forecast.asked import Asked, Told
from queue_server.forecast.calibrate import FIRST_ANALOGUES, SHARES, Analogues, forecast, offset_of
from queue_server.forecast.outlook import ISSUE, Foretold, Learned, NewcomerOutlook, Outlook, Said
from queue_server.forecast.pace import paces
from queue_server.forecast.planner import Planner
from queue_server.forecast.present import Present, Probe
from queue_server.forecast.scene import Floats
from queue_server.forecast.stretch import Promise
from queue_server.forecast.witness import Witness

EVERY_CALLS = 5
"""So many calls ahead of a ticket, and what is said of it is kept again."""
MOST_COMPARED = 100
"""So many waiting tickets are compared with the past at one look; what the others had moves with their runs."""
_FRESH_S = 30.0
"""A forecast made so long before a ticket was issued is no longer what its holder read."""
_ENDLESS_S = 86_400.0  # stands for a wait for a window that never comes
_P20, _P50, _P90 = (list(SHARES).index(share) for share in (0.20, 0.50, 0.90))


@dataclass(slots=True)
class _Told:
    """What was foretold to one waiting ticket: how often, how many stood ahead the last time, and what is kept."""

    foretold: int = 0
    ahead: int = 0
    kept: list[Foretold] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """What one look found for one row."""

    features: Floats
    said: Said


class Forecaster:
    """The forecast of one hall.

    Args:
        catalog: The catalogue in force.
        seed: Of the forward runs. Every look rolls the same dice, so that what is shown moves with the hall alone.
    """

    def __init__(self, catalog: Catalog, seed: int) -> None:
        self._seed = seed
        self._witness = Witness(catalog)
        self._planner = Planner(self._witness, seed)
        self._past, self._promise = Analogues(), Promise()
        self._told: dict[str, _Told] = {}
        self._shown: dict[str | Probe, tuple[int, ShownWait]] = {}
        self._before: tuple[float, dict[Probe, _Row]] | None = None
        self._compared: dict[str, tuple[int, float, Floats]] = {}
        self._looks = 0
        self._kept: list[Foretold] = []
        self._seq = 0
        self._publish(catalog)

    def publish(self, catalog: Catalog) -> None:
        """Another catalogue is in force."""
        self._witness.catalog = catalog
        self._planner.publish(catalog)
        self._publish(catalog)

    def remember(self, learned: Learned) -> None:
        """Something that was said before the start, oldest first."""
        one = learned.foretold
        if learned.called_at is not None:
            self._learn_from(one, learned.called_at / SECOND_US)
            return
        told = self._told.setdefault(one.ticket, _Told())
        told.foretold, told.ahead = one.nth + 1, one.said.ahead
        told.kept.append(one)

    def hear(self, entry: JournalEntry) -> None:
        """The next entry of the journal."""
        self._seq = entry.seq
        body = entry.fact.body
        known = isinstance(body, TicketFact) and body.ticket in self._witness.first_call
        self._witness.hear(entry)
        self._planner.hear(entry)
        if isinstance(body, TicketIssued):
            self._came(body.ticket)
        if isinstance(body, TicketFact) and not known and body.ticket in self._told:
            called_at = self._witness.first_call.get(body.ticket)
            if called_at is not None:
                for one in self._told.pop(body.ticket).kept:
                    self._learn_from(one, called_at)

    def look(self, now_us: int) -> Outlook:
        """How long everybody waits, as of now."""
        now = now_us / SECOND_US
        self._learn(now_us)
        present = Present(self._witness, now)
        rows = self._forecast(present, now_us)
        tickets = dict(zip((ticket.id for ticket in present.tickets), rows, strict=False))
        newcomers = dict(zip(present.probes, rows[len(present.tickets) :], strict=True))
        self._foretell(present, tickets, now_us)
        foretold, self._kept = self._kept, []
        self._before = (now, newcomers)
        self._forget()
        plans, suggested = self._planner.plans(present, now_us)
        return Outlook(
            at=now_us,
            seq=self._seq,
            newcomers=tuple(
                NewcomerOutlook(group=probe.group, ticket_class=probe.ticket_class, said=row.said)
                for probe, row in newcomers.items()
            ),
            tickets={ticket: row.said for ticket, row in tickets.items()},
            foretold=tuple(foretold),
            past=len(self._past),
            plans=plans,
            suggested=suggested,
        )

    def answer(self, asked: Asked, now_us: int) -> Told:
        """What a manager asks of windows."""
        return self._planner.answer(asked, now_us)

    # -- inside

    def _publish(self, catalog: Catalog) -> None:
        names = [*(service.id for service in catalog.services), *(group.id for group in catalog.groups)]
        self._kinds = {name: number for number, name in enumerate(dict.fromkeys(names))}
        self._learned = (date.min, 0)

    def _learn(self, now_us: int) -> None:
        """Once a day, and on the first one whenever twice as much was seen."""
        hall, lessons = self._witness.catalog.hall, self._witness.lessons
        today, seen = local_time(now_us, hall.offset_minutes).date(), len(lessons) + len(self._past)
        day, last = self._learned
        if today == day and seen <= 2 * last:
            return
        self._learned = (today, seen)
        self._past.refit()
        self._witness.paces = paces(lessons.done)
        self._behaviour = lessons.behaviour(self._witness.catalog, list(self._kinds))
        self._mean_service = lessons.mean_service(self._witness.catalog)

    def _learn_from(self, one: Foretold, called_at: float) -> None:
        """What was said of a ticket, now that it is called."""
        at, features, said = one.at / SECOND_US, np.array(one.features), one.said
        wait = max(0.0, called_at - at)
        self._past.add(at, features, float(np.expm1(features[0])), wait)
        if said.ahead and len(self._past) >= FIRST_ANALOGUES:
            self._promise.hear(one.group, said.p20, said.p90, wait)

    def _forecast(self, present: Present, now_us: int) -> list[_Row]:
        calls = present.called(self._behaviour, self._kinds, np.random.default_rng(self._seed))
        runs, ahead, eligible = np.minimum(calls, _ENDLESS_S), present.ahead_in_group(), present.eligible()
        keys: list[str | Probe] = [*(ticket.id for ticket in present.tickets), *present.probes]
        due = self._due([ticket.id for ticket in present.tickets])
        closing = [self._closes_in(group.id, now_us) for group in self._witness.catalog.groups]
        rows, shown = [], dict[str | Probe, tuple[int, ShownWait]]()
        for row, (key, moment) in enumerate(zip(keys, present.moments(), strict=True)):
            waits, stand = runs[row], int(ahead[row])
            features = moment.features(waits[len(waits) // 2], waits[len(waits) * 95 // 100])
            if not eligible[row]:
                paused = wait_of(None, closes_in_s=math.inf, p90_s=0)
                rows.append(_Row(features, Said(ahead=stand, p20=0, p50=0, p90=0, wait=paused)))
                continue
            group = self._witness.catalog.groups[present.group[row]].id
            compared = self._calibrated(key, waits, features, due)
            quantiles = self._promise.of(group, compared, offset_of(self._mean_service))
            p20, p50, p90 = (float(quantiles[at]) for at in (_P20, _P50, _P90))
            shown[key] = (stand, self._show(key, stand, wait_range(p20, p90)))
            wait = wait_of(shown[key][1].shown, closes_in_s=closing[present.group[row]], p90_s=p90)
            rows.append(_Row(features, Said(ahead=stand, p20=p20, p50=p50, p90=p90, wait=wait)))
        self._shown = shown
        return rows

    def _due(self, tickets: list[str]) -> set[str]:
        """Those that were not compared with the past for longest."""
        self._looks += 1
        self._compared = {ticket: self._compared[ticket] for ticket in tickets if ticket in self._compared}
        at = {ticket: self._compared[ticket][0] if ticket in self._compared else 0 for ticket in tickets}
        return set(sorted(tickets, key=at.__getitem__)[:MOST_COMPARED])

    def _calibrated(self, key: str | Probe, waits: Floats, features: Floats, due: set[str]) -> Floats:
        """The quantiles by comparing with the past, or by what the last comparison made of the median."""
        median, offset = float(waits[len(waits) // 2]), offset_of(self._mean_service)
        if isinstance(key, str) and key not in due and key in self._compared:
            _, compared, quantiles = self._compared[key]
            moved: Floats = (quantiles + offset) * ((median + offset) / (compared + offset)) - offset
            return np.maximum(0.0, moved)
        quantiles = forecast(waits, features, self._past, self._mean_service)
        if isinstance(key, str):
            self._compared[key] = (self._looks, median, quantiles)
        return quantiles

    def _show(self, key: str | Probe, ahead: int, wanted: WaitRange) -> ShownWait:
        """What the screen shows of a ticket: it moves with its place, else only when two looks want it."""
        before = self._shown.get(key)
        if before is None:
            return ShownWait(wanted, wanted)
        stood, shown = before
        return shown.recomputed(wanted, rank_changed=stood != ahead)

    def _closes_in(self, group_id: str, now_us: int) -> float:
        """Seconds until nobody of the group is served any more; inf where all who wait are served to the last."""
        catalog = self._witness.catalog
        local = local_time(now_us, catalog.hall.offset_minutes)
        if catalog.hall.serve_after_closing or catalog.group(group_id).served_out_on == local.date():
            return math.inf
        periods = catalog.periods_on(group_id, local.date())
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return periods[-1][1] * 60 - (local - midnight).total_seconds() if periods else 0.0

    def _came(self, ticket_id: str) -> None:
        """Keep what a newcomer read, who may be called before the next look."""
        ticket = self._witness.ticket(ticket_id)
        if ticket is not None and ticket_id not in self._told and (read := self._read_at_issue(ticket)):
            self._told[ticket_id] = _Told(1, read.said.ahead)
            self._keep(_foretold_of(ticket, ISSUE, ticket.issued_at, read))

    def _foretell(self, present: Present, rows: dict[str, _Row], now_us: int) -> None:
        """Keep what is said now to those who were never called, after every fifth call ahead."""
        for ticket in present.tickets:
            row, told = rows[ticket.id], self._told.get(ticket.id)
            if ticket.id in self._witness.first_call:
                continue
            if told is None:
                self._told[ticket.id] = _Told(1, row.said.ahead)
                if read := self._read_at_issue(ticket, row):
                    self._keep(_foretold_of(ticket, ISSUE, ticket.issued_at, read))
            elif row.said.ahead <= told.ahead - EVERY_CALLS:
                self._keep(_foretold_of(ticket, told.foretold, now_us, row))
                told.foretold, told.ahead = told.foretold + 1, row.said.ahead

    def _keep(self, one: Foretold | None) -> None:
        if one is not None:
            self._told[one.ticket].kept.append(one)
            self._kept.append(one)

    def _read_at_issue(self, ticket: Ticket, row: _Row | None = None) -> _Row | None:
        """What its holder read when it was issued: what the look before told a newcomer of its class.

        Of a class that no newcomer was asked for it is its own `row`; None if nothing was shown, or that is not known.
        """
        if ticket.id in self._witness.offline or self._before is None:
            return None
        looked, newcomers = self._before
        if abs(looked - ticket.issued_at / SECOND_US) > _FRESH_S:
            return None
        return newcomers.get(Probe(ticket.group, ticket.ticket_class), row)

    def _forget(self) -> None:
        """Who left uncalled, or waited on a day before, teaches nothing."""
        for ticket in self._told.keys() - self._witness.waiting.keys():
            found = self._witness.ticket(ticket)
            if found is None or not found.live:
                del self._told[ticket]


def _foretold_of(ticket: Ticket, nth: int, at: int, row: _Row) -> Foretold | None:
    if row.said.wait.kind is WaitKind.PAUSED:
        return None
    return Foretold(
        ticket=ticket.id,
        nth=nth,
        at=at,
        group=ticket.group,
        ticket_class=ticket.ticket_class,
        said=row.said,
        features=tuple(float(each) for each in row.features),
    )
