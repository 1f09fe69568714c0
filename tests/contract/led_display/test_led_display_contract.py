"""Every display over a window, over its twin on a real pseudo-terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from devices.config import LedDisplayConfig
from devices.health import HealthState
from devices.led_display import Message, Tone
from devices.led_display.build import NumberBoardConfig, OnbonConfig, SunpnConfig
from devices.led_display.simulator import MAKES, LedDisplaySimulator
from devices.registry import build_led_display
from tests.support.watched import until, watched

CONFIGS: dict[str, Callable[..., LedDisplayConfig]] = {
    "onbon": OnbonConfig,
    "sunpn": SunpnConfig,
    "number_board": NumberBoardConfig,
}
CALLED = {"onbon": "请A023号", "sunpn": "23", "number_board": "23"}


def config(twin: LedDisplaySimulator, make: str) -> LedDisplayConfig:
    return CONFIGS[make](port=twin.address)


@pytest.mark.parametrize("make", MAKES)
def test_the_newest_message_is_shown_also_after_the_display_was_away(tmp_path: Path, make: str) -> None:
    twin = LedDisplaySimulator(make, link=tmp_path / "led")
    twin.start()
    try:
        with watched(lambda _: build_led_display(config(twin, make))) as (display, out):
            for number in ("A021", "A022", "A023"):
                display.show(Message(Tone.CALLING, number))
            until(lambda: twin.act("state", {})["text"] == CALLED[make])
            twin.act("unplug", {})
            out.until(HealthState.MISSING)
            display.show(Message(Tone.SERVING, "A024"))
            twin.act("plug", {})
            until(lambda: "24" in twin.act("state", {})["text"])
    finally:
        twin.stop()
