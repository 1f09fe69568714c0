"""自动叫号: the server alone calls, once, when the window has been free for long enough; the desk says when."""

from hall.facts import TicketCalled
from hall.ticket import Ticket, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal
from hall.wire.views import Desk
from queue_server.operations.auto_call import call_by_itself, is_wanted
from queue_server.operations.views import desk
from queue_server.store import check
from tests.support.referee import Referee, small_catalog
from tests.support.visit import Visit

SECONDS = 15


def visit(seconds: int = SECONDS) -> Visit:
    return Visit(Referee(catalog=small_catalog(auto_call_seconds=seconds)))


def by_itself(there: Visit) -> Ticket | None:
    """Whoever stands at window 1 once the server had its chance to call."""
    referee = there.referee
    referee.run(lambda tx: call_by_itself(tx, referee.moment))
    with referee.store.read() as reader:
        assert check(reader).differences == ()
        return reader.active_at(1)


def seen(there: Visit) -> Desk:
    with there.referee.store.read() as reader:
        return desk(reader, there.referee.moment, 1)


def test_it_calls_once_the_window_was_free_for_so_long_and_the_desk_says_when() -> None:
    there = visit()
    assert there.do(commands.AutoCallOn).done
    at = seen(there).auto_call_at
    assert at == there.referee.moment.wall_us + SECONDS * 1_000_000
    there.referee.pass_time(SECONDS - 1)
    assert by_itself(there) is None
    there.referee.pass_time(1)
    called = by_itself(there)
    assert called is not None
    assert (called.id, called.state) == (there.id, TicketState.CALLED)
    with there.referee.store.read() as reader:
        (call,) = [e.fact.body for e in reader.entries() if isinstance(e.fact.body, TicketCalled)]
    assert call.reason is not None
    assert call.reason.by_itself
    assert call.clerk == there.clerk.subject
    assert seen(there).auto_call_at == 0
    assert by_itself(there) == called  # nothing more


def test_every_act_begins_the_time_anew() -> None:
    there = visit()
    there.do(commands.AutoCallOn)
    there.kiosk.issue()
    there.kiosk.push()
    there.call()
    there.start()
    there.referee.pass_time(600)
    there.on(commands.FinishService)
    there.referee.pass_time(SECONDS - 1)
    assert by_itself(there) is None
    there.referee.pass_time(1)
    assert by_itself(there) is not None


def test_whoever_comes_to_a_window_long_free_is_called_at_once() -> None:
    there = visit()
    there.on(commands.Hold)
    there.do(commands.AutoCallOn)
    there.referee.pass_time(600)
    assert seen(there).auto_call_at == 0
    assert by_itself(there) is None
    there.kiosk.issue()
    there.kiosk.push()
    assert by_itself(there) is not None


def test_a_pause_and_a_sign_out_switch_it_off() -> None:
    for kind in (commands.Pause, commands.SignOut):
        there = visit()
        there.do(commands.AutoCallOn)
        there.do(kind)
        there.referee.pass_time(600)
        assert by_itself(there) is None
    there = visit()
    there.do(commands.AutoCallOn)
    there.do(commands.Pause)
    there.do(commands.Resume)
    there.referee.pass_time(600)
    assert by_itself(there) is None
    with there.referee.store.read() as reader:
        assert not is_wanted(reader)


def test_only_where_the_hall_or_the_window_allows_it() -> None:
    there = visit(0)
    assert there.do(commands.AutoCallOn).refusal is Refusal.NOT_ALLOWED
    there = visit()
    there.do(commands.AutoCallOn)
    there.referee.publish(small_catalog())  # it is allowed no longer
    there.referee.pass_time(600)
    assert by_itself(there) is None
    assert there.do(commands.AutoCallOff).done


def test_pressed_twice_it_is_what_it_is() -> None:
    there = visit()
    assert there.do(commands.AutoCallOff).refusal is Refusal.WRONG_STATE
    there.do(commands.AutoCallOn)
    assert there.do(commands.AutoCallOn).refusal is Refusal.WRONG_STATE
    there.do(commands.AutoCallOff)
    there.referee.pass_time(600)
    assert by_itself(there) is None
