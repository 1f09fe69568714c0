"""A window of call pad, strip and rating pad alone: real server, real box, twins on serial lines, all as processes."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from devices.call_pad import PadKey
from hall.facts import RatingGiven, ServiceFinished, TicketCalled, TicketTransferred
from hall.rating import Level
from tests.support.box_hall import IDLE, WINDOW, BoxHall, box_hall
from tests.support.served_hall import PIN, ROOT
from tests.support.watched import until


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoxHall]:
    with box_hall(tmp_path_factory.mktemp("box")) as hall:
        yield hall


def test_a_visit_by_keys_from_the_call_to_the_rating(running: BoxHall) -> None:
    running.sign_in()
    running.until_strip(IDLE)
    number = running.issue()
    running.until_pad("等候1人")
    running.do(PadKey.CALL_NEXT, strip=f"请{number}号", pad=f"{number}叫1")
    running.do(PadKey.START, strip=f"{number}号服务中", pad=f"{number}办理")
    running.do(PadKey.FINISH, strip=IDLE, pad="没人在等")
    rating_pad = running.twins["rating_pad"].control
    until(lambda: rating_pad.act("state")["invited"] >= 1)
    rating_pad.act("press", level=5)
    until(lambda: bool(running.facts(RatingGiven)))
    rating_pad.act("press", level=1)  # there is nothing left to rate
    rated = running.facts(RatingGiven)
    assert [(body.ticket, body.level) for body in rated] == [
        (running.facts(ServiceFinished)[-1].ticket, Level.VERY_GOOD)
    ]


def test_a_transfer_by_the_place_of_a_group(running: BoxHall) -> None:
    running.sign_in()
    number = running.issue()
    running.do(PadKey.CALL_NEXT, strip=f"请{number}号", pad=f"{number}叫1")
    running.do(PadKey.TRANSFER, pad="1乙类")
    running.digits("1")
    running.press(PadKey.ENTER)
    running.until_strip(IDLE)
    assert [body.group for body in running.facts(TicketTransferred)] == ["beta"]


def test_a_call_pressed_twice_calls_one_citizen(running: BoxHall) -> None:
    running.sign_in()
    before = len(running.facts(TicketCalled))
    first, second = running.issue(), running.issue()
    running.until_pad("等候2人")
    running.do(PadKey.CALL_NEXT, strip=f"请{first}号")
    running.press(PadKey.CALL_NEXT)
    running.press(PadKey.CALL_NEXT)
    running.serve(first)
    assert len(running.facts(TicketCalled)) == before + 1
    running.do(PadKey.CALL_NEXT, strip=f"请{second}号")
    running.serve(second)


def test_with_nobody_signed_in_the_strip_says_so(running: BoxHall) -> None:
    running.sign_in()
    running.do(PadKey.SIGN_OUT, strip="暂停服务", pad="输入工号")
    running.press(PadKey.CALL_NEXT)
    running.until_pad("请先登录")
    running.press(PadKey.SIGN_OUT)
    running.until_pad("输入工号")


def test_a_killed_server_is_told_on_the_pad_and_the_box_goes_on_when_it_is_back(running: BoxHall) -> None:
    running.sign_in()
    number = running.issue()
    running.do(PadKey.CALL_NEXT, strip=f"请{number}号")
    running.server.kill()
    running.until_pad("断线重连")
    running.press(PadKey.START)
    assert running.strip() == f"请{number}号"  # the last true word
    running.server = running.start_server()
    running.until_pad(f"{number}叫1")
    running.serve(number)


def test_a_pulled_strip_is_told_to_the_manager_and_comes_back_by_itself(running: BoxHall) -> None:
    running.sign_in()
    strip = running.twins["led_display"].control
    running.until_part("led_display", "online")
    strip.act("unplug")
    gone = running.until_part("led_display", "missing")
    assert (gone["device"], gone["problem"]) == (f"window-{WINDOW}", "没有接上")
    assert "数据线" in gone["advice"]
    number = running.issue()
    running.do(PadKey.CALL_NEXT, pad=f"{number}叫1")  # the window works without it
    strip.act("plug")
    running.until_part("led_display", "online")
    running.until_strip(f"请{number}号")
    assert running.part("call_pad")["state"] == running.part("rating_pad")["state"] == "online"
    running.serve(number)


def test_a_box_that_lost_its_power_finds_its_citizen_again(running: BoxHall) -> None:
    running.sign_in()
    number = running.issue()
    running.do(PadKey.CALL_NEXT, strip=f"请{number}号")
    running.box.kill()
    running.box = running.start_box()
    running.until_strip("暂停服务")  # nobody is signed in here
    running.until_pad("输入工号")
    running.sign_in(then=f"{number}叫1")
    running.until_strip(f"请{number}号")
    running.serve(number)


def test_a_pulled_call_pad_shows_the_present_when_it_is_back(running: BoxHall) -> None:
    running.sign_in()
    pad = running.twins["call_pad"].control
    running.until_part("call_pad", "online")
    pad.act("unplug")
    running.until_part("call_pad", "missing")
    number = running.issue()
    pad.act("plug")
    running.until_part("call_pad", "online")
    running.until_pad("等候1人")
    running.do(PadKey.CALL_NEXT, strip=f"请{number}号")
    running.serve(number)


def test_the_box_ends_when_told_and_its_log_holds_no_pin(running: BoxHall) -> None:
    running.sign_in()
    assert running.box.stop() == 0
    log = running.box.log.read_text()
    assert "Traceback" not in log
    assert PIN not in log


def test_the_settings_are_checked(running: BoxHall) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "window_client", "--config", str(running.config), "--box", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert f"{WINDOW} 号窗口" in ended.stdout
