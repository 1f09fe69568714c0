"""Whatever the network and the machines do, the record ends the same: same tickets, same order, one count each."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.calling import order_key
from hall.facts import HealthChanged, PaperOutcome, SlipPrinted, TicketCancelled, TicketIssued
from hall.statistics import Counts, fold
from hall.ticket import CancelReason, Ticket, TicketClass, TicketState
from hall.wire import commands
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from tests.support.referee import Referee, SimKiosk

PEOPLE = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 600), st.booleans()), min_size=1, max_size=14)
"""Which kiosk, seconds since the person before, whether with priority."""


def arrive(referee: Referee, kiosks: list[SimKiosk], people: list[tuple[int, int, bool]]) -> list[TicketIssued]:
    issued = []
    for kiosk, seconds, priority in people:
        referee.pass_time(seconds)
        ticket_class = TicketClass.PRIORITY if priority else TicketClass.ORDINARY
        issued.append(kiosks[kiosk].issue(ticket_class=ticket_class))
        if seconds % 3 == 0:
            kiosks[kiosk].note(SlipPrinted(ticket=issued[-1].ticket, outcome=PaperOutcome.PRINTED))
        if seconds % 7 == 0:
            kiosks[kiosk].note(TicketCancelled(ticket=issued[-1].ticket, reason=CancelReason.VOID))
        if seconds % 5 == 0:
            kiosks[kiosk].note(HealthChanged(device=kiosks[kiosk].device, part="printer", state="online"))
    return issued


def record(referee: Referee) -> dict[str, tuple[Any, ...]]:
    """What matters of every ticket, apart from how it came here."""
    tickets = referee.run(lambda tx: list(tx.every(Ticket)))
    return {
        ticket.number: (ticket.state, ticket.ticket_class, ticket.issued_at, ticket.effective_at) for ticket in tickets
    }


def in_order(referee: Referee) -> list[str]:
    tickets = referee.run(lambda tx: list(tx.order.waiting("alpha")))
    return [ticket.number for ticket in tickets]


def agrees(referee: Referee) -> Counts:
    """The tables say what the journal says, and the fold over the export counts what the manager sees."""
    with referee.store.read() as reader:
        assert check(reader).differences == ()
        entries = list(reader.entries())
        day = next(entry.fact.body.day for entry in entries if isinstance(entry.fact.body, TicketIssued))
        assert fold(day, entries).groups == day_figures(reader, day)
        return day_figures(reader, day)["alpha"]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(PEOPLE, st.integers(0, 2**32))
def test_any_loss_repetition_and_order_of_batches_of_any_lanes_ends_the_same(
    people: list[tuple[int, int, bool]], seed: int
) -> None:
    plain, spoiled = Referee(), Referee()
    halls = [(referee, [referee.kiosk(f"kiosk-{number}") for number in range(3)]) for referee in (plain, spoiled)]
    for referee, kiosks in halls:
        arrive(referee, kiosks, people)
        referee.pass_time(60)
    dice = random.Random(seed)
    for kiosk in halls[0][1]:
        kiosk.push()
    for _ in range(20):
        kiosk = dice.choice(halls[1][1])
        first = dice.randint(1, len(kiosk.facts) + 1)
        kiosk.push(first, first + dice.randint(0, 4))
        if dice.random() < 0.1:
            kiosk.say_hello()
        if dice.random() < 0.1:
            kiosk.go_on_under_a_new_lane()
    for kiosk in halls[1][1]:
        assert kiosk.push().highwater == len(kiosk.facts)
    assert record(plain) == record(spoiled)
    assert agrees(plain) == agrees(spoiled)
    assert agrees(spoiled).issued == len(people)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(PEOPLE, st.data())
def test_who_came_late_stands_where_they_came_and_nobody_called_is_disturbed(
    people: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    """Overtaken only by an earlier effective time; a clerk's citizen stays whoever merges meanwhile."""
    referee = Referee()
    kiosks = [referee.kiosk(f"kiosk-{number}") for number in range(3)]
    arrive(referee, kiosks, people)
    clerk = referee.clerk(1)
    waiting = set(range(3))
    while waiting:
        number = data.draw(st.sampled_from(sorted(waiting)))
        waiting.discard(number)
        before = referee.run(lambda tx: tx.active_at(1))
        kiosks[number].push()
        tickets = {t.id: t for t in referee.run(lambda tx: list(tx.every(Ticket)))}
        if before is not None:
            assert tickets[before.id].state is before.state
        due = sorted((t for t in tickets.values() if t.state is TicketState.WAITING), key=order_key)
        assert in_order(referee) == [ticket.number for ticket in due]
        if data.draw(st.booleans()):
            if before is not None:
                referee.miss(clerk, before.id)
            called = referee.do(clerk, commands.CallNext(request_id=referee.ids()))
            assert (called.ticket and called.ticket.id) == (due[0].id if due else None)
    agrees(referee)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(PEOPLE, st.integers(0, 2**32))
def test_copies_of_a_ledger_end_with_every_ticket_once(people: list[tuple[int, int, bool]], seed: int) -> None:
    """Both go on giving numbers; what both have is one ticket, what both gave under one number is told to a manager."""
    referee = Referee()
    kiosk = referee.kiosk()
    arrive(referee, [kiosk] * 3, people)
    dice = random.Random(seed)
    kiosk.push(1, dice.randint(0, len(kiosk.facts)))
    twin = kiosk.copy()
    theirs = [kiosk.issue() for _ in range(dice.randint(0, 3))]
    twins = [twin.issue() for _ in range(dice.randint(0, 3))]
    for each in dice.sample([kiosk, twin], 2):
        each.go_on_under_a_new_lane()
        assert each.push().highwater == len(each.facts)
    printed_twice = min(len(theirs), len(twins))
    assert agrees(referee).issued == len(people) + max(len(theirs), len(twins))
    assert len(referee.run(lambda tx: tx.unsettled_doubles())) == printed_twice
