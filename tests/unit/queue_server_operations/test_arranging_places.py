"""Windows, groups and zones changed while people wait: nobody is stranded, nothing is left without what it needs."""

import pytest

from hall.arrangements import (
    Arrangement,
    GroupPart,
    Notices,
    ServicePart,
    SlipText,
    Waiting,
    WindowPart,
    ZonePart,
    group_part,
    parts_of,
)
from hall.opening import local_time
from hall.ticket import TicketState
from hall.window import Window, WindowState
from hall.wire import commands
from hall.wire.replies import Refusal
from hall.zones import Zone
from queue_server.store import check
from tests.support.referee import Referee
from tests.unit.queue_server_operations.test_arranging import catalog_of, change

ONLY_BETA = Window(number=1, name="1号窗口", groups=("beta",))


def suspended(referee: Referee, group: str) -> GroupPart:
    return group_part(catalog_of(referee), group).model_copy(update={"suspended": True})


def test_a_group_closed_with_people_waiting_gives_no_numbers_and_those_waiting_are_still_called() -> None:
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    ticket = kiosk.issue("alpha")
    kiosk.push()
    assert change(referee, suspended(referee, "alpha")).refusal is Refusal.PEOPLE_WAIT
    assert change(referee, suspended(referee, "alpha"), waiting=Waiting.SERVE).done
    assert catalog_of(referee).group("alpha").suspended
    assert not catalog_of(referee).gives_numbers("alpha", local_time(referee.moment.wall_us, 480))
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    assert called.id == ticket.ticket


def test_a_group_without_a_window_is_refused_until_it_is_suspended() -> None:
    referee = Referee()
    assert change(referee, WindowPart(number=3, window=None)).done
    alone = WindowPart(number=2, window=Window(number=2, name="2号窗口", groups=("alpha",)))
    assert "乙类" in "".join(alone.troubles(catalog_of(referee)))
    assert change(referee, alone).refusal is Refusal.BAD_ARRANGEMENT
    assert change(referee, suspended(referee, "beta")).done
    assert change(referee, alone).done
    lifted = suspended(referee, "beta").model_copy(update={"suspended": False})
    assert change(referee, lifted).refusal is Refusal.BAD_ARRANGEMENT


def test_a_name_that_no_tile_holds_is_refused_whoever_sends_it() -> None:
    referee = Referee()
    long = WindowPart(number=1, window=ONLY_BETA.model_copy(update={"name": "长" * 21}))
    assert change(referee, long).refusal is Refusal.BAD_ARRANGEMENT
    assert "20 个字" in "".join(long.troubles(catalog_of(referee)))
    with pytest.raises(ValueError, match="daily_limit"):
        GroupPart(group="alpha", name="甲类", name_en="A", daily_limit=10**9)


def test_a_window_is_taken_away_once_nobody_is_at_it_and_its_clerk_is_signed_out() -> None:
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(3)
    kiosk.issue("alpha")
    kiosk.push()
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    gone = WindowPart(number=3, window=None)
    assert change(referee, gone).refusal is Refusal.WINDOW_BUSY
    assert referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=called.id)).done
    assert referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=called.id)).done
    assert change(referee, gone).done
    assert referee.run(lambda tx: tx.window(3)).state is WindowState.CLOSED
    refused = referee.do(clerk, commands.CallNext(request_id=referee.ids()))
    assert refused.refusal is Refusal.WINDOW_NOT_OPEN
    assert change(referee, WindowPart(number=3, window=Window(number=3, name="3号窗口", groups=("alpha",)))).done
    assert [window.number for window in catalog_of(referee).windows] == [1, 2, 3]
    assert referee.run(check).differences == ()


def test_who_waits_for_one_window_alone_waits_for_any_when_it_serves_them_no_more() -> None:
    referee = Referee()
    kiosk, third, first = referee.kiosk(), referee.clerk(3, "1003"), referee.clerk(1)
    kiosk.issue("alpha")
    kiosk.push()
    called = referee.do(third, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    sent = commands.Transfer(request_id=referee.ids(), ticket=called.id, group="alpha", to=1)
    assert referee.do(third, sent).done
    assert change(referee, WindowPart(number=1, window=ONLY_BETA)).done
    waiting = referee.run(lambda tx: tx.ticket(called.id))
    assert waiting is not None
    assert (waiting.state, waiting.pinned) == (TicketState.WAITING, None)
    assert referee.do(first, commands.CallNext(request_id=referee.ids())).refusal is Refusal.NOBODY_WAITING
    assert referee.do(third, commands.CallNext(request_id=referee.ids())).done


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (ServicePart(service="alpha_one", group="beta"), "甲类就没有事项了"),
        (ZonePart(id="up", zone=Zone(id="up", name="二楼", windows=(9,))), "没有的窗口"),
        (Notices(notice="请联系13800138000。"), "不要写手机号"),
        (Notices(notice=f"短的一句。{'长' * 81}。"), "这一句太长"),
        (ZonePart(id="up", zone=Zone(id="up", name="　", windows=(3,))), "名称里要有字"),
        (WindowPart(number=1, window=Window(number=1, name="一\u202e", groups=("alpha",))), "看不见的符号"),
        (SlipText(note="证件号 110101 19900307 7515"), "不要写手机号"),
        (WindowPart(number=1, window=Window(number=1, name="一", groups=("alpha",), helps={"alpha": 5})), "请留一样"),
    ],
)
def test_what_leaves_something_without_what_it_needs_is_told_in_words(wrong: Arrangement, words: str) -> None:
    referee = Referee()
    assert words in "".join(wrong.troubles(catalog_of(referee)))
    assert change(referee, wrong).refusal is Refusal.BAD_ARRANGEMENT


def test_a_window_that_a_zone_shows_is_not_taken_away() -> None:
    referee = Referee()
    assert change(referee, ZonePart(id="up", zone=Zone(id="up", name="二楼", windows=(3,)))).done
    assert "二楼" in "".join(WindowPart(number=3).troubles(catalog_of(referee)))


def test_every_part_put_back_as_it_stands_changes_nothing() -> None:
    catalog = catalog_of(Referee())
    for part in parts_of(catalog):
        assert part.within(catalog).version == catalog.version
        assert not list(part.troubles(catalog))
        assert part.as_in(catalog) == part
