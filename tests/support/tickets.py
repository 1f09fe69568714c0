"""Tickets and journal entries for tests of the rules."""

from datetime import date

from hall.facts import Body, Fact, JournalEntry, TicketIssued, TimeQuality
from hall.ticket import Ticket, TicketClass

DAY = date(2026, 11, 24)
MINUTE = 60_000_000
NINE = 1_795_482_000_000_000  # 2026-11-24 09:00 in the hall


def entry(seq: int, body: Body, at: int = NINE, lane: int = 1, lane_seq: int | None = None) -> JournalEntry:
    fact = Fact(
        event_id=f"{seq:032x}", lane=lane, lane_seq=lane_seq or seq, wall_us=at, mono_us=at, boot_id="b" * 32, body=body
    )
    return JournalEntry(seq=seq, at=at, quality=TimeQuality.EXACT, fact=fact, prev_hash="", hash="")


def issued(n: int, group: str = "social", ticket_class: TicketClass = TicketClass.ORDINARY) -> TicketIssued:
    return TicketIssued(
        ticket=f"{n:032x}", day=DAY, service="card", group=group, prefix="A", n=n, ticket_class=ticket_class
    )


def ticket(n: int, minutes: float = 0, head_start: float = 0, group: str = "social") -> Ticket:
    at = NINE + round(minutes * MINUTE)
    return Ticket(
        id=f"{n:032x}",
        day=DAY,
        service="card",
        group=group,
        prefix="A",
        lane=None,
        n=n,
        issuer_lane=1,
        issuer_seq=n,
        ticket_class=TicketClass.ORDINARY,
        issued_at=at,
        effective_at=at - round(head_start * MINUTE),
    )
