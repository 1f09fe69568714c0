"""系统故障: nobody is left waiting for what does not come, everybody is told, and a slip has priority afterwards."""

from datetime import date

import pytest

from hall.catalog import Catalog
from hall.facts import TicketCancelled
from hall.opening import WeekHours
from hall.slip_code import SlipCode, seal
from hall.system_fault import last_day
from hall.ticket import CancelReason, Flag, Ticket, TicketClass, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal, Reply
from queue_server.operations.commands import carry_out
from queue_server.operations.sessions import open_session
from queue_server.operations.tick import tick
from queue_server.operations.views import board, desk
from queue_server.store import Transaction, check
from queue_server.store.records import SessionKind
from tests.support.referee import HALL_ID, HALL_KEY, Referee, small_catalog
from tests.support.visit import Visit

DAY = 24 * 3600
WORKDAYS = WeekHours(**dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), ("00:00-24:00",)))


def declare(visit: Visit, *groups: str) -> Reply:
    return visit.do(commands.DeclareFault, groups=groups or ("alpha",))


def end(visit: Visit, *groups: str) -> Reply:
    return visit.do(commands.EndFault, groups=groups or ("alpha",))


def show_slip(visit: Visit, ticket: Ticket) -> Reply:
    """The slip of a ticket is scanned at window 1."""
    code = SlipCode(
        ticket=ticket.id,
        day=ticket.day,
        prefix=ticket.prefix,
        lane=ticket.lane,
        n=ticket.n,
        issued_at=ticket.issued_at,
    )
    return visit.do(commands.Adopt, code=seal(code, HALL_ID, HALL_KEY))


def after_a_fault(catalog: Catalog | None = None) -> Visit:
    """A ticket ended by a fault that is over."""
    visit = Visit(Referee(catalog=catalog or small_catalog(WORKDAYS)))
    assert declare(visit).done
    assert end(visit).done
    return visit


def test_whoever_waits_was_missed_or_is_on_hold_gets_an_end_and_whoever_is_served_stays() -> None:
    visit = Visit()
    others = [visit.kiosk.issue().ticket for _ in range(3)]
    beta = visit.kiosk.issue("beta").ticket
    visit.kiosk.push()
    visit.call()
    visit.miss()
    visit.do(commands.Hold, ticket=others[0])
    visit.do(commands.CallNext)
    assert declare(visit).done
    with visit.referee.store.read() as reader:
        states = {ticket.id: ticket.state for ticket in reader.every(Ticket)}
        reasons = {e.fact.body.reason for e in reader.entries() if isinstance(e.fact.body, TicketCancelled)}
        assert check(reader).differences == ()
    assert reasons == {CancelReason.SYSTEM_FAULT}
    assert states[beta] is TicketState.WAITING
    assert sorted(state for ticket, state in states.items() if ticket != beta) == [
        TicketState.CALLED,
        *[TicketState.CANCELLED] * 3,
    ]


def test_people_and_clerks_are_told_until_it_is_over() -> None:
    visit = Visit()
    declare(visit)
    with visit.referee.store.read() as reader:
        first, second = board(reader, visit.referee.moment).notices
        assert first == "甲类系统故障，暂时不能办理。"
        assert "恢复后 5 个工作日内凭单到窗口" in second
        assert desk(reader, visit.referee.moment, 1).faults == ("alpha",)
        assert desk(reader, visit.referee.moment, 2).faults == ("alpha",)  # it helps with it
    end(visit)
    with visit.referee.store.read() as reader:
        assert board(reader, visit.referee.moment).notices == ()
        assert desk(reader, visit.referee.moment, 1).faults == ()


def test_who_comes_or_is_put_aside_meanwhile_gets_an_end_too() -> None:
    visit = Visit()
    visit.bring_to(TicketState.SERVING)
    declare(visit)
    late = visit.kiosk.issue().ticket
    visit.kiosk.push()
    beside = visit.referee.clerk(3, "1003")
    assert visit.do(commands.CallNext, beside).refusal is Refusal.NOBODY_WAITING, "not even before the next tick"
    visit.on(commands.Hold)
    visit.referee.run(lambda tx: tick(tx, visit.referee.moment))
    with visit.referee.store.read() as reader:
        for ticket in (late, visit.id):
            found = reader.ticket(ticket)
            assert found is not None
            assert found.state is TicketState.CANCELLED


