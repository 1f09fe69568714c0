"""Which calls count as the end of somebody's waiting, and which were out of order, also when they are taken back."""

from hall.statistics import Counts
from hall.wire import commands
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from tests.support.referee import small_catalog
from tests.support.tickets import MINUTE
from tests.support.visit import Visit


def figures(visit: Visit) -> Counts:
    with visit.referee.store.read() as reader:
        assert check(reader).differences == ()
        return day_figures(reader, visit.ticket.day)["alpha"]


def called_after(minutes: int) -> Visit:
    visit = Visit()
    visit.referee.pass_time(minutes * 60)
    visit.call()
    return visit


def test_whoever_comes_back_was_called_before_and_waits_no_second_time_in_the_figures() -> None:
    for way in (
        [commands.MarkMissed, commands.PutBack],
        [commands.PutBack],
        [commands.Hold, commands.PutBack],
    ):
        visit = called_after(4)
        for kind in way:
            assert (visit.miss() if kind is commands.MarkMissed else visit.on(kind)).done
        visit.referee.pass_time(60 * 60)
        again = visit.call()
        assert again.ticket is not None
        assert again.ticket.calls == 1  # the hall calls three times anew
        counts = figures(visit)
        assert (counts.first_calls, counts.mean_wait_us) == (1, 4 * MINUTE)


def test_sent_on_to_another_window_it_was_called_before() -> None:
    visit = called_after(4)
    visit.on(commands.Transfer, group="beta")
    visit.referee.pass_time(60 * 60)
    visit.do(commands.CallNext, visit.referee.clerk(2, "1002"))
    assert figures(visit).first_calls == 1


def test_a_first_call_taken_back_ended_no_waiting_and_a_later_one_changes_nothing() -> None:
    visit = called_after(4)
    visit.on(commands.Undo)
    assert (figures(visit).first_calls, figures(visit).wait_us) == (0, 0)
    visit.referee.pass_time(60)
    visit.call()
    visit.on(commands.PutBack)
    visit.referee.pass_time(60)
    visit.call()
    visit.on(commands.Undo)
    assert (figures(visit).first_calls, figures(visit).mean_wait_us) == (1, 5 * MINUTE)


def test_calls_out_of_order_are_counted_unless_they_are_taken_back() -> None:
    visit = Visit()
    assert visit.on(commands.CallTicket, reason="现场协调").done
    assert figures(visit).chosen == 1
    visit.on(commands.Undo)
    assert figures(visit).chosen == 0
    visit.call()
    assert figures(visit).chosen == 0


def test_a_hall_offers_reasons_that_say_nothing_of_a_person() -> None:
    reasons = small_catalog().hall.call_reasons
    assert reasons
    assert not any(word in reason for reason in reasons for word in "老残孕病军")
