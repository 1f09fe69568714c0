"""From the settings to a satisfaction pad."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field

from devices.baud import Baud
from devices.keys import Template
from devices.keys.evdev_source import EvdevSource
from devices.keys.settings import Code, FixedFrame, KeyFrame, KeyName, by_code
from devices.rating_pad import samples
from devices.rating_pad.drivers import KeyboardRatingPad, SerialRatingPad
from devices.rating_pad.rating_pad import LevelPressed, RatingPad
from devices.transports import SerialTransport
from devices.udev.place import UsbPlace
from hall.rating import Level


class SerialRatingPadConfig(UsbPlace):
    """A satisfaction pad on a serial line; the frames and codes are a sample, yours stand in its manual."""

    driver: Literal["serial"] = Field("serial", description="连接方式：serial 是串口或 USB 串口的评价器")
    port: str = Field(min_length=1, description="串口，如 /dev/onewindow/rating_pad")
    baud: Baud = Field(9600, description="波特率，与评价器的设置一致")
    address: int = Field(0, ge=0, le=255, description="评价器的地址，帧里没有地址的不用管")
    key_frame: KeyFrame = Field(samples.KEY_FRAME, description="按键时评价器发来的帧，写法见 devices/keys")
    other_frames: tuple[KeyFrame, ...] = Field((), description="评价器还会发来的其他帧，如心跳和应答，收到后不理会")
    invite_frame: FixedFrame = Field(samples.INVITE_FRAME, description="请评价器提示评价的帧，没有则留空")
    keys: dict[Code, Level] = Field(dict(samples.KEYS), description="键值对应的等级，5 非常满意 … 1 非常不满意")
    name: str = Field("rating_pad", min_length=1, description="设备名称，用于状态和日志")


class KeyboardRatingPadConfig(UsbPlace):
    """A satisfaction pad that is a USB keypad; Linux only."""

    driver: Literal["keyboard"] = Field("keyboard", description="连接方式：keyboard 是 USB 小键盘")
    path: str = Field(min_length=1, description="键盘的固定路径，如 /dev/input/by-id/usb-…-event-kbd")
    keys: dict[KeyName, Level] = Field(
        dict(samples.KEY_NAMES), description="按键名对应的等级，5 非常满意 … 1 非常不满意"
    )
    name: str = Field("rating_pad", min_length=1, description="设备名称，用于状态和日志")


RatingPadConfig = SerialRatingPadConfig | KeyboardRatingPadConfig


def _serial(config: SerialRatingPadConfig, on_event: Callable[[LevelPressed], None]) -> RatingPad:
    return SerialRatingPad(
        SerialTransport(config.port, config.baud),
        on_event,
        frame=Template.parse(config.key_frame),
        others=tuple(map(Template.parse, config.other_frames)),
        keys=by_code(config.keys),
        invite=Template.parse(config.invite_frame).build(address=config.address) if config.invite_frame else b"",
        address=config.address,
        name=config.name,
    )


def _keyboard(config: KeyboardRatingPadConfig, on_event: Callable[[LevelPressed], None]) -> RatingPad:
    return KeyboardRatingPad(EvdevSource(config.path), on_event, keys=config.keys, name=config.name)


DRIVERS: Mapping[str, Callable[[Any, Callable[[LevelPressed], None]], RatingPad]] = {
    "serial": _serial,
    "keyboard": _keyboard,
}


def build_rating_pad(config: RatingPadConfig, on_event: Callable[[LevelPressed], None]) -> RatingPad:
    """The satisfaction pad of the settings, not yet open; `on_event` runs on the device's thread."""
    return DRIVERS[config.driver](config, on_event)
