"""A day called again: by the rule of that day everybody is called when he was; by another one, as that one says."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.booking import BookedSlot
from hall.calling import HEAD_START_MINUTES
from hall.catalog import Catalog
from hall.head_start import USUAL_ROWS
from hall.opening import business_day
from hall.rule import Help, Rule, rule_of, troubles, with_rule
from hall.ticket import TicketClass
from hall.wire import commands
from hall.wire.entry_lines import entry_of
from hall.wire.replies import Refusal
from queue_server.operations.journal_days import texts_of_day
from queue_server.operations.past_day import PastDay, call_again, past_day
from queue_server.operations.rule_preview import compare, newest_day, told, tried
from queue_server.operations.sessions import open_session
from queue_server.store.records import Session, SessionKind
from tests.support.referee import Referee, small_catalog
from tests.support.tickets import MINUTE

C = TicketClass
CATALOG = small_catalog()


def day_of(referee: Referee) -> date:
    return business_day(referee.moment.wall_us, 480)


def day_told(referee: Referee) -> PastDay:
    with referee.store.read() as reader:
        return past_day(day_of(referee), list(reader.entries()))


def rule_with(catalog: Catalog, **minutes: int) -> Rule:
    rule = rule_of(catalog)
    rows = [row.model_copy(update={"minutes": minutes.get(row.id, row.minutes)}) for row in rule.head_starts]
    return rule.model_copy(update={"head_starts": tuple(rows), "head_start_cap": 60})


def manager_of(referee: Referee) -> Session:
    return referee.run(lambda tx: open_session(tx, referee.moment, SessionKind.MANAGER, "1000")[1])


def played(steps: Iterable[tuple[int, C, str, bool]]) -> Referee:
    """People come one minute after another; window 3 calls, serves and lets go as the steps say."""
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(3)
    active = None
    for minutes, ticket_class, group, calls in steps:
        referee.pass_time(60 * minutes)
        kiosk.issue(group, ticket_class)
        kiosk.push()
        if calls and active is None:
            active = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
        elif calls and active is not None:
            referee.miss(clerk, active.id)
            active = None
    return referee


steps = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(list(C)), st.sampled_from(["alpha", "beta"]), st.booleans()),
    max_size=14,
)


@given(steps)
def test_by_the_rule_of_the_day_everybody_is_called_when_he_was(rows: list[tuple[int, C, str, bool]]) -> None:
    day = day_told(played(rows))
    again = call_again(day, CATALOG.windows, lambda visit: visit.minutes)
    assert again == {slot.ticket: slot.at for slot in day.slots}


@pytest.fixture(scope="module")
def morning() -> Referee:
    """Six ordinary numbers and a priority one that came last; one window calls them all, one undone call between."""
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    for n in range(7):
        referee.pass_time(60)
        kiosk.issue(ticket_class=C.PRIORITY if n == 6 else C.ORDINARY)
    kiosk.push()
    first = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert first is not None
    referee.pass_time(3)
    assert referee.do(clerk, commands.Undo(request_id=referee.ids(), ticket=first.id)).done
    for _ in range(7):
        referee.pass_time(300)
        called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
        assert called is not None
        assert referee.miss(clerk, called.id).done
    return referee


def test_an_undone_call_is_no_call(morning: Referee) -> None:
    day = day_told(morning)
    assert len(day.slots) == len(day.visits) == 7


def test_first_come_first_served_and_another_table_are_shown_beside_the_one_in_force(morning: Referee) -> None:
    shown = compare(day_told(morning), CATALOG, rule_with(CATALOG, elderly=2, disabled=2, with_child=2, military=2))
    assert [(each.ticket_class, each.tickets) for each in shown.classes] == [
        (None, 7),
        (C.ORDINARY, 6),
        (C.PRIORITY, 1),
    ]
    everybody, ordinary, priority = shown.classes
    # what one gains others lose
    assert everybody.now.mean_us == everybody.fcfs.mean_us == everybody.then.mean_us
    assert priority.now == priority.really
    assert priority.now.mean_us < priority.then.mean_us < priority.fcfs.mean_us
    assert ordinary.now.mean_us > ordinary.then.mean_us > ordinary.fcfs.mean_us
    assert shown.left == 0


def test_a_bigger_head_start_makes_nobody_of_the_class_later_9(morning: Referee) -> None:
    day = day_told(morning)
    before: dict[str, int] = {}
    for minutes in (0, 1, 3, 5, 60):
        again = call_again(day, CATALOG.windows, lambda v, m=minutes: m if v.ticket.ticket_class is C.PRIORITY else 0)  # type: ignore[misc]
        favoured = {name: at for name, at in again.items() if day.visits[name].ticket.ticket_class is C.PRIORITY}
        assert all(at <= before.get(name, at) for name, at in favoured.items())
        before = favoured


def test_the_newest_day_with_calls_is_found_and_only_its_part_is_read(morning: Referee) -> None:
    day = day_of(morning)
    with morning.store.read() as reader:
        assert newest_day(reader, day) == day
        assert newest_day(reader, day + timedelta(days=9)) == day
        assert newest_day(reader, day + timedelta(days=90)) is None
        found = past_day(day, (entry_of(line.encode()) for line in texts_of_day(reader, day, 480)))
        assert found == day_told(morning)
        lines = told(reader, morning.moment, rule_of(CATALOG))
    shown = tried(line.encode() for line in lines)
    assert shown.day == day
    assert all(each.now == each.then for each in shown.classes)


def test_a_hall_without_calls_says_so() -> None:
    referee = Referee()
    with referee.store.read() as reader:
        assert told(reader, referee.moment, rule_of(CATALOG)) == []


def test_no_row_is_known_of_a_ticket_so_the_greatest_that_may_be_meant_counts() -> None:
    before = rule_of(CATALOG)
    after = rule_with(CATALOG, elderly=10, military=45, appointment=25, appointment_late=5)
    assert after.minutes_now(C.PRIORITY, 30, before) == 45
    assert after.minutes_now(C.APPOINTMENT, 20, before) == 25
    assert after.minutes_now(C.APPOINTMENT, 0, before) == 5
    assert after.minutes_now(C.ORDINARY, 0, before) == 0
    assert after.model_copy(update={"head_start_cap": 12}).minutes_now(C.PRIORITY, 30, before) == 12


def test_a_rule_is_taken_out_and_put_back_and_what_does_not_fit_is_said() -> None:
    rule = rule_of(CATALOG)
    assert rule.helps
    assert with_rule(CATALOG, rule).version == CATALOG.version
    assert list(troubles(CATALOG, rule)) == []
    strange = rule.model_copy(update={"helps": (Help(window=99, group="alpha", minutes=5.0),), "head_start_cap": 1})
    assert [words for words in troubles(CATALOG, strange) if "99 号窗口" in words]
    assert [words for words in troubles(CATALOG, strange) if "超过上限 1 分钟" in words]


def test_a_manager_changes_the_rule_once_and_numbers_given_keep_their_place() -> None:
    referee = Referee()
    kiosk, manager = referee.kiosk(), manager_of(referee)
    first = kiosk.issue(ticket_class=C.PRIORITY)
    kiosk.push()
    rule = rule_with(CATALOG, elderly=5, disabled=5, with_child=5, military=5)
    change = commands.ChangeRule(request_id=referee.ids(), rule=rule, catalog=CATALOG.version)
    done = referee.do(manager, change)
    assert done.done
    assert referee.do(manager, change) == done
    stale = commands.ChangeRule(request_id=referee.ids(), rule=rule_of(CATALOG), catalog=CATALOG.version)
    assert referee.do(manager, stale).refusal is Refusal.WRONG_STATE
    clerk = referee.clerk(1)
    assert referee.do(clerk, stale.model_copy(update={"request_id": referee.ids()})).refusal is Refusal.NOT_ALLOWED
    with referee.store.read() as reader:
        assert rule_of(reader.catalog()) == rule
        ticket = reader.ticket(first.ticket)
        *_, last = (entry for entry in reader.entries() if entry.fact.body.kind == "catalog_published")
        bad = commands.ChangeRule(request_id=referee.ids(), rule=_shortened(rule), catalog=reader.catalog_version())
    assert ticket is not None
    assert (ticket.issued_at - ticket.effective_at) == HEAD_START_MINUTES[C.PRIORITY] * 60_000_000
    assert last.fact.body.model_dump()["staff"] == manager.subject
    assert referee.do(manager, bad).refusal is Refusal.BAD_RULE


def _shortened(rule: Rule) -> Rule:
    return rule.model_copy(update={"head_starts": USUAL_ROWS[1:]})


def test_who_had_an_appointment_counts_from_the_slot_under_every_rule() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    at = referee.moment.wall_us + 20 * MINUTE
    slot = BookedSlot(booking=referee.ids(), at=at, until=at + 10 * MINUTE, ticket_class=C.APPOINTMENT, head_start=20)
    body = kiosk.issue()
    sent = kiosk.facts[-1]
    booked = body.model_copy(update={"slot": slot, "head_start": 0})
    kiosk.facts[-1] = sent.model_copy(update={"fact": sent.fact.model_copy(update={"body": booked})})
    kiosk.push()
    assert referee.do(referee.clerk(1), commands.CallNext(request_id=referee.ids())).done
    (visit,) = day_told(referee).visits.values()
    assert (visit.minutes, visit.ticket.ticket_class) == (20, C.APPOINTMENT)
    assert visit.under(0).effective_at == at
    assert visit.under(20) == visit.ticket
