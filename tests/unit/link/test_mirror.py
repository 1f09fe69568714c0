"""What a device tells about the hall: figures of now, or none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.facts import TicketCalled
from hall.ticket import TicketClass
from queue_server.link.ledger import Ledger
from queue_server.link.mirror import Mirror
from queue_server.link.sync import LinkState
from tests.support.ledgers import HOLDER, issue, item, open_ledger, welcome
from tests.support.tickets import DAY, MINUTE, NINE, entry, issued

ONLINE = LinkState(online=True, unsent=0, problem="")
CUT_OFF = LinkState(online=False, unsent=3, problem="")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Before nine: one called, two waiting, one of another group; a priority ticket comes just after nine."""
    with open_ledger(tmp_path, welcome()) as opened:
        early = NINE - 10 * MINUTE
        bodies = [issued(1), issued(2), issued(3), issued(4, group="homes")]
        opened.apply_feed([item(entry(n, body, at=early, lane=5)) for n, body in enumerate(bodies, 1)])
        called = TicketCalled(ticket=bodies[0].ticket, window=1, clerk="01", call_no=1)
        priority = issued(9, ticket_class=TicketClass.PRIORITY)
        opened.apply_feed([item(entry(5, called, lane=0)), item(entry(6, priority, at=NINE + MINUTE, lane=5))])
        yield opened


def test_counts_who_waits_and_who_is_before_a_ticket(ledger: Ledger) -> None:
    own = issue(ledger)
    mirror = Mirror(ledger, lambda: ONLINE)
    assert mirror.people_ahead("social") == 4
    assert mirror.people_ahead("homes") == 1
    assert mirror.ahead_of(own) == 3
    kept = ledger.ticket(issued(9).ticket)
    assert kept is not None
    assert mirror.ahead_of(kept) == 0


def test_tells_no_figure_while_cut_off_but_still_knows_who_holds_a_number(ledger: Ledger) -> None:
    own = issue(ledger)
    mirror = Mirror(ledger, lambda: CUT_OFF)
    assert mirror.people_ahead("social") is None
    assert mirror.ahead_of(own) is None
    assert (own, HOLDER.token) in mirror.live(DAY)
