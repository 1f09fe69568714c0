"""设置 changed while the hall runs: who changed what, whose word came first, and what becomes of those who wait."""

from datetime import date, timedelta

import pytest

from hall.arrangements import (
    Arrangement,
    ArrangementChanged,
    Holidays,
    OpeningHours,
    Waiting,
    WindowPart,
    group_part,
)
from hall.catalog import Catalog
from hall.facts import JournalEntry, TicketCancelled
from hall.opening import MakeUpDay, WeekHours, local_time
from hall.ticket import CancelReason, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal, Reply
from queue_server.operations.commands import carry_out
from queue_server.operations.days import today
from queue_server.operations.sessions import open_session
from queue_server.operations.tick import tick
from queue_server.operations.views.changes import arrangements, touched
from queue_server.store import Transaction, check
from queue_server.store.records import SessionKind
from tests.support.referee import HALL_KEY, Referee, small_catalog

HOUR = 3600
NIGHTLY = WeekHours(**dict.fromkeys(("monday", "tuesday", "wednesday"), ("20:00-23:00",)))


def change(
    referee: Referee,
    after: Arrangement,
    before: Arrangement | None = None,
    waiting: Waiting | None = None,
    staff: str = "9001",
    reverts: int | None = None,
) -> Reply:
    """A manager's act; `before` is as it stands unless the manager saw something else."""

    def act(transaction: Transaction) -> Reply:
        session = open_session(transaction, referee.moment, SessionKind.MANAGER, staff)[1]
        command = commands.ChangeArrangement(
            request_id=referee.ids(),
            before=before or after.as_in(transaction.catalog()),
            after=after,
            waiting=waiting,
            reverts=reverts,
        )
        return carry_out(transaction, referee.moment, session, command, HALL_KEY)

    return referee.run(act)


def catalog_of(referee: Referee) -> Catalog:
    return referee.run(lambda tx: tx.catalog())


def day_of(referee: Referee) -> date:
    return referee.run(lambda tx: today(tx, referee.moment))


def busy(*, serve_after_closing: bool = True) -> Referee:
    """Open from 20:00 to 23:00, now 21:30: one is being served at window 1, one was missed there, two wait."""
    referee = Referee(catalog=small_catalog(NIGHTLY, serve_after_closing=serve_after_closing))
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    for _ in range(4):
        kiosk.issue("alpha")
    kiosk.push()
    missed = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert missed is not None
    for kind in (commands.Recall, commands.Recall, commands.MarkMissed):
        assert referee.do(clerk, kind(request_id=referee.ids(), ticket=missed.id)).done
    served = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert served is not None
    assert referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=served.id)).done
    return referee


def entries(referee: Referee) -> list[JournalEntry]:
    return referee.run(lambda tx: list(tx.entries()))


def states(referee: Referee) -> list[TicketState]:
    day = day_of(referee)
    return sorted(ticket.state for ticket in referee.run(lambda tx: list(tx.tickets_of(day))))


def reasons(referee: Referee) -> list[CancelReason]:
    return [entry.fact.body.reason for entry in entries(referee) if isinstance(entry.fact.body, TicketCancelled)]


def test_a_change_is_a_fact_with_who_and_what_and_can_be_taken_back() -> None:
    referee = Referee()
    closed = Holidays(closed=(date(2027, 1, 1),), make_up=(MakeUpDay(day=date(2027, 1, 3), like="monday"),))
    old = catalog_of(referee).version
    assert change(referee, closed).done
    assert catalog_of(referee).hall.closed_days == (date(2027, 1, 1),)
    told = referee.run(lambda tx: arrangements(tx)).changes
    assert [(each.staff, each.before, each.after) for each in told] == [("9001", Holidays(), closed)]
    for other in (told[0].seq - 1, told[0].seq + 100):  # the record says of no other entry that it was taken back
        assert change(referee, told[0].before, reverts=other).refusal is Refusal.BAD_ARRANGEMENT
    assert change(referee, told[0].before, reverts=told[0].seq).done
    assert catalog_of(referee).version == old
    back = referee.run(lambda tx: arrangements(tx)).changes
    assert [(each.reverts, each.after) for each in back] == [(told[0].seq, Holidays()), (None, closed)]
    assert referee.run(check).differences == ()


def test_of_two_managers_who_saw_the_same_the_second_is_told_and_another_part_stands_in_nobodys_way() -> None:
    referee = Referee()
    seen = Holidays().as_in(catalog_of(referee))
    assert change(referee, Holidays(closed=(date(2027, 1, 1),)), before=seen, staff="9001").done
    assert change(referee, OpeningHours(hours=NIGHTLY), staff="9002").done
    late = change(referee, Holidays(closed=(date(2027, 5, 1),)), before=seen, staff="9002")
    assert late.refusal is Refusal.CHANGED_MEANWHILE
    assert catalog_of(referee).hall.closed_days == (date(2027, 1, 1),)


