"""Every call pad over its twin on a real pseudo-terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.call_pad import KeyPressed, PadKey
from devices.call_pad.simulator import CallPadSimulator
from devices.config import CallPadConfig
from devices.health import HealthState
from devices.registry import build_call_pad
from tests.support.watched import until, watched


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[CallPadSimulator]:
    twin = CallPadSimulator(link=tmp_path / "call_pad")
    twin.start()
    yield twin
    twin.stop()


def test_each_key_of_a_clerk_is_told_once(twin: CallPadSimulator) -> None:
    with watched(lambda tell: build_call_pad(CallPadConfig(port=twin.address), tell)) as (_, out):
        for key in PadKey:
            twin.act("press", {"key": key})
            assert out.next() == KeyPressed(key)
        twin.act("type", {"digits": "0011"})
        assert [out.next().key for _ in range(4)] == ["0", "0", "1", "1"]
        assert out.told.empty()


def test_the_newest_text_stands_on_the_pad_also_after_it_was_away(twin: CallPadSimulator) -> None:
    with watched(lambda tell: build_call_pad(CallPadConfig(port=twin.address), tell)) as (pad, out):
        for text in ("A023", "暂停", "A12-1045"):
            pad.show(text)
        until(lambda: twin.act("state", {})["text"] == "A12-1045")
        twin.act("unplug", {})
        out.until(HealthState.MISSING)
        pad.show("B007")
        twin.act("plug", {})
        until(lambda: twin.act("state", {})["text"] == "B007")
