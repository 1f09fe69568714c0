"""Somebody without a number, and one service after another: numbers, figures, and what can be taken back."""

from hall.statistics import Counts
from hall.ticket import Flag, ServiceOutcome, Ticket, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal, Reply
from queue_server.operations.views import board, desk
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.referee import Referee
from tests.support.visit import Visit


def begin(referee: Referee, clerk: Session, service: str = "alpha_one") -> Reply:
    return referee.do(clerk, commands.StartWithoutTicket(request_id=referee.ids(), service=service))


def begun(referee: Referee, clerk: Session, service: str = "alpha_one") -> Ticket:
    ticket = begin(referee, clerk, service).ticket
    assert ticket is not None
    return ticket


def figures(referee: Referee, ticket: Ticket, group: str = "alpha") -> Counts:
    with referee.store.read() as reader:
        assert check(reader).differences == ()
        return day_figures(reader, ticket.day)[group]


def test_whoever_has_no_number_is_served_at_once_under_one_of_the_server_s_own_lane() -> None:
    referee = Referee()
    clerk = referee.clerk(1)
    first = begun(referee, clerk)
    assert first.state is TicketState.SERVING
    assert first.flags == (Flag.WITHOUT_TICKET,)
    assert first.lane is not None
    referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=first.id))
    second = begun(referee, clerk)
    assert (first.n, second.n, second.lane) == (1, 2, first.lane)
    assert referee.kiosk().lane != first.lane
    counts = figures(referee, first)
    assert (counts.issued, counts.finished, counts.first_calls) == (2, 1, 0)  # nobody waited


def test_the_board_calls_nobody_who_was_not_called() -> None:
    referee = Referee()
    ticket = begun(referee, referee.clerk(1))
    with referee.store.read() as reader:
        assert board(reader, referee.moment).calls == ()
        assert desk(reader, referee.moment, 1).active is not None
    assert ticket.calls == 0


def test_only_at_an_idle_window_and_only_what_it_serves() -> None:
    visit = Visit()
    begin_here = commands.StartWithoutTicket
    assert visit.do(begin_here, service="beta_one").refusal is Refusal.CANNOT_SERVE
    assert visit.do(begin_here, service="nothing").refusal is Refusal.CANNOT_SERVE
    visit.call()
    assert visit.do(begin_here, service="alpha_one").refusal is Refusal.WINDOW_BUSY
    visit.on(commands.PutBack)
    visit.do(commands.Pause)
    assert visit.do(begin_here, service="alpha_one").refusal is Refusal.WINDOW_NOT_OPEN


def test_begun_by_a_slip_of_the_hand_it_never_was() -> None:
    referee = Referee()
    clerk = referee.clerk(1)
    ticket = begun(referee, clerk)
    undone = referee.do(clerk, commands.Undo(request_id=referee.ids(), ticket=ticket.id)).ticket
    assert undone is not None
    assert undone.state is TicketState.CANCELLED
    counts = figures(referee, ticket)
    assert (counts.issued, counts.cancelled, counts.first_calls) == (1, 1, 0)
    assert begun(referee, clerk).n == 2  # its number stays


def test_each_life_of_the_server_numbers_in_a_lane_of_its_own() -> None:
    from queue_server.store.records import Meta

    referee = Referee()
    clerk = referee.clerk(1)
    first = begun(referee, clerk)
    referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=first.id))
    referee.run(lambda tx: tx.put(Meta("server_epoch", referee.ids())))
    assert begun(referee, clerk).lane != first.lane


def test_one_number_goes_on_with_another_service_and_each_counts() -> None:
    visit = Visit()
    third = visit.referee.clerk(3, "1003")
    visit.do(commands.CallNext, third)
    visit.on(commands.StartService, third)
    before = visit.ticket
    visit.referee.pass_time(300)
    after = visit.on(commands.NextService, third, service="beta_one", outcome=ServiceOutcome.ACCEPTED).ticket
    assert after is not None
    assert (after.number, after.state, after.service, after.group) == (before.number, before.state, "beta_one", "beta")
    assert after.started_at == visit.referee.moment.wall_us
    assert figures(visit.referee, after).finished == 1
    visit.on(commands.FinishService, third, outcome=ServiceOutcome.DONE)
    assert figures(visit.referee, after, "beta").finished == 1
    with visit.referee.store.read() as reader:
        outcomes = [getattr(entry.fact.body, "outcome", None) for entry in reader.entries_of(visit.id)]
    assert [outcome for outcome in outcomes if outcome] == ["accepted", "done"]


def test_going_on_is_taken_back_with_its_figures() -> None:
    visit = Visit()
    visit.bring_to(TicketState.SERVING)
    before = visit.ticket
    visit.referee.pass_time(2)
    visit.on(commands.NextService, service="alpha_one")
    undone = visit.on(commands.Undo).ticket
    assert undone is not None
    assert undone.model_copy(update={"changed_at": before.changed_at}) == before
    assert figures(visit.referee, before).finished == 0


def test_no_window_goes_on_with_what_it_does_not_serve() -> None:
    visit = Visit()
    assert visit.on(commands.NextService, service="alpha_one").refusal is Refusal.WRONG_STATE
    visit.bring_to(TicketState.SERVING)
    assert visit.on(commands.NextService, service="beta_one").refusal is Refusal.CANNOT_SERVE
