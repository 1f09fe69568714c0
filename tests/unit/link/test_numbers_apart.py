"""However issuers take turns, hear of each other late or lose their plan: no number twice in the hall."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.facts import TicketIssued
from queue_server.link.ledger import Ledger
from tests.support.ledgers import issue, item, open_ledger, plan, welcome
from tests.support.tickets import DAY, entry

ISSUERS = 3
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), st.integers(0, ISSUERS - 1), st.sampled_from("AB")),
        st.tuples(st.just("hear"), st.integers(0, ISSUERS - 1), st.just("")),
        st.tuples(st.just("lose plan"), st.integers(0, ISSUERS - 1), st.just("")),
        st.tuples(st.just("get plan"), st.integers(0, ISSUERS - 1), st.just("")),
        st.tuples(st.just("clock back"), st.integers(0, ISSUERS - 1), st.just("A")),
    ),
    max_size=40,
)


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_no_number_twice(acts: list[tuple[str, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ledgers = [open_ledger(Path(folder, str(n)), welcome(n + 1, plan=plan(ISSUERS, n))) for n in range(ISSUERS)]
        told: list[TicketIssued] = []
        given_numbers = [number for act in acts for number in _do(act, ledgers, told)]
        for ledger in ledgers:
            ledger.close()
    assert len(given_numbers) == len(set(given_numbers))


def _do(act: tuple[str, int, str], ledgers: list[Ledger], told: list[TicketIssued]) -> list[str]:
    what, who, prefix = act
    ledger = ledgers[who]
    sent = ledger.unsent_count()
    match what:
        case "issue" | "clock back":
            ticket = issue(ledger, prefix, DAY - timedelta(days=what == "clock back"))
            told.append(
                TicketIssued(
                    ticket=ticket.id,
                    day=ticket.day,
                    service=ticket.service,
                    group=ticket.group,
                    prefix=ticket.prefix,
                    lane=ticket.lane,
                    n=ticket.n,
                )
            )
            return [f"{ticket.day} {ticket.number}"]
        case "hear":
            ledger.apply_feed([item(entry(seq, body, lane=0)) for seq, body in enumerate(told, 1)])
        case "lose plan":
            ledger.apply_welcome(welcome(who + 1, highwater=0))
        case _:
            ledger.apply_welcome(welcome(who + 1, plan=plan(ISSUERS, who), highwater=0))
    assert ledger.unsent_count() == sent
    return []