@pytest.mark.parametrize(
    "wrong",
    [
        Holidays(closed=(date(2027, 1, 1),), make_up=(MakeUpDay(day=date(2027, 1, 1), like="monday"),)),
        OpeningHours(hours=WeekHours()),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(wrong: Arrangement) -> None:
    referee = Referee()
    old = catalog_of(referee).version
    assert list(wrong.troubles(catalog_of(referee)))
    assert change(referee, wrong).refusal is Refusal.BAD_ARRANGEMENT
    assert catalog_of(referee).version == old


def test_a_holiday_from_now_on_waits_for_a_word_about_those_who_hold_numbers() -> None:
    referee = busy()
    holiday = Holidays(closed=(day_of(referee),))
    assert referee.run(lambda tx: touched(tx, referee.moment, holiday)).waiting == {"alpha": 3}
    assert change(referee, holiday).refusal is Refusal.PEOPLE_WAIT
    assert catalog_of(referee).hall.closed_days == ()


def test_who_is_served_still_is_called_and_comes_back_after_a_miss_until_the_day_is_over() -> None:
    referee = busy(serve_after_closing=False)
    before = states(referee)
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.SERVE).done
    assert not catalog_of(referee).gives_numbers("alpha", local_time(referee.moment.wall_us, 480))
    referee.pass_time(2 * HOUR)  # past the closing time of an ordinary day
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) == before
    referee.pass_time(HOUR)  # and after midnight nobody is without an end
    referee.run(lambda tx: tick(tx, referee.moment))
    yesterday = day_of(referee) - timedelta(days=1)
    ends = [ticket.state for ticket in referee.run(lambda tx: list(tx.tickets_of(yesterday)))]
    assert sorted(ends) == sorted([TicketState.CANCELLED] * 3 + [TicketState.SERVING])


def test_who_is_ended_has_an_end_with_a_reason_and_who_stands_at_a_window_stays() -> None:
    referee = busy()
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.END).done
    assert states(referee) == sorted([TicketState.CANCELLED] * 3 + [TicketState.SERVING])
    ends = [entry.fact.body for entry in entries(referee) if isinstance(entry.fact.body, TicketCancelled)]
    assert {(end.reason, end.clerk) for end in ends} == {(CancelReason.CLOSED, "9001")}
    made = next(e.fact.body for e in entries(referee) if isinstance(e.fact.body, ArrangementChanged))
    assert made.waiting is Waiting.END


def test_what_was_said_stands_in_the_record_also_where_the_last_was_called_meanwhile() -> None:
    referee = Referee(catalog=small_catalog(NIGHTLY))
    cut_off = referee.kiosk()
    cut_off.issue("alpha")
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.END).done
    assert [change.waiting for change in referee.run(lambda tx: arrangements(tx)).changes] == [Waiting.END]
    cut_off.push()
    assert reasons(referee) == [CancelReason.CLOSED]


def test_a_late_number_of_a_kiosk_that_was_cut_off_is_not_lost_after_a_holiday_at_noon() -> None:
    referee = Referee(catalog=small_catalog(NIGHTLY, serve_after_closing=False))
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    late = kiosk.issue("alpha")
    assert change(referee, Holidays(closed=(day_of(referee),))).done  # nobody waits as far as anybody knows
    kiosk.push()
    referee.run(lambda tx: tick(tx, referee.moment))
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    assert called.id == late.ticket


@pytest.mark.parametrize("serve_after_closing", [True, False])
def test_a_late_number_ends_as_the_others_did_where_a_manager_let_them_end(serve_after_closing: bool) -> None:
    referee = busy(serve_after_closing=serve_after_closing)
    cut_off = referee.kiosk("kiosk-2")
    cut_off.issue("alpha")
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.END).done
    cut_off.push()
    assert reasons(referee) == [CancelReason.CLOSED] * 4
    cut_off.issue("alpha")
    referee.pass_time(4 * HOUR)  # told of on the next day: its slip gives priority as the others do
    cut_off.push()
    assert reasons(referee) == [CancelReason.CLOSED] * 5


def test_whoever_was_called_then_and_did_not_come_ends_with_the_same_right() -> None:
    referee = busy()
    clerk = referee.clerk(3, "1003")
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.END).done
    assert referee.do(clerk, commands.PutBack(request_id=referee.ids(), ticket=called.id)).done
    referee.run(lambda tx: tick(tx, referee.moment))
    assert reasons(referee) == [CancelReason.CLOSED] * 3


def test_numbers_are_given_again_and_wait_once_the_group_is_opened_again_on_the_same_day() -> None:
    referee = busy()
    assert change(referee, Holidays(closed=(day_of(referee),)), waiting=Waiting.END).done
    assert change(referee, Holidays()).done
    kiosk = referee.kiosk("kiosk-2")
    kiosk.issue("alpha")
    kiosk.push()
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee).count(TicketState.WAITING) == 1


def test_who_waits_for_a_group_that_is_served_out_is_not_left_without_any_window() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue("beta")
    kiosk.push()
    beta, windows = group_part(catalog_of(referee), "beta"), catalog_of(referee).windows
    assert change(referee, beta.model_copy(update={"suspended": True}), waiting=Waiting.SERVE).done
    assert change(referee, WindowPart(number=3)).done
    last = WindowPart(number=2, window=windows[1].model_copy(update={"groups": ("alpha",), "helps": {}}))
    told = referee.run(lambda tx: touched(tx, referee.moment, last))
    assert (told.waiting, told.alone) == ({"beta": 1}, True)
    for said in (None, Waiting.SERVE):
        assert change(referee, last, waiting=said).refusal is Refusal.PEOPLE_WAIT
    assert change(referee, last, waiting=Waiting.END).done
    kiosk.issue("beta")
    kiosk.push()
    assert reasons(referee) == [CancelReason.CLOSED] * 2
