"""Every display over a window, over its twin on a real pseudo-terminal."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from devices.commands import line
from devices.config import LedDisplayConfig, NumberBoardConfig, OnbonConfig, SunpnConfig
from devices.errors import ActRefused
from devices.health import HealthState
from devices.led_display import Message, Tone, onbon
from devices.led_display.build import DRIVERS
from devices.led_display.panels import OnbonPanel, Panel, SunpnPanel
from devices.led_display.simulator import MAKES, REPLY_WINDOW_S, LedDisplaySimulator
from devices.led_display.strip import ATTEMPTS, Strip
from devices.registry import build_led_display
from devices.simulation import TwinProcess
from devices.simulation.faults import orders_of
from devices.simulation.line_faults import KINDS
from devices.transports import MemoryTransport, SerialTransport
from tests.support.watched import until, watched

CONFIGS: dict[str, Callable[..., LedDisplayConfig]] = {
    "onbon": OnbonConfig,
    "sunpn": SunpnConfig,
    "number_board": NumberBoardConfig,
}
CALLED = {"onbon": "请A023号", "sunpn": "23", "number_board": "23"}
A023 = Message(Tone.CALLING, "A023")


class Rig:
    """A twin and the display of the settings that fits it."""

    def __init__(self, make: str, link: Path) -> None:
        self.make = make
        self.twin = LedDisplaySimulator(make, link=link)
        self.config = CONFIGS[make](port=self.twin.address)

    def act(self, name: str, **arguments: object) -> None:
        self.twin.act(name, arguments)

    def shows(self, text: str) -> None:
        until(lambda: self.state("text") == text)

    def state(self, name: str) -> Any:
        return self.twin.act("state", {})[name]


@pytest.fixture(params=sorted(DRIVERS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    rig = Rig(request.param, tmp_path / "led")
    rig.twin.start()
    yield rig
    rig.twin.stop()


@pytest.fixture
def strip(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig("onbon", tmp_path / "led")
    rig.twin.start()
    yield rig
    rig.twin.stop()


def patient(rig: Rig) -> Strip:
    """A driver that a slow test machine cannot make impatient."""
    return Strip(SerialTransport(rig.twin.address, 9600), OnbonPanel(onbon.Area(), 12), answer_s=20)


def test_the_newest_message_is_shown_also_after_the_display_was_away(rig: Rig) -> None:
    with watched(lambda _: build_led_display(rig.config)) as (display, out):
        for number in ("A021", "A022", "A023"):
            display.show(Message(Tone.CALLING, number))
        rig.shows(CALLED[rig.make])
        rig.act("unplug")
        assert "数据线" in out.until(HealthState.MISSING).words
        display.show(Message(Tone.SERVING, "A024"))
        rig.act("plug")
        until(lambda: "24" in rig.state("text"))


def test_nothing_of_a_number_stays_when_the_window_pauses(rig: Rig) -> None:
    with watched(lambda _: build_led_display(rig.config)) as (display, _):
        display.show(A023)
        rig.shows(CALLED[rig.make])
        display.show(Message(Tone.PAUSED))
        rig.shows("暂停服务" if rig.make == "onbon" else "0")


def test_a_number_of_a_lane_never_reads_as_another_number(rig: Rig) -> None:
    with watched(lambda _: build_led_display(rig.config)) as (display, _):
        display.show(A023)
        rig.shows(CALLED[rig.make])
        display.show(Message(Tone.CALLING, "A12-104"))
        rig.shows("请A12-104号" if rig.make == "onbon" else "0")


def test_health_says_what_the_display_can_tell(rig: Rig) -> None:
    with watched(lambda _: build_led_display(rig.config)) as (display, _):
        health = display.health()
    assert health.state is HealthState.ONLINE
    assert ("不能回答" in line(health)) == (rig.make != "onbon")


def test_a_strip_that_lost_its_power_alone_shows_its_text_again(rig: Rig) -> None:
    panel = DRIVERS[rig.make](rig.config)
    with watched(lambda _: Strip(SerialTransport(rig.twin.address, 9600), panel, refresh_s=0.1)) as (display, _):
        display.show(A023)
        rig.shows(CALLED[rig.make])
        rig.act("restart")
        rig.shows(CALLED[rig.make])


@pytest.mark.parametrize("name", ["silence", "wrong_baud"])
def test_a_silent_strip_is_missing_and_shows_the_newest_when_it_answers_again(strip: Rig, name: str) -> None:
    ((act, arguments),) = orders_of(LedDisplaySimulator.faults, [name])
    with watched(lambda _: build_led_display(strip.config)) as (display, out):
        strip.act(act, **arguments)
        display.show(A023)
        assert "电源" in out.until(HealthState.MISSING, "led_display.silent").words
        display.show(Message(Tone.CALLING, "A024"))
        strip.act("mend")
        strip.act("baud")
        out.until(HealthState.ONLINE)
        strip.shows("请A024号")


def test_a_card_whose_answers_are_not_understood_can_be_driven_without_them(strip: Rig) -> None:
    strip.act("fault", kind="silence", count=None)
    config = strip.config.model_copy(update={"answers": False})
    with watched(lambda _: build_led_display(config)) as (display, out):
        display.show(A023)
        strip.shows("请A023号")
        assert "不能回答" in line(display.health())
        assert out.healths.empty()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_one_damaged_answer_harms_nothing(strip: Rig, kind: str) -> None:
    strip.act("fault", kind=kind)
    with watched(lambda _: build_led_display(strip.config)) as (display, out):
        display.show(A023)
        display.show(Message(Tone.CALLING, "A024"))
        strip.shows("请A024号")
        display.show(Message(Tone.CALLING, "A025"))
        strip.shows("请A025号")
        assert out.healths.empty()


def test_a_refused_text_is_said_again_and_a_strip_that_goes_on_refusing_is_told(strip: Rig) -> None:
    with watched(lambda _: build_led_display(strip.config)) as (display, out):
        strip.act("refuse", count=ATTEMPTS - 1)
        display.show(A023)
        strip.shows("请A023号")
        strip.act("refuse", count=ATTEMPTS)
        display.show(Message(Tone.CALLING, "A024"))
        out.until(HealthState.ATTENTION, "led_display.refused")
        out.until(HealthState.ONLINE)
        strip.shows("请A024号")


def test_the_program_waits_for_each_answer_before_it_speaks_again(strip: Rig) -> None:
    with watched(lambda _: patient(strip)) as (display, _):
        for n in range(1, 30):
            display.show(Message(Tone.CALLING, f"A{n:03}"))
            strip.shows(f"请A{n:03}号")
        assert strip.state("interrupted") == 0


def test_the_twin_notes_a_program_that_does_not_wait(strip: Rig) -> None:
    line = SerialTransport(strip.twin.address, 9600)
    line.open()
    line.write(2 * OnbonPanel(onbon.Area(), 12).frame(A023))
    until(lambda: strip.state("interrupted") == 1)
    assert strip.state("shown") == 1
    line.close()


def test_a_board_that_cannot_answer_is_given_its_time() -> None:
    assert interruptions(SunpnPanel(), gap_s=2 * REPLY_WINDOW_S) == 0
    assert interruptions(SunpnPanel(), gap_s=REPLY_WINDOW_S / 4) > 0  # the twin notes it, so the test above can fail


def interruptions(panel: Panel, *, gap_s: float) -> int:
    """How often a driver with such a gap speaks too early, on a clock that only its own waiting moves."""
    now_s = 0.0
    messages = [Message(Tone.CALLING, f"A{n:03}") for n in range(1, 6)]
    twin = LedDisplaySimulator("sunpn", now_s=lambda: now_s)

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            nonlocal now_s
            now_s += timeout or 0.0
            if messages:
                display.show(messages.pop())
            else:
                self.set()
            return self.is_set()

    def hear(data: bytes) -> bytes:
        twin.hear(data)
        return b""

    display = Strip(MemoryTransport(hear), panel, gap_s=gap_s, baud=115200, now_us=lambda: int(now_s * 1_000_000))
    display.open()
    display.show(A023)
    display.watch(Stop())
    twin.stop()
    return int(twin.state()["interrupted"])


def test_the_twin_draws_its_lamps(strip: Rig, tmp_path: Path) -> None:
    def lit(name: str) -> int:
        strip.act("picture", path=str(tmp_path / name))
        with Image.open(tmp_path / name) as picture:
            return sum(picture.getchannel("R").histogram()[200:])

    assert lit("dark.png") == 0
    with watched(lambda _: build_led_display(strip.config)) as (display, _):
        display.show(A023)
        strip.shows("请A023号")
    assert lit("text.png") > 1000
    with pytest.raises(ActRefused):
        strip.act("picture", path=str(tmp_path / "none" / "text.png"))


@pytest.mark.parametrize("make", MAKES)
def test_the_twin_runs_as_a_process(tmp_path: Path, make: str) -> None:
    with TwinProcess("led_display", ["--link", str(tmp_path / "led"), "--make", make]) as twin:
        with watched(lambda _: build_led_display(CONFIGS[make](port=twin.address))) as (display, _):
            display.show(A023)
            until(lambda: twin.control.act("state")["text"] == CALLED[make])
        with pytest.raises(ActRefused):
            twin.control.act("fault", kind="fire")
