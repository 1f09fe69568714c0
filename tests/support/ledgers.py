"""Ledgers, welcomes and issued tickets for tests of a device's side of the wire."""

from datetime import date
from itertools import count
from pathlib import Path

from hall.clock import Moment
from hall.facts import JournalEntry, SlipPrinted, TicketIssued
from hall.facts import PaperOutcome as Paper
from hall.identity import Holder, HolderToken
from hall.numbering import NumberPlan
from hall.ticket import Ticket
from hall.wire.hello import Welcome
from hall.wire.sync import FeedItem
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from queue_server.link.ledger.place import Machine
from tests.support.tickets import DAY, NINE

BOOT = "b" * 32
EPOCH = "e" * 32
HOLDER = Holder(token=HolderToken("5" * 64), masked_name="王*")
_ticks = count()


def moment() -> Moment:
    """Nine o'clock and some milliseconds, later at each call."""
    tick = next(_ticks) * 1000
    return Moment(wall_us=NINE + tick, mono_us=10_000_000 + tick, boot_id=BOOT)


def plan(
    modulus: int = 3, residue: int = 1, first: date = DAY, last: date = DAY, plan_id: str = "a" * 32
) -> NumberPlan:
    return NumberPlan(plan_id=plan_id, modulus=modulus, residue=residue, first_day=first, last_day=last)


def welcome(
    lane: int = 2,
    *,
    plan: NumberPlan | None = None,
    highwater: int = 0,
    epoch: str = EPOCH,
    session_no: int = 1,
    catalog_version: str = "",
) -> Welcome:
    return Welcome(
        schema_version=1,
        session="s" * 32,
        session_no=session_no,
        server_epoch=epoch,
        server_time=NINE,
        hall_id="test-hall",
        lane=lane,
        highwater=highwater,
        plan=plan,
        catalog_version=catalog_version,
    )


def open_ledger(folder: Path, answer: Welcome | None = None, machine: Machine | None = None) -> Ledger:
    """A ledger, enrolled when a welcome is given."""
    ledger = Ledger.open(folder, "kiosk-1", new_id, machine)
    if answer is not None:
        ledger.apply_welcome(answer)
    return ledger


def issue(ledger: Ledger, prefix: str = "A", day: date = DAY, holder: Holder | None = HOLDER) -> Ticket:
    """One number taken, as a kiosk does it."""
    now = moment()
    with ledger.transaction() as tx:
        use, suspect = tx.business_day(day)
        number = tx.next_number(prefix, use, lane_form=suspect)
        body = TicketIssued(
            ticket=new_id(), day=use, service="card", group="social", prefix=prefix, lane=number.lane, n=number.n
        )
        ticket = tx.add_ticket(body, now, holder)
        tx.add_print_job(ticket.id, '{"number": "' + ticket.number + '"}', now)
    return ticket


def printed(ledger: Ledger, ticket: Ticket) -> None:
    """A further fact of the lane."""
    with ledger.transaction() as tx:
        tx.add_fact(SlipPrinted(ticket=ticket.id, outcome=Paper.PRINTED), moment())


def item(entry: JournalEntry, holder: Holder | None = None) -> FeedItem:
    return FeedItem(entry=entry, holder=holder)
