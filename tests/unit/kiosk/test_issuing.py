"""Numbers over a real ledger: one durable step, the same rules cut off or not."""

from pathlib import Path

import pytest

from hall.admission import NoNumber
from hall.catalog import Catalog
from hall.facts import SlipPrinted, TicketIssued
from hall.slip_code import unseal
from hall.system_fault import FaultDeclared, FaultEnded
from hall.ticket import TicketClass
from hall.waiting import Wait, WaitKind
from kiosk.doubts import copy_of, doubtful, half_printed, settle, void
from kiosk.errors import NoCatalog
from kiosk.issuing import Given, Issuing, Refused
from queue_server.link.clock import new_id
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger import JobState, Ledger
from tests.support.kiosks import GROUP, HALL_KEY, SERVICE, SetClock, kiosk_ledger, sample_hall
from tests.support.ledgers import item
from tests.support.people import resident
from tests.support.tickets import MINUTE, entry


def issuing(ledger: Ledger, clock: SetClock | None = None, *, online: bool = True) -> Issuing:
    return Issuing(ledger, HALL_KEY, clock or SetClock(), new_id, lambda: online)


def given(outcome: Given | Refused) -> Given:
    assert isinstance(outcome, Given)
    return outcome


def test_ticket_fact_counter_and_job_stand_together_on_disk(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        first = given(issuing(ledger).issue(SERVICE, resident(1)))
        second = given(issuing(ledger).issue(SERVICE, resident(2), priority=True))
    assert (first.issued.number, second.issued.number) == ("A001", "A002")
    assert (first.issued.people_ahead, second.issued.people_ahead) == (0, 0)  # priority stands before the first
    with kiosk_ledger(tmp_path) as again:
        facts = [sent.fact.body for sent in again.unsent()]
        assert [fact.kind for fact in facts] == ["ticket_issued", "ticket_issued"]
        assert isinstance(facts[1], TicketIssued)
        assert facts[1].ticket_class is TicketClass.PRIORITY
        assert [job.ticket for job in again.jobs(JobState.SENT)] == [first.issued.ticket, second.issued.ticket]
        assert given(issuing(again).issue(SERVICE, None)).issued.number == "A003"


def test_the_head_start_is_the_halls_own_and_no_row_of_its_table_is_written(tmp_path: Path) -> None:
    hall = sample_hall().hall
    minutes = {"elderly": 12, "military": 25}
    table = tuple(row.model_copy(update={"minutes": minutes.get(row.id, 5)}) for row in hall.head_starts)
    catalog = sample_hall().model_copy(update={"hall": hall.model_copy(update={"head_starts": table})})
    with kiosk_ledger(tmp_path, catalog) as ledger:
        give = issuing(ledger, online=False).issue
        by_age, by_button = give(SERVICE, None, priority=True, by_age=True), give(SERVICE, None, priority=True)
        tickets = [ledger.ticket(given(each).issued.ticket) for each in (by_age, by_button)]
        sent = "".join(each.fact.model_dump_json() for each in ledger.unsent())
    assert [t and (t.issued_at - t.effective_at) / MINUTE for t in tickets] == [12, 25]
    assert not any(row.id in sent for row in table if row.id in minutes or row.id == "disabled")


def test_the_code_on_the_slip_says_the_ticket(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        issued = given(issuing(ledger).issue(SERVICE, None)).issued
    code = unseal(issued.code, sample_hall().hall.id, HALL_KEY)
    assert (code.ticket, code.n, code.prefix, code.issued_at) == (issued.ticket, 1, "A", issued.issued_at)


def test_cut_off_the_number_comes_all_the_same_without_figures(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        issued = given(issuing(ledger, online=False).issue(SERVICE, resident(1))).issued
        fact = ledger.unsent()[0].fact.body
    assert issued.number == "A001"
    assert issued.offline
    assert issued.people_ahead is None
    assert isinstance(fact, TicketIssued)
    assert fact.offline


def test_one_live_ticket_per_person_and_group(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        first = given(issuing(ledger).issue(SERVICE, resident(1))).issued
        again = issuing(ledger).issue(SERVICE, resident(1))
        assert isinstance(again, Refused)
        assert again.reason is NoNumber.HAS_TICKET
        assert again.issued is not None
        assert again.issued.number == first.number
        other = next(s.id for s in sample_hall().services if s.group == "medical")
        assert given(issuing(ledger).issue(other, resident(1))).issued.number == "B001"
        assert given(issuing(ledger).issue(SERVICE, None)).issued.number == "A002"


def test_closed_and_full_are_results(tmp_path: Path) -> None:
    groups = tuple(group.model_copy(update={"daily_limit": 1}) for group in sample_hall().groups)
    hall = sample_hall()
    limited = Catalog(hall=hall.hall, groups=groups, services=hall.services, windows=hall.windows)
    with kiosk_ledger(tmp_path, limited) as ledger:
        clock = SetClock()
        given(issuing(ledger, clock).issue(SERVICE, None))
        assert issuing(ledger, clock).issue(SERVICE, None) == Refused(NoNumber.FULL)
        clock.minutes = 24 * 60 - 9 * 60
        assert issuing(ledger, clock).issue(SERVICE, None) == Refused(NoNumber.CLOSED)
        assert ledger.unsent_count() == 1


def test_no_number_of_a_group_that_is_down(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        group = sample_hall().service(SERVICE).group
        ledger.apply_feed([item(entry(1, FaultDeclared(group=group, staff="1001"), lane=0))])
        assert issuing(ledger).issue(SERVICE, None) == Refused(NoNumber.DOWN)
        ledger.apply_feed([item(entry(2, FaultEnded(group=group, staff="1001"), lane=0))])
        assert given(issuing(ledger).issue(SERVICE, None)).issued.number == "A001"


def test_paperless_is_a_fact_and_no_job(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        assert given(issuing(ledger).issue(SERVICE, None, paper=False)).job is None
        paper = ledger.unsent()[1].fact.body
        assert isinstance(paper, SlipPrinted)
        assert paper.outcome == "paperless"
        assert ledger.jobs(*JobState) == []


def test_a_kiosk_that_never_met_its_server_gives_nothing(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, "kiosk-1", new_id) as ledger:
        with pytest.raises(NoCatalog):
            issuing(ledger).issue(SERVICE, None)
        ledger.store_catalog(sample_hall())
        with pytest.raises(NotEnrolled):
            issuing(ledger).issue(SERVICE, None)


def test_nothing_personal_reaches_the_disk(tmp_path: Path) -> None:
    person = resident(5)
    with kiosk_ledger(tmp_path) as ledger:
        given(issuing(ledger).issue(SERVICE, person))
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        for canary in (person.number, person.name, person.address or ""):
            assert canary.encode() not in content


def test_a_slip_in_doubt_is_asked_about_within_a_minute_only(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        outcome = given(issuing(ledger, clock).issue(SERVICE, None))
        assert outcome.job is not None
        assert outcome.job.state is JobState.SENT
    with kiosk_ledger(tmp_path) as again:
        clock.minutes += 0.5
        assert [issued.number for issued in doubtful(again, clock)] == ["A001"]
        assert again.jobs(JobState.UNKNOWN)
        clock.minutes += 5
        assert doubtful(again, clock) == ()
        assert again.jobs(JobState.UNKNOWN)  # stays unknown for the record


def test_answers_settle_the_doubt(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        tickets = [given(issuing(ledger, clock).issue(SERVICE, None)) for _ in range(3)]
        doubtful(ledger, clock)
        settle(ledger, clock, tickets[0].issued.ticket)
        void(ledger, clock, tickets[1].issued.ticket)
        copy = copy_of(ledger, clock, tickets[2].issued)
        assert copy.copy_no == 2
        assert [job.ticket for job in ledger.jobs(JobState.PRINTED)] == [tickets[0].issued.ticket]
        assert [job.ticket for job in ledger.jobs(JobState.FAILED)] == [tickets[1].issued.ticket]
        kinds = [sent.fact.body.kind for sent in ledger.unsent()][-2:]
        assert kinds == ["slip_printed", "ticket_cancelled"]


def test_a_doubt_is_over_when_a_copy_has_come_out(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        first = given(issuing(ledger, clock).issue(SERVICE, None))
        assert half_printed(ledger, clock)
        assert [issued.number for issued in doubtful(ledger, clock)] == ["A001"]
        assert half_printed(ledger, clock)
        copy = copy_of(ledger, clock, first.issued)
        with ledger.transaction() as step:
            step.set_job_state(copy.id, JobState.SENT)
            step.set_job_state(copy.id, JobState.PRINTED)
        assert not half_printed(ledger, clock)
        assert doubtful(ledger, clock) == ()
        other = given(issuing(ledger, clock).issue(SERVICE, None))
        assert [issued.number for issued in doubtful(ledger, clock)] == [other.issued.number]
        clock.minutes += 61
        assert not half_printed(ledger, clock)


def test_what_is_foretold_is_asked_from_memory_by_class_and_only_while_connected(tmp_path: Path) -> None:
    def foretold(group: str, priority: bool) -> Wait | None:
        return Wait(kind=WaitKind.RANGE, low=0 if priority else 10, high=20) if group == GROUP else None

    with kiosk_ledger(tmp_path) as ledger:
        for online, priority, low in ((True, False, 10), (True, True, 0), (False, False, None)):
            give = Issuing(ledger, HALL_KEY, SetClock(), new_id, lambda online=online: online, foretold)  # type: ignore[misc]
            wait = given(give.issue(SERVICE, None, priority=priority)).issued.wait
            assert (wait and wait.low) == low
