"""Promise 8 of the rule: where nobody can serve a group any more, the manager hears it at once, and nobody is stuck."""

from hall.ticket import TicketClass
from hall.wire import commands
from queue_server.operations.tick import tick
from queue_server.operations.views import hall_now
from queue_server.web.manage.picture import picture
from queue_server.web.manage.tiles import Thresholds
from tests.support.referee import Referee


def alerts(referee: Referee) -> list[str]:
    with referee.store.read() as reader:
        shown = picture(hall_now(reader, referee.moment), Thresholds(25, 40))
    return [f"{alert.title} {alert.advice}" for alert in shown.alerts]


def test_8_the_last_window_of_a_group_closes_and_the_alarm_is_there_at_once() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    main, helper = referee.clerk(1), referee.clerk(2, "1002")
    kiosk.issue(ticket_class=TicketClass.PRIORITY)
    kiosk.push()
    assert alerts(referee) == []
    assert referee.do(main, commands.SignOut(request_id=referee.ids())).done
    assert alerts(referee) == []  # window 2 helps with this group
    assert referee.do(helper, commands.Pause(request_id=referee.ids(), reason="复印")).done
    (told,) = alerts(referee)
    assert "甲类：没有窗口能办" in told
    assert "请开一个窗口" in told
    assert referee.do(helper, commands.Resume(request_id=referee.ids())).done
    assert alerts(referee) == []
    assert referee.do(helper, commands.CallNext(request_id=referee.ids())).done


def test_8_who_was_sent_to_one_window_may_be_called_by_any_when_it_closes() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    first, second = referee.clerk(1), referee.clerk(3, "1003")
    kiosk.issue()
    kiosk.push()
    called = referee.do(first, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    sent = commands.Transfer(request_id=referee.ids(), ticket=called.id, group="alpha", to=3)
    assert referee.do(first, sent).done
    assert referee.do(second, commands.SignOut(request_id=referee.ids())).done
    referee.run(lambda transaction: tick(transaction, referee.moment))
    back = referee.do(first, commands.CallNext(request_id=referee.ids()))
    assert back.ticket is not None
    assert back.ticket.id == called.id
