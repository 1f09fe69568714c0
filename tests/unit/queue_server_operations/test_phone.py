"""The citizen's phone: what the holder of a slip sees and may do, in every state, without anything personal."""

from dataclasses import replace

from hall.rating import Level
from hall.slip_code import SlipCode, seal
from hall.ticket import CancelReason, Ticket
from hall.waiting import WaitKind
from hall.wire import commands
from hall.wire.phone import PhoneState, PhoneTicket
from hall.wire.replies import Refusal
from queue_server.operations import phone
from queue_server.operations.scene import Done, Outcome
from queue_server.operations.views import phone as phone_view
from queue_server.store import check
from tests.support.referee import HALL_ID, HALL_KEY
from tests.support.visit import S, Visit

DAY = 24 * 3600


def code_of(ticket: Ticket) -> SlipCode:
    return SlipCode(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n, ticket.issued_at)


def seen(visit: Visit, code: SlipCode) -> PhoneTicket:
    with visit.referee.store.read() as reader:
        return phone_view(reader, visit.referee.moment, code)


def leave(visit: Visit, code: SlipCode) -> Outcome:
    return visit.referee.run(lambda transaction: phone.leave(transaction, visit.referee.moment, code))


def rate(visit: Visit, code: SlipCode, level: Level = Level.GOOD) -> Outcome:
    return visit.referee.run(lambda transaction: phone.rate_by_code(transaction, visit.referee.moment, code, level))


def test_a_waiting_ticket_says_how_many_stand_before_it_and_where() -> None:
    visit = Visit()
    first = visit.ticket
    visit.id = visit.kiosk.issue().ticket
    visit.kiosk.push()
    second = visit.ticket
    shown = seen(visit, code_of(second))
    assert (shown.state, shown.ahead, shown.place, shown.windows) == (PhoneState.WAITING, 1, "一楼", "1、3")
    assert shown.may_leave
    assert shown.alert == "near"
    assert seen(visit, code_of(first)).ahead == 0
    said = shown.model_dump_json()
    assert second.id not in said
    assert visit.clerk.subject not in said


def test_where_no_window_is_open_it_says_so_instead_of_a_wait() -> None:
    visit = Visit()
    ticket = visit.ticket
    assert seen(visit, code_of(ticket)).wait is None  # window 1 is open, and nothing is foretold
    visit.do(commands.Pause)
    wait = seen(visit, code_of(ticket)).wait
    assert wait is not None
    assert wait.kind is WaitKind.PAUSED


def test_each_call_rings_anew_and_who_is_called_cannot_leave() -> None:
    visit = Visit()
    ticket = visit.ticket
    code = code_of(ticket)
    visit.do(commands.CallNext)
    once = seen(visit, code)
    visit.do(commands.Recall, ticket=ticket.id)
    twice = seen(visit, code)
    assert (once.state, once.window, once.windows) == (PhoneState.CALLED, 1, "1")
    assert once.alert != twice.alert
    assert once.stamp != twice.stamp
    assert leave(visit, code) is Refusal.WRONG_STATE
    visit.do(commands.MarkMissed, ticket=ticket.id)
    missed = seen(visit, code)
    assert (missed.state, missed.returns_left, missed.window, missed.may_leave) == (PhoneState.MISSED, 2, None, True)


def test_leaving_twice_is_leaving_once() -> None:
    visit = Visit()
    code = code_of(visit.ticket)
    done = leave(visit, code)
    assert isinstance(done, Done)
    assert leave(visit, code) is Refusal.ALREADY_OVER
    assert seen(visit, code).state is PhoneState.LEFT
    assert visit.do(commands.CallNext).refusal is Refusal.NOBODY_WAITING
    with visit.referee.store.read() as reader:
        assert check(reader).differences == ()


def test_a_service_is_rated_once_wherever_it_is_pressed() -> None:
    visit = Visit()
    ticket = visit.ticket
    code = code_of(ticket)
    assert rate(visit, code) is Refusal.WRONG_STATE
    visit.do(commands.CallNext)
    visit.do(commands.StartService, ticket=ticket.id)
    assert seen(visit, code).state is PhoneState.SERVING
    visit.do(commands.FinishService, ticket=ticket.id)
    assert seen(visit, code).may_rate
    assert isinstance(rate(visit, code), Done)
    assert rate(visit, code, Level.VERY_BAD) is Refusal.ALREADY_RATED
    after = seen(visit, code)
    assert (after.level, after.may_rate) == (Level.GOOD, False)


def test_the_day_after_nothing_can_be_rated_and_the_slip_says_of_which_day_it_is() -> None:
    visit = Visit()
    ticket = visit.ticket
    visit.bring_to(S.FINISHED)
    visit.referee.pass_time(DAY)
    code = code_of(ticket)
    assert seen(visit, code).state is PhoneState.OF_ANOTHER_DAY
    assert not seen(visit, code).may_rate
    assert rate(visit, code) is Refusal.NOT_TODAY


def test_a_good_slip_that_nobody_told_of_is_on_its_way_today_and_old_tomorrow() -> None:
    visit = Visit()
    code = replace(code_of(visit.ticket), ticket="f" * 32, n=77)
    shown = seen(visit, code)
    assert (shown.state, shown.number, shown.name) == (PhoneState.ON_ITS_WAY, "A077", "甲类")
    assert leave(visit, code) is Refusal.UNKNOWN_TICKET
    assert rate(visit, code) is Refusal.UNKNOWN_TICKET
    visit.referee.pass_time(DAY)
    assert seen(visit, code).state is PhoneState.OF_ANOTHER_DAY


def test_after_a_system_fault_the_slip_follows_the_number_that_took_its_place() -> None:
    visit = Visit()
    ticket = visit.ticket
    code = code_of(ticket)
    visit.do(commands.DeclareFault, groups=("alpha",))
    broken = seen(visit, code)
    assert broken.state is PhoneState.SYSTEM_FAULT
    assert broken.good_until is not None
    assert broken.good_until > ticket.day
    visit.referee.pass_time(DAY)
    assert seen(visit, code).state is PhoneState.SYSTEM_FAULT  # still good tomorrow
    visit.do(commands.EndFault, groups=("alpha",))
    visit.do(commands.Adopt, code=seal(code, HALL_ID, HALL_KEY))
    renewed = seen(visit, code)
    assert (renewed.state, renewed.mark) == (PhoneState.WAITING, "优")
    assert renewed.number != ticket.number


def test_what_the_hall_took_back_says_so() -> None:
    visit = Visit()
    ticket = visit.ticket
    visit.do(commands.Cancel, ticket=ticket.id, reason=CancelReason.VOID)
    assert seen(visit, code_of(ticket)).state is PhoneState.VOID
