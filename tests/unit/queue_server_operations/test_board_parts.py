"""Zones and window doors: each screen shows its own part of the hall, what its layout says, and what it missed."""

from typing import Any

import pytest

from hall.catalog import Catalog
from hall.clock import MINUTE_US
from hall.window import Window, WindowState
from hall.wire import commands
from hall.wire.door import Door
from hall.wire.views import Board
from hall.zones import Layout, Zone
from queue_server.operations.catalog import publish_catalog
from queue_server.operations.errors import NoSuchWindowError, NoSuchZoneError
from queue_server.operations.views import board, door
from queue_server.operations.views.board import CALLS_SHOWN
from tests.support.referee import Referee, small_catalog

ZONES = (
    Zone(id="one", name="一号区", windows=(1,), volume=40),
    Zone(id="beta", name="乙区", groups=("beta",), quiet=("21:00-22:00",)),
)


def zoned(**hall: Any) -> Catalog:
    return with_hall(small_catalog(), zones=ZONES, **hall)


def with_hall(catalog: Catalog, **hall: Any) -> Catalog:
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update=hall)})


def in_force(referee: Referee, **hall: Any) -> None:
    """The same catalogue with something else said of the hall."""
    catalog = with_hall(referee.run(lambda tx: tx.catalog()), **hall)
    referee.run(lambda tx: publish_catalog(tx, referee.moment, catalog))


def see(referee: Referee, zone: str = "") -> Board:
    with referee.store.read() as reader:
        return board(reader, referee.moment, lambda number, window, _voice: (f"{number}-{window}", ()), zone=zone)


def see_door(referee: Referee, window: int) -> Door:
    with referee.store.read() as reader:
        return door(reader, referee.moment, window)


def called_to_three() -> tuple[Referee, str]:
    """A001 is called to window 1, B001 to window 3; A002 and B002 wait."""
    referee = Referee(catalog=zoned())
    kiosk = referee.kiosk()
    for group in ("alpha", "beta", "alpha", "beta"):
        kiosk.issue(group)
    kiosk.push()
    referee.do(referee.clerk(1), commands.CallNext(request_id=referee.ids()))
    second = referee.do(referee.clerk(3, "1003"), commands.CallNext(request_id=referee.ids())).ticket
    assert second is not None
    return referee, second.id


def test_a_zone_shows_the_calls_and_the_waiting_of_its_windows_and_groups() -> None:
    referee, _ = called_to_three()
    whole, one, beta = see(referee), see(referee, "one"), see(referee, "beta")
    assert {(call.number, call.window) for call in whole.calls} == {("A001", 1), ("B001", 3)}
    assert [call.number for call in one.calls] == ["A001"]
    assert [call.number for call in beta.calls] == ["B001"]
    assert [line.number for line in one.ready] == ["A002"]
    assert [group.prefix for group in beta.groups] == ["B"]
    assert (whole.zone, one.zone, beta.zone) == ("", "一号区", "乙区")
    with pytest.raises(NoSuchZoneError, match="attic"):
        see(referee, "attic")


def test_each_zone_has_its_own_volume_and_quiet_hours() -> None:
    referee, _ = called_to_three()  # it is 21:30
    assert [see(referee, zone).volume for zone in ("", "one", "beta")] == [100, 40, 0]
    referee.pass_time(30 * 60)
    assert see(referee, "beta").volume == 100


def test_a_call_that_is_over_stays_for_screens_that_were_away_but_not_one_taken_back() -> None:
    referee, ticket = called_to_three()
    clerk = referee.clerk(3, "1003")
    assert see(referee).past == ()
    (seq,) = [call.seq for call in see(referee).calls if call.number == "B001"]
    referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=ticket))
    referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=ticket))
    (past,) = see(referee).past
    assert (past.number, past.window, past.state, past.seq, past.voice) == ("B001", 3, "finished", seq, "")
    assert see(referee, "one").past == ()
    again = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert again is not None
    referee.do(clerk, commands.Undo(request_id=referee.ids(), ticket=again.id))
    assert [call.number for call in see(referee).past] == ["B001"]


def test_every_call_of_one_instant_is_shown_and_said_however_many_windows_there_are() -> None:
    windows = tuple(Window(number=number, name="窗口", groups=("alpha",)) for number in range(1, CALLS_SHOWN + 7))
    referee = Referee(catalog=small_catalog().model_copy(update={"windows": windows}))
    kiosk = referee.kiosk()
    for _ in range(len(windows) + 1):
        kiosk.issue("alpha")
    kiosk.push()
    clerks = [referee.clerk(window.number, f"{1000 + window.number}") for window in windows]
    tickets = [referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket for clerk in clerks]
    shown = see(referee).calls
    assert [call.window for call in shown] == [window.number for window in reversed(windows)]
    assert all(call.voice for call in shown)
    for clerk, ticket in zip(clerks, tickets, strict=True):
        assert ticket is not None
        referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=ticket.id))
    shown = see(referee).calls
    assert len(shown) == CALLS_SHOWN
    assert not any(call.voice for call in shown)  # nobody is expected: nothing to be said
    assert tickets[0] is not None
    referee.do(clerks[0], commands.FinishService(request_id=referee.ids(), ticket=tickets[0].id))
    back = {"wall_us": referee.moment.wall_us - 10 * MINUTE_US}  # the server's clock is put right
    referee.moment = referee.moment.model_copy(update=back)
    referee.do(clerks[0], commands.CallNext(request_id=referee.ids()))
    assert (see(referee).calls[0].window, see(referee).calls[0].state) == (1, "called")


