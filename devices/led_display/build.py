"""From the settings to a display over a window."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field

from devices.baud import Baud
from devices.led_display.led_display import LedDisplay
from devices.led_display.onbon import Area
from devices.led_display.panels import NumberBoardPanel, OnbonPanel, Panel, SunpnPanel
from devices.led_display.strip import Strip
from devices.transports import SerialTransport
from devices.udev.place import UsbPlace


class LedLineConfig(UsbPlace):
    """What every display on a serial line has."""

    port: str = Field(min_length=1, description="串口，如 /dev/onewindow/led_display")
    baud: Baud = Field(9600, description="波特率，与屏的设置一致")
    name: str = Field("led_display", min_length=1, description="设备名称，用于状态和日志")


class OnbonConfig(LedLineConfig):
    """A strip with an Onbon BX-5K or 6K font card; what its pages leave open stands here with the example's value."""

    driver: Literal["onbon"] = Field("onbon", description="协议：onbon 是仰邦 BX-5K/6K 字库卡")
    cells: int = Field(12, ge=2, le=128, description="屏能显示几个半角字符，汉字占两个；滚动显示的可以填得更大")
    answers: bool = Field(default=True, description="控制卡是否应答；明明显示了却总报没有应答的，填 false")
    screen: int = Field(1, ge=0, le=0xFFFF, description="控制卡的屏地址")
    x: int = Field(0, ge=0, le=0xFFFF, description="显示区域的左边，单位由控制卡型号定（8 点或 1 点）")
    y: int = Field(0, ge=0, le=0xFFFF, description="显示区域的上边，点")
    width: int = Field(96, ge=1, le=0xFFFF, description="显示区域的宽，单位与 x 相同")
    height: int = Field(16, ge=1, le=0xFFFF, description="显示区域的高，点")
    area: int = Field(0, ge=0, le=255, description="动态区编号")
    single_line: int = Field(1, ge=0, le=255, description="单行显示，1 是，2 否")
    wrap: int = Field(2, ge=0, le=255, description="自动换行，1 是，2 否")
    display_mode: int = Field(1, ge=0, le=255, description="显示方式，1 静止")
    speed: int = Field(4, ge=0, le=255, description="速度")
    stay: int = Field(5, ge=0, le=255, description="停留时间，0.5 秒为单位")


class NumbersConfig(LedLineConfig):
    """What every board of digits has; it never answers."""

    largest: int = Field(999, ge=1, le=0xFFFF, description="屏能显示的最大数")
    blank: int = Field(0, ge=0, le=0xFFFF, description="没有号码时显示的数")


class SunpnConfig(NumbersConfig):
    """A Sunpn number board."""

    driver: Literal["sunpn"] = Field("sunpn", description="协议：sunpn 是讯鹏数码屏，只显示数字")
    colour: int = Field(0, ge=0, le=255, description="颜色代号")


class NumberBoardConfig(NumbersConfig):
    """A number board with frames of four bytes."""

    driver: Literal["number_board"] = Field("number_board", description="协议：number_board 是四字节数码屏，只显示数字")
    board: int = Field(1, ge=0, le=255, description="屏的地址")


LedDisplayConfig = OnbonConfig | SunpnConfig | NumberBoardConfig


def _onbon(config: OnbonConfig) -> Panel:
    area = Area(
        screen=config.screen,
        x=config.x,
        y=config.y,
        width=config.width,
        height=config.height,
        number=config.area,
        single_line=config.single_line,
        wrap=config.wrap,
        display_mode=config.display_mode,
        speed=config.speed,
        stay=config.stay,
    )
    return OnbonPanel(area, config.cells, config.answers)


def _sunpn(config: SunpnConfig) -> Panel:
    return SunpnPanel(config.largest, config.blank, config.colour)


def _number_board(config: NumberBoardConfig) -> Panel:
    return NumberBoardPanel(config.board, config.largest, config.blank)


DRIVERS: Mapping[str, Callable[[Any], Panel]] = {"onbon": _onbon, "sunpn": _sunpn, "number_board": _number_board}


def build_led_display(config: LedDisplayConfig) -> LedDisplay:
    """The display of the settings, not yet open."""
    panel = DRIVERS[config.driver](config)
    return Strip(SerialTransport(config.port, config.baud), panel, name=config.name, baud=config.baud)
