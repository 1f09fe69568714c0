"""What can be said of a strip without its twin's hands: it answers to a text. Runs on a real one with `--port`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.config import OnbonConfig
from devices.health import HealthState
from devices.led_display import Message, Tone
from devices.led_display.simulator import LedDisplaySimulator
from devices.registry import build_led_display
from tests.contract.conftest import Place


@pytest.fixture
def twin_place(tmp_path: Path) -> Iterator[Place]:
    twin = LedDisplaySimulator("onbon", link=tmp_path / "led")
    twin.start()
    yield Place(twin.address, 9600)
    twin.stop()


@pytest.mark.parametrize(
    "message", [Message(Tone.CALLING, "A023"), Message(Tone.SERVING, "A12-104"), Message(Tone.PAUSED)], ids=str
)
def test_a_strip_answers_to_a_text(place: Place, message: Message) -> None:
    display = build_led_display(OnbonConfig(port=place.port, baud=place.baud or 9600))
    display.show(message)
    display.open()  # raises DeviceSilent or DeviceGarbled when the text is not accepted
    try:
        assert display.health().state is HealthState.ONLINE
    finally:
        display.close()