def test_a_door_says_whose_turn_it_is_who_comes_next_and_what_is_done_there() -> None:
    referee, _ = called_to_three()
    here = see_door(referee, 3)
    assert here.call is not None
    assert (here.state, here.call.number, here.clerk) == ("calling", "B001", "1003")
    assert [line.number for line in here.ready] == ["A002", "B002"]
    assert (here.name, here.does, here.hours) == ("甲类、乙类", ("甲类", "乙类"), ("00:00-24:00",))
    shut = see_door(referee, 2)
    assert (shut.state, shut.call, shut.ready) == (WindowState.CLOSED.value, None, ())
    with pytest.raises(NoSuchWindowError, match="9 号窗口"):
        see_door(referee, 9)


def test_a_door_says_until_when_its_clerk_is_away_and_promises_nobody_a_turn() -> None:
    referee = Referee(catalog=zoned())
    kiosk = referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    clerk = referee.clerk(1)
    back = referee.moment.wall_us + 15 * MINUTE_US
    referee.do(clerk, commands.Pause(request_id=referee.ids(), reason="用餐", minutes=15))
    shown = see_door(referee, 1)
    assert (shown.state, shown.back_at, shown.ready) == ("paused", back, ())
    assert "用餐" not in shown.model_dump_json()


def test_what_a_layout_does_not_show_is_not_sent_and_every_call_is() -> None:
    referee, _ = called_to_three()
    in_force(referee, notice="请排队。", returns_allowed=2)
    usual = see(referee)
    assert (usual.layout, len(usual.ready), usual.notices, len(usual.groups)) == (Layout(), 2, ("请排队。",), 2)
    least = Layout(last_calls=1, ready=0, missed=False, waiting=False, notices=False, clerk=False)
    in_force(referee, layout=least)
    shown = see(referee)
    assert (shown.layout, shown.ready, shown.missed, shown.groups, shown.notices) == (least, (), (), (), ())
    assert shown.calls == usual.calls
    assert see(referee, "one").layout == least
    assert (see_door(referee, 3).clerk, len(see_door(referee, 3).ready)) == ("", 2)


def test_a_zone_s_own_layout_goes_before_the_hall_s_also_over_its_windows() -> None:
    own = ZONES[0].model_copy(update={"layout": Layout(ready=2)})
    referee = Referee(catalog=zoned(layout=Layout(ready=0, clerk=False)))
    in_force(referee, zones=(own, ZONES[1]))
    kiosk = referee.kiosk()
    for group in ("alpha", "beta", "alpha", "alpha"):
        kiosk.issue(group)
    kiosk.push()
    referee.clerk(1)
    referee.clerk(3, "1003")
    assert [[line.number for line in see(referee, zone).ready] for zone in ("", "one")] == [[], ["A001", "A002"]]
    assert (see_door(referee, 1).clerk, see_door(referee, 3).clerk) == ("1001", "")


def test_each_group_has_so_many_numbers_of_its_own_the_first_to_be_called_first() -> None:
    referee = Referee(catalog=zoned(layout=Layout(ready=3)))
    kiosk = referee.kiosk()
    for group in ("beta", "alpha", "alpha", "alpha", "alpha"):
        kiosk.issue(group)
    kiosk.push()
    assert [line.number for line in see(referee).ready] == ["B001", "A001", "A002", "A003"]


def test_of_a_suspended_group_the_board_says_so_and_that_whoever_waits_is_called_still() -> None:
    referee = Referee(catalog=zoned(notice="请排队。", layout=Layout(notices=False)))
    kiosk = referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    catalog = referee.run(lambda tx: tx.catalog())
    groups = tuple(group.model_copy(update={"suspended": True}) for group in catalog.groups)
    halted = catalog.model_copy(update={"groups": groups})
    referee.run(lambda tx: publish_catalog(tx, referee.moment, halted))
    shown = see(referee)
    assert ([line.number for line in shown.ready], shown.suspended) == (["A001"], ("乙类",))
    assert shown.notices == ("甲类停办，不再取号；已经取的号照常叫。",)
    assert see_door(referee, 3).does == ()
    in_force(referee, layout=Layout(ready=0))
    assert see(referee).suspended == ()
