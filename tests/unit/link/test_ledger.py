"""The ledger of a device: what it gives, keeps, hears and refuses."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hall.clock import DAY_US
from hall.errors import BugError
from hall.facts import TicketIssued
from hall.mending import HandCallNoted, OutcomeRecovered, TicketAdopted
from hall.wire.sync import FeedHead, Pushed
from queue_server.link.clock import new_id
from queue_server.link.errors import (
    NotEnrolled,
)
from queue_server.link.ledger import JobState, Ledger
from queue_server.link.ledger.database import FILE
from tests.support.kiosks import sample_hall
from tests.support.ledgers import EPOCH, HOLDER, issue, item, moment, open_ledger, plan, printed, welcome
from tests.support.tickets import DAY, NINE, entry, issued
from tests.support.tickets import ticket as known

HEAD = FeedHead(seq=9, server_epoch=EPOCH, server_time=NINE, catalog_version="")


def numbers(ledger: Ledger, count: int) -> list[str]:
    return [issue(ledger).number for _ in range(count)]


def count_facts(ledger: Ledger) -> int:
    database: Any = ledger._database
    return int(database.execute_sql("SELECT count(*) FROM fact").fetchone()[0])


class TestNumbers:
    def test_none_before_the_first_welcome(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path) as ledger:
            assert ledger.lane is None
            with pytest.raises(NotEnrolled):
                issue(ledger)
            assert ledger.unsent_count() == 0

    def test_by_the_plan_while_it_is_valid(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(3, 1))) as ledger:
            assert numbers(ledger, 3) == ["A001", "A004", "A007"]
            assert issue(ledger, "B").number == "B001"

    def test_in_lane_form_without_a_plan_and_after_it(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(7)) as ledger:
            assert numbers(ledger, 2) == ["A7-001", "A7-002"]
            ledger.apply_welcome(welcome(7, plan=plan(2, 0), highwater=2))
            assert numbers(ledger, 1) == ["A002"]
            assert issue(ledger, day=DAY + timedelta(days=1)).number == "A7-001"

    def test_by_the_next_plan_when_its_days_begin(self, tmp_path: Path) -> None:
        following = plan(4, 3, DAY + timedelta(days=1), DAY + timedelta(days=7), plan_id="c" * 32)
        answer = welcome(plan=plan(3, 1)).model_copy(update={"next_plan": following})
        with open_ledger(tmp_path, answer) as ledger:
            assert ledger.state.newest_plan == following.plan_id
            assert numbers(ledger, 2) == ["A001", "A004"]
            assert issue(ledger, day=DAY + timedelta(days=1)).number == "A003"
            ledger.apply_pushed(Pushed(highwater=3, plan=None))
            assert (ledger.state.newest_plan, numbers(ledger, 1)) == ("", ["A2-001"])

    def test_rise_above_every_number_heard_of(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(3, 1))) as ledger:
            ledger.apply_feed([item(entry(1, issued(20), lane=5))])
            assert numbers(ledger, 1) == ["A022"]

    def test_do_not_leap_by_what_somebody_wrote_down_by_hand(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            by_hand = HandCallNoted(day=DAY, prefix="A", n=30, window=1, clerk="01", called_at=NINE, ended_at=NINE)
            ledger.apply_feed([item(entry(1, by_hand, lane=0))])
            assert numbers(ledger, 1) == ["A001"]

    def test_rise_above_numbers_known_from_paper_or_a_windows_memory(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            slip = TicketAdopted(
                ticket=new_id(), day=DAY, group="social", prefix="A", n=20, issued_at=NINE, window=1, clerk="01"
            )
            ledger.apply_feed([item(entry(1, slip, lane=0))])
            assert numbers(ledger, 1) == ["A021"]
            memory = OutcomeRecovered(
                ticket=known(40).id, window=1, clerk="01", request_id=new_id(), restores=known(40)
            )
            ledger.apply_feed([item(entry(2, memory, lane=0))])
            assert numbers(ledger, 1) == ["A041"]

    def test_of_a_day_that_seems_past_stay_on_the_last_day_in_lane_form(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(first=DAY - timedelta(days=9)))) as ledger:
            issue(ledger)
            for wrong in (DAY - timedelta(days=1), DAY + timedelta(days=8)):
                ticket = issue(ledger, day=wrong)
                assert (ticket.day, ticket.lane) == (DAY, 2)

    def test_survive_a_restart(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            assert numbers(ledger, 2) == ["A001", "A002"]
            incarnation = ledger.state.incarnation
        with open_ledger(tmp_path) as ledger:
            assert ledger.state.incarnation == incarnation
            assert numbers(ledger, 1) == ["A003"]

    def test_are_never_given_twice(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            first = issue(ledger)
            again = TicketIssued(ticket=new_id(), day=DAY, service="card", group="social", prefix="A", n=first.n)
            with pytest.raises(BugError, match="exists already"), ledger.transaction() as tx:
                tx.add_ticket(again, moment())
            assert ledger.state.last_seq == 1


class TestOneStep:
    def test_leaves_nothing_when_it_fails(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            with pytest.raises(BugError, match="does not exist"):
                self.issue_and_stumble(ledger)
            assert ledger.unsent_count() == 0
            assert ledger.jobs(*JobState) == []
            assert numbers(ledger, 1) == ["A001"]

    def issue_and_stumble(self, ledger: Ledger) -> None:
        with ledger.transaction() as tx:
            tx.add_ticket(issued(1), moment(), HOLDER)
            tx.add_print_job(issued(1).ticket, "{}", moment())
            tx.set_job_state("0" * 32, JobState.SENT)

    def test_wakes_the_sync_after_facts_only(self, tmp_path: Path) -> None:
        woken: list[int] = []
        with open_ledger(tmp_path, welcome()) as ledger:
            ledger.on_written(lambda: woken.append(ledger.unsent_count()))
            issue(ledger)
            [job] = ledger.jobs(JobState.ISSUED)
            with ledger.transaction() as tx:
                tx.set_job_state(job.id, JobState.SENT)
            assert woken == [1]

    def test_a_print_job_goes_one_way_only(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            ticket = issue(ledger)
            [job] = ledger.jobs(JobState.ISSUED)
            for state in (JobState.SENT, JobState.UNKNOWN):
                with ledger.transaction() as tx:
                    tx.set_job_state(job.id, state)
            with pytest.raises(BugError, match="cannot go"), ledger.transaction() as tx:
                tx.set_job_state(job.id, JobState.SENT)
            with ledger.transaction() as tx:
                assert tx.add_print_job(ticket.id, "{}", moment()).copy_no == 2
            assert [(j.copy_no, j.state) for j in ledger.jobs(*JobState)] == [(1, "unknown"), (2, "issued")]


class TestAcknowledging:
    def test_sends_in_order_with_the_holder_beside(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            printed(ledger, issue(ledger))
            sent = ledger.unsent()
            assert [(s.fact.lane, s.fact.lane_seq, s.fact.body.kind) for s in sent] == [
                (2, 1, "ticket_issued"),
                (2, 2, "slip_printed"),
            ]
            assert [s.holder for s in sent] == [HOLDER, None]
            ledger.apply_pushed(Pushed(highwater=1))
            assert [s.fact.lane_seq for s in ledger.unsent()] == [2]

    def test_a_restored_server_gets_everything_above_its_mark_again(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            numbers(ledger, 3)
            before = ledger.unsent()
            ledger.apply_pushed(Pushed(highwater=3))
            ledger.apply_feed([item(entry(1, issued(40), lane=5), HOLDER), HEAD])
            ledger.apply_welcome(welcome(highwater=1, epoch="f" * 32))
            assert ledger.unsent() == before[1:]
            assert (ledger.state.acked, ledger.state.feed_seq) == (3, 0)
            assert ledger.ticket(issued(40).ticket) is None

    def test_a_restored_server_must_tell_again_of_an_own_number_that_this_file_has_forgotten(
        self, tmp_path: Path
    ) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            own = issue(ledger)
            ledger.apply_pushed(Pushed(highwater=1))
            ledger.apply_feed([item(entry(1, issued(40), lane=2, lane_seq=7), HOLDER), HEAD])
            ledger.apply_welcome(welcome(epoch="f" * 32))
            assert ledger.ticket(own.id) == own
            assert ledger.ticket(issued(40).ticket) is None
            assert ledger.holder(issued(40).ticket) is None

    def test_unacknowledged_facts_are_never_forgotten(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            numbers(ledger, 3)
            ledger.apply_pushed(Pushed(highwater=2))
            ledger.tidy(NINE + 30 * DAY_US)
            assert [s.fact.lane_seq for s in ledger.unsent()] == [3]

    def test_nobody_is_remembered_longer_than_the_ticket(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            ticket = issue(ledger)
            assert ledger.holder(ticket.id) == HOLDER
            ledger.apply_pushed(Pushed(highwater=1))
            ledger.tidy(NINE + 30 * DAY_US)
            assert ledger.ticket(ticket.id) is None
            assert ledger.holder(ticket.id) is None

    def test_acknowledged_facts_stay_a_week_whatever_the_own_clock_said(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            numbers(ledger, 2)
            ledger.hear_time(NINE + 100 * DAY_US)
            ledger.apply_pushed(Pushed(highwater=2))
            for days, kept in ((107, 2), (109, 0)):
                ledger.tidy(NINE + days * DAY_US)
                ledger.apply_welcome(welcome(highwater=2))
                assert count_facts(ledger) == kept


class TestRollback:
    def test_a_server_that_knows_more_makes_the_counters_jump(self, tmp_path: Path) -> None:
        week = plan(1, 0, last=DAY + timedelta(days=6))
        with open_ledger(tmp_path, welcome(plan=week)) as ledger:
            ledger.store_catalog(sample_hall())
            issue(ledger)
            ledger.apply_welcome(welcome(plan=week, highwater=5))
            assert issue(ledger).number == "A2-32401"  # nine o'clock in seconds
            assert [s.fact.lane_seq for s in ledger.unsent()] == [6]
            ledger.hear_time(NINE)
            ledger.apply_feed([item(entry(8, issued(30), lane=2, lane_seq=4)), HEAD])
            assert issue(ledger).number == "A2-32402"  # some of the day may be on paper that nobody has told of
            ledger.hear_time(NINE + DAY_US)
            assert issue(ledger, day=DAY + timedelta(days=1)).number == "A001"

    def test_an_older_copy_of_the_file_is_noticed_without_a_server(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with open_ledger(tmp_path, welcome(2)) as ledger:
            given = numbers(ledger, 2)
            ledger.apply_pushed(Pushed(highwater=2))
        old = (tmp_path / FILE).read_bytes()
        with open_ledger(tmp_path) as ledger:
            given += numbers(ledger, 3)
        (tmp_path / FILE).write_bytes(old)
        with open_ledger(tmp_path) as ledger:
            assert "link.ledger_rolled_back" in caplog.text
            given += numbers(ledger, 2)
            assert len(set(given)) == 7
            assert [s.fact.lane_seq for s in ledger.unsent()] == [6, 7]
            ledger.apply_welcome(welcome(2, highwater=2))
            assert [s.fact.lane_seq for s in ledger.unsent()] == [3, 4]
            assert ledger.state.last_seq == 4

    def test_a_file_of_an_earlier_life_gives_no_number_before_the_server_has_spoken(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(2, plan=plan(1, 0))) as ledger:
            issue(ledger)
        old = (tmp_path / FILE).read_bytes()
        with open_ledger(tmp_path) as ledger:
            issue(ledger)
            ledger.apply_pushed(Pushed(highwater=1, diverged=True))
            life = ledger.state.incarnation
        (tmp_path / FILE).write_bytes(old)
        for _ in range(2):  # also when it is switched off again before it reaches the server
            with open_ledger(tmp_path) as ledger:
                assert ledger.state.incarnation != life
                with pytest.raises(NotEnrolled):
                    issue(ledger)
