"""A call pad whose frames are always full, and settings of frames that cannot be right."""

import threading

import pytest
from pydantic import ValidationError

from devices.call_pad.drivers import SerialCallPad
from devices.config import SerialCallPadConfig, SerialRatingPadConfig
from devices.keys import Template
from devices.transports import MemoryTransport


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("A023", b"\x02A023 \x03"),
        ("A12-104", b"\x02-104 \x03"),
        ("暂停中", "\x02暂停 \x03".encode("gbk")),
        ("㛃", b"\x02?    \x03"),
    ],
)
def test_a_frame_of_fixed_size_is_filled_with_spaces(text: str, frame: bytes) -> None:
    said = b""
    stop = threading.Event()

    def hear(data: bytes) -> bytes:
        nonlocal said
        said += data
        stop.set()
        return b""

    pad = SerialCallPad(
        MemoryTransport(hear),
        lambda _: None,
        frame=Template.parse("data:1"),
        keys={},
        show=Template.parse("02 data:5 03"),
    )
    pad.open()
    pad.show(text)
    pad.watch(stop)
    assert said == frame


def test_frames_without_a_place_for_the_text_or_with_one_too_many_are_told() -> None:
    with pytest.raises(ValidationError, match="请写上 data"):
        SerialCallPadConfig(port="p", show_frame="FF 01")
    with pytest.raises(ValidationError, match="不能有 data"):
        SerialRatingPadConfig(port="p", invite_frame="FF data")
    assert SerialCallPadConfig(port="p", show_frame="").show_frame == ""
