"""A window with screens and devices: the same citizen on the screen, on the pad and on the strip, whoever presses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.call_pad import PadKey
from devices.simulation.process import TwinProcess
from tests.support.served_hall import PIN, ServedHall, clerk_of, served
from tests.support.watched import until
from tests.support.window_desk import sample_catalog
from tests.support.window_program import WINDOW, Played

KINDS = ("call_pad", "rating_pad", "led_display")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("hall"), sample_catalog()) as running:
        yield running


class Desk:
    """The program and its twins."""

    def __init__(self, played: Played, twins: dict[str, TwinProcess]) -> None:
        self.screen = played
        self.twins = twins

    def press(self, key: PadKey) -> None:
        self.twins["call_pad"].control.act("press", key=key.value)

    def digits(self, digits: str) -> None:
        self.twins["call_pad"].control.act("type", digits=digits)

    def until_pad(self, text: str) -> None:
        until(lambda: self.twins["call_pad"].control.act("state")["text"] == text)

    def until_strip(self, text: str) -> None:
        until(lambda: self.twins["led_display"].control.act("state")["text"] == text)


@pytest.fixture
def desk(hall: ServedHall, tmp_path: Path) -> Iterator[Desk]:
    twins = {kind: TwinProcess(kind, ["--link", str(tmp_path / kind)]) for kind in KINDS}
    tables = "".join(f'[devices.{kind}]\nport = "{twins[kind].address}"\n' for kind in KINDS)
    played = Played(hall, tmp_path, tables + 'driver = "onbon"\n')
    try:
        yield Desk(played, twins)
    finally:
        played.close()
        for twin in twins.values():
            twin.stop()
        log = (tmp_path / "window.log").read_text()
        assert ".qml" not in log, log
        assert PIN not in log


def test_pad_screen_and_strip_tell_the_same(hall: ServedHall, desk: Desk) -> None:
    kiosk = hall.kiosk()
    number = f"A{kiosk.issue('social_insurance', 'social_card_first', 'A').n:03}"
    kiosk.push()
    desk.until_strip("暂停服务")
    desk.until_pad("输入工号")
    desk.digits(clerk_of(WINDOW))
    desk.press(PadKey.ENTER)
    desk.until_pad("输入口令")
    desk.digits("13579")
    desk.press(PadKey.ENTER)
    desk.until_pad("登录失败")
    desk.digits(PIN)
    desk.press(PadKey.ENTER)
    desk.screen.must(wait="idle")
    desk.until_pad("等候1人")
    desk.press(PadKey.CALL_NEXT)  # by the pad, seen on the screen
    desk.screen.must(wait="calling")
    assert desk.screen.see("number") == number
    desk.until_strip(f"请{number}号")
    desk.screen.must(tap="start")  # by the screen, seen on the pad
    desk.until_pad(f"{number}办理")
    desk.until_strip(f"{number}号服务中")
    desk.screen.must(wait="serving")
    desk.press(PadKey.CALL_NEXT)
    desk.until_pad("不能叫号")
    desk.screen.must(key="F9")
    desk.screen.must(wait="rate")
    rating_pad = desk.twins["rating_pad"].control
    until(lambda: rating_pad.act("state")["invited"] == 1)
    rating_pad.act("press", level=5)
    desk.screen.must(wait="thanks")
    assert hall.manager().get("/api/hall").json()["ratings"] == {"5": 1}
    desk.screen.must(wait="idle")
    desk.press(PadKey.PAUSE)
    desk.screen.must(wait="paused")
    desk.until_strip("暂停服务")
    parts = {each["part"]: each["state"] for each in hall.manager().get("/api/hall").json()["devices"]}
    assert parts == dict.fromkeys(KINDS, "online")
    assert desk.screen.end() == 0
