"""From the settings to a call pad."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field

from devices.baud import Baud
from devices.call_pad import samples
from devices.call_pad.call_pad import CallPad, KeyPressed, PadKey
from devices.call_pad.drivers import KeyboardCallPad, SerialCallPad
from devices.keys import Template
from devices.keys.evdev_source import EvdevSource
from devices.keys.settings import Code, KeyFrame, KeyName, TextFrame, by_code
from devices.transports import SerialTransport
from devices.udev.place import UsbPlace


class SerialCallPadConfig(UsbPlace):
    """A call pad on a serial line; the command words and codes are a sample, yours stand in its manual."""

    driver: Literal["serial"] = Field("serial", description="连接方式：serial 是串口或 USB 串口的呼叫器")
    port: str = Field(min_length=1, description="串口，如 /dev/onewindow/call_pad")
    baud: Baud = Field(9600, description="波特率，与呼叫器的设置一致")
    address: int = Field(1, ge=0, le=255, description="呼叫器的地址，帧里没有地址的不用管")
    key_frame: KeyFrame = Field(samples.KEY_FRAME, description="按键时呼叫器发来的帧，写法见 devices/keys")
    other_frames: tuple[KeyFrame, ...] = Field((), description="呼叫器还会发来的其他帧，如心跳和应答，收到后不理会")
    show_frame: TextFrame = Field(samples.SHOW_FRAME, description="让呼叫器显示文字的帧，没有显示屏则留空")
    cells: int = Field(8, ge=1, le=64, description="显示屏能显示几个半角字符，汉字占两个")
    digits: bool = Field(default=False, description="显示屏是不是只能显示数字的数码管")
    keys: dict[Code, PadKey] = Field(dict(samples.KEYS), description="键值对应的按键")
    name: str = Field("call_pad", min_length=1, description="设备名称，用于状态和日志")


class KeyboardCallPadConfig(UsbPlace):
    """A call pad that is a USB keypad; Linux only."""

    driver: Literal["keyboard"] = Field("keyboard", description="连接方式：keyboard 是 USB 小键盘")
    path: str = Field(min_length=1, description="键盘的固定路径，如 /dev/input/by-id/usb-…-event-kbd")
    keys: dict[KeyName, PadKey] = Field(dict(samples.KEY_NAMES), description="按键名对应的按键")
    name: str = Field("call_pad", min_length=1, description="设备名称，用于状态和日志")


CallPadConfig = SerialCallPadConfig | KeyboardCallPadConfig


def _serial(config: SerialCallPadConfig, on_event: Callable[[KeyPressed], None]) -> CallPad:
    return SerialCallPad(
        SerialTransport(config.port, config.baud),
        on_event,
        frame=Template.parse(config.key_frame),
        others=tuple(map(Template.parse, config.other_frames)),
        keys=by_code(config.keys),
        show=Template.parse(config.show_frame) if config.show_frame else None,
        cells=config.cells,
        digits=config.digits,
        address=config.address,
        name=config.name,
    )


def _keyboard(config: KeyboardCallPadConfig, on_event: Callable[[KeyPressed], None]) -> CallPad:
    return KeyboardCallPad(EvdevSource(config.path), on_event, keys=config.keys, name=config.name)


DRIVERS: Mapping[str, Callable[[Any, Callable[[KeyPressed], None]], CallPad]] = {
    "serial": _serial,
    "keyboard": _keyboard,
}


def build_call_pad(config: CallPadConfig, on_event: Callable[[KeyPressed], None]) -> CallPad:
    """The call pad of the settings, not yet open; `on_event` runs on the device's thread."""
    return DRIVERS[config.driver](config, on_event)
