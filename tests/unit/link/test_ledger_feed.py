"""What a ledger makes of the feed: tickets of others, its own as the server tells of them, numbers not to give."""

from datetime import timedelta
from pathlib import Path

import pytest

from hall.facts import Body, ServiceFinished, ServiceStarted, TicketCalled
from hall.mending import TicketAdopted
from hall.system_fault import FaultDeclared, FaultEnded
from hall.ticket import Ticket, TicketState
from hall.wire.sync import FeedHead
from queue_server.link.ledger import Ledger
from tests.support.ledgers import EPOCH, HOLDER, issue, item, open_ledger, welcome
from tests.support.tickets import DAY, NINE, entry, issued

HEAD = FeedHead(seq=9, server_epoch=EPOCH, server_time=NINE, catalog_version="")


def numbers(ledger: Ledger, count: int) -> list[str]:
    return [issue(ledger).number for _ in range(count)]


def kept(ledger: Ledger, ticket: Ticket) -> Ticket:
    found = ledger.ticket(ticket.id)
    assert found is not None
    return found


class TestFeed:
    def test_a_finished_visit_forgets_its_holder(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            own = issue(ledger)
            assert ledger.holder(own.id) == HOLDER
            steps: list[Body] = [
                TicketCalled(ticket=own.id, window=1, clerk="01", call_no=1),
                ServiceStarted(ticket=own.id, window=1, clerk="01"),
                ServiceFinished(ticket=own.id, window=1, clerk="01"),
            ]
            assert ledger.apply_feed([item(entry(n, body, lane=0)) for n, body in enumerate(steps, 1)])
            assert kept(ledger, own).state is TicketState.FINISHED
            assert ledger.holder(own.id) is None
            assert ledger.live_tickets(DAY) == []

    def test_others_tickets_are_known_by_token_alone_and_counted(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            ledger.apply_feed([item(entry(1, issued(4), lane=5), HOLDER), HEAD])
            assert [(t.number, token) for t, token in ledger.live_tickets(DAY)] == [("A004", HOLDER.token)]
            held = ledger.holder(issued(4).ticket)
            assert held is not None
            assert held.masked_name == ""
            assert ledger.issued_count(DAY, "social") == 1
            assert ledger.state.feed_seq == 9

    def test_a_group_that_is_down_is_known_until_it_works_again_or_the_server_forgot(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            declared = FaultDeclared(group="social", staff="1001")
            assert ledger.apply_feed([item(entry(1, declared, lane=0)), item(entry(2, declared, lane=0))])
            assert ledger.groups_down() == {"social"}
            assert ledger.apply_feed([item(entry(3, FaultEnded(group="social", staff="1001"), lane=0))])
            assert ledger.groups_down() == frozenset()
            ledger.apply_feed([item(entry(4, declared, lane=0))])
            ledger.reread_feed()
            assert ledger.groups_down() == frozenset()

    def test_an_own_ticket_adopted_from_its_slip_keeps_its_service_and_its_call(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            own = issue(ledger)
            told = ledger.unsent()[0].fact.body
            slip = TicketAdopted(
                ticket=own.id,
                day=DAY,
                group=own.group,
                prefix=own.prefix,
                lane=own.lane,
                n=own.n,
                issued_at=NINE,
                window=1,
                clerk="01",
            )
            call = TicketCalled(ticket=own.id, window=1, clerk="01", call_no=1)
            steps: list[Body] = [slip, call, told]
            for seq, body in enumerate(steps, 1):
                ledger.apply_feed([item(entry(seq, body, lane=2 if body is told else 0, lane_seq=1))])
                assert kept(ledger, own).service == own.service
            assert (kept(ledger, own).state, kept(ledger, own).flags) == (TicketState.CALLED, ())

    def test_a_server_set_back_tells_its_own_tickets_anew(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            own = issue(ledger)
            told = ledger.unsent()[0].fact.body
            call = TicketCalled(ticket=own.id, window=1, clerk="01", call_no=1)
            ledger.apply_feed([item(entry(1, told, lane=2)), item(entry(2, call, lane=0))])
            ledger.apply_welcome(welcome(epoch="f" * 32))
            ledger.apply_feed([item(entry(1, told, lane=2))])
            assert kept(ledger, own).state is TicketState.WAITING

    def test_an_entry_twice_changes_nothing(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            again = [item(entry(1, issued(4), lane=5))]
            assert ledger.apply_feed(again)
            assert not ledger.apply_feed(again)

    def test_an_impossible_step_does_not_stop_it(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            finished = ServiceFinished(ticket=issued(4).ticket, window=1, clerk="01")
            ledger.apply_feed([item(entry(1, issued(4), lane=5)), item(entry(2, finished, lane=0))])
            assert ledger.state.feed_seq == 2
            assert "link.feed_impossible" in caplog.text

    def test_a_new_day_forgets_the_holders_of_the_last(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            own = issue(ledger)
            ledger.apply_feed([item(entry(1, issued(4), lane=5), HOLDER)])
            issue(ledger, day=DAY + timedelta(days=1), holder=None)
            assert ledger.holder(own.id) is None
            assert ledger.ticket(own.id) is not None
            assert ledger.ticket(issued(4).ticket) is None
