"""What happens by itself: the day ends, forgotten windows close, what has had its time is deleted."""

import pytest

from hall.opening import WeekHours
from hall.ticket import Flag, Ticket, TicketState
from hall.window import WindowState
from hall.wire.commands import CallNext, StartService
from queue_server.operations.sessions import CLERK_HOURS_US
from queue_server.operations.tick import ANSWERS_KEPT_US, tick
from queue_server.operations.views import rating_page
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import Store, Transaction, check
from queue_server.store.records import Answer, Session
from tests.support.referee import HALL_ID, SECOND, Ids, Referee, small_catalog

HOUR = 3600
EVENING = WeekHours(**dict.fromkeys(("monday", "tuesday"), ("18:00-22:00",)))  # the tests begin on a Monday, 21:30


def states(referee: Referee) -> list[TicketState]:
    def look(transaction: Transaction) -> list[TicketState]:
        issued = [e.fact.body for e in transaction.entries() if e.fact.body.kind == "ticket_issued"]
        tickets = [transaction.ticket(body.ticket) for body in issued]
        return [ticket.state for ticket in tickets if ticket is not None]

    return referee.run(look)


def evening(*, serve_after_closing: bool) -> Referee:
    """Three tickets, one missed, one called, one waiting; half past nine, open till ten."""
    referee = Referee(catalog=small_catalog(EVENING, serve_after_closing=serve_after_closing))
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    for _ in range(3):
        kiosk.issue()
    kiosk.push()
    missed = referee.do(clerk, CallNext(request_id=referee.ids())).ticket
    assert missed is not None
    referee.miss(clerk, missed.id)
    assert referee.do(clerk, CallNext(request_id=referee.ids())).done
    return referee


@pytest.mark.parametrize(("serve_after_closing", "last"), [(True, TicketState.WAITING), (False, TicketState.CANCELLED)])
def test_at_closing_time_the_hall_does_as_it_has_set(serve_after_closing: bool, last: TicketState) -> None:
    referee = evening(serve_after_closing=serve_after_closing)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) == [TicketState.MISSED, TicketState.CALLED, TicketState.WAITING]
    referee.pass_time(HOUR / 2)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) == [TicketState.CANCELLED, TicketState.CALLED, last]


def test_the_next_day_nobody_waits_but_who_is_at_a_window_stays() -> None:
    referee = evening(serve_after_closing=True)
    referee.pass_time(3 * HOUR)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) == [TicketState.CANCELLED, TicketState.CALLED, TicketState.CANCELLED]
    head = referee.run(lambda tx: tx.head_seq())
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.head_seq()) == head
    with referee.store.read() as reader:
        assert check(reader).differences == ()


def left_at_a_window(*kinds: type[StartService]) -> Referee:
    """A citizen who was called, or being served, when the clerk's session ran out in the night."""
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    kiosk.issue()
    kiosk.push()
    called = referee.do(clerk, CallNext(request_id=referee.ids())).ticket
    assert called is not None
    for kind in kinds:
        referee.do(clerk, kind(request_id=referee.ids(), ticket=called.id))
    return referee


@pytest.mark.parametrize(("kinds", "end"), [((), TicketState.CANCELLED), ((StartService,), TicketState.FINISHED)])
def test_whoever_was_left_at_a_window_has_an_end_when_nobody_is_there_any_more(
    kinds: tuple[type[StartService], ...], end: TicketState
) -> None:
    referee = left_at_a_window(*kinds)
    referee.pass_time(4 * HOUR)  # the next day, and the clerk may still be at it
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) != [end]
    referee.pass_time(CLERK_HOURS_US / SECOND)
    referee.run(lambda tx: tick(tx, referee.moment))
    with referee.store.read() as reader:
        (ticket,) = reader.every(Ticket)
        assert check(reader).differences == ()
        counts = day_figures(reader, ticket.day)["alpha"]
    assert (ticket.state, ticket.window) == (end, None)
    assert counts.issued == counts.finished + counts.cancelled


def test_how_long_it_took_nobody_says_and_nobody_is_asked_to_rate_it() -> None:
    referee = left_at_a_window(StartService)
    referee.pass_time(CLERK_HOURS_US / SECOND + 12 * HOUR)
    referee.run(lambda tx: tick(tx, referee.moment))
    with referee.store.read() as reader:
        (ticket,) = reader.every(Ticket)
        assert Flag.UNENDED in ticket.flags
        assert ticket.started_at is None
        assert rating_page(reader, 1).ticket is None
        assert reader.served_on(ticket.day, 1) == 0


def test_a_clerk_who_goes_on_over_midnight_is_not_disturbed() -> None:
    referee = left_at_a_window(StartService)
    referee.pass_time(3 * HOUR)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee) == [TicketState.SERVING]


def test_a_group_without_hours_ends_with_the_day() -> None:
    referee = evening(serve_after_closing=False)
    catalog = referee.run(lambda tx: tx.catalog())
    referee.publish(catalog.model_copy(update={"groups": catalog.groups[1:]}))
    referee.pass_time(HOUR)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee)[2] is TicketState.WAITING
    referee.pass_time(2 * HOUR)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert states(referee)[2] is TicketState.CANCELLED


def test_a_window_left_open_closes_when_its_session_has_run_out() -> None:
    referee = Referee()
    clerk = referee.clerk(1)
    referee.pass_time(CLERK_HOURS_US / SECOND - 1)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.window(1).state) is WindowState.IDLE
    referee.pass_time(2)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.window(1).state) is WindowState.CLOSED
    assert referee.run(lambda tx: tx.get(Session, clerk.token_hash)) is None


def test_answers_are_kept_for_a_week() -> None:
    referee = Referee()
    clerk = referee.clerk(1)
    referee.do(clerk, CallNext(request_id="d" * 32))
    referee.pass_time(ANSWERS_KEPT_US / SECOND)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.get(Answer, "d" * 32)) is not None
    referee.pass_time(1)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.get(Answer, "d" * 32)) is None


def test_a_hall_without_catalogue_ticks_too() -> None:
    referee = Referee()
    with Store.in_memory(HALL_ID, new_id=Ids()) as store:
        store.run(lambda tx: tick(tx, referee.moment))
        assert store.run(lambda tx: tx.head_seq()) == 0