def test_nothing_of_it_begins_at_a_window_without_a_number_or_as_one_more_service() -> None:
    visit = Visit()
    declare(visit)
    beside = visit.referee.clerk(2, "1002")
    assert visit.do(commands.StartWithoutTicket, beside, service="alpha_one").refusal is Refusal.SYSTEM_FAULT
    assert visit.do(commands.StartWithoutTicket, beside, service="beta_one").done
    served = visit.referee.store
    with served.read() as reader:
        (here,) = [ticket for ticket in reader.live_tickets() if ticket.window == 2]
    more = visit.do(commands.NextService, beside, ticket=here.id, service="alpha_one")
    assert more.refusal is Refusal.SYSTEM_FAULT


def test_a_group_that_the_hall_does_not_have_is_told_as_such() -> None:
    visit = Visit()
    assert declare(visit, "nope").refusal is Refusal.UNKNOWN_GROUP
    assert end(visit, "nope").refusal is Refusal.UNKNOWN_GROUP
    assert end(visit, "alpha").refusal is Refusal.WRONG_STATE


def test_a_slip_shown_again_has_priority_once() -> None:
    visit = after_a_fault()
    new = show_slip(visit, visit.ticket).ticket
    assert new is not None
    claimed = small_catalog().hall.claimed()
    assert (new.state, new.ticket_class) == (TicketState.WAITING, TicketClass.PRIORITY)
    assert new.issued_at - new.effective_at == claimed.minutes * 60_000_000
    assert new.lane is not None
    assert Flag.HONOURED in visit.ticket.flags
    assert show_slip(visit, visit.ticket).ticket == new
    called = visit.call().ticket
    assert called is not None
    assert called.id == new.id
    with visit.referee.store.read() as reader:
        assert check(reader).differences == ()


def test_not_while_the_system_is_down() -> None:
    visit = Visit()
    declare(visit)
    assert show_slip(visit, visit.ticket).refusal is Refusal.SYSTEM_FAULT


@pytest.mark.parametrize(("days", "good"), [(6, True), (7, True), (8, False)])  # a Monday; five working days after
def test_a_slip_is_good_for_the_working_days_that_the_hall_sets(days: int, good: bool) -> None:
    visit = after_a_fault()
    visit.referee.pass_time(days * DAY)
    reply = show_slip(visit, visit.ticket)
    assert reply.done is good
    if not good:
        assert reply.refusal is Refusal.NOT_TODAY


def test_days_on_which_a_group_is_closed_do_not_count() -> None:
    friday, works = date(2026, 9, 25), lambda day: bool(WORKDAYS.periods_on(day))
    assert last_day(friday, works, 1) == date(2026, 9, 28)
    assert last_day(friday, works, 0) == friday
    assert last_day(friday, lambda _: False, 5) == friday


def test_one_that_ended_otherwise_gives_nothing() -> None:
    visit = Visit()
    visit.on(commands.Cancel)
    shown = show_slip(visit, visit.ticket)
    assert shown.ticket == visit.ticket
    assert shown.seq == 0


def test_a_clerk_says_it_of_what_the_own_window_serves_and_a_manager_of_all() -> None:
    visit = Visit()
    assert declare(visit, "beta").refusal is Refusal.CANNOT_SERVE
    referee = visit.referee
    command = commands.DeclareFault(request_id=referee.ids(), groups=("alpha", "beta"))

    def say(groups: tuple[str, ...] | None = None) -> Reply:
        def operation(transaction: Transaction) -> Reply:
            _, session = open_session(transaction, referee.moment, SessionKind.MANAGER, "1000")
            told = command if groups is None else command.model_copy(update={"groups": groups})
            return carry_out(transaction, referee.moment, session, told, HALL_KEY)

        return referee.run(operation)

    assert say().done
    assert say() == say()  # a retry
    assert declare(visit).refusal is Refusal.WRONG_STATE
    assert end(visit, "beta").refusal is Refusal.CANNOT_SERVE
    assert end(visit).done
    assert end(visit).refusal is Refusal.WRONG_STATE
