"""Settings of the devices of one program, as data; the table `[devices]` of its settings file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from devices.baud import Baud, BaudOrAuto
from devices.call_pad.build import CallPadConfig, KeyboardCallPadConfig, SerialCallPadConfig
from devices.led_display.build import LedDisplayConfig, NumberBoardConfig, OnbonConfig, SunpnConfig
from devices.printer.build import PrinterConfig
from devices.rating_pad.build import KeyboardRatingPadConfig, RatingPadConfig, SerialRatingPadConfig
from devices.udev.place import UsbPlace
from hall.errors import ConfigError
from hall.settings import Settings, read_settings

__all__ = [
    "TABLE",
    "CallPadConfig",
    "DevicesConfig",
    "EscposConfig",
    "IdCardConfig",
    "KeyboardCallPadConfig",
    "KeyboardRatingPadConfig",
    "LedDisplayConfig",
    "NumberBoardConfig",
    "OnbonConfig",
    "RatingPadConfig",
    "ScannerConfig",
    "SerialCallPadConfig",
    "SerialRatingPadConfig",
    "SunpnConfig",
    "load",
]

TABLE = "devices"


class IdCardConfig(UsbPlace):
    """An ID-card reader."""

    driver: Literal["sdt"] = Field("sdt", description="协议：sdt 是带安全模块的串口阅读器（SDT、SAM_V、SAM_A）")
    port: str = Field(min_length=1, description="串口，如 /dev/onewindow/id_card")
    baud: BaudOrAuto = Field(115200, description="波特率，与阅读器的设置一致；auto 表示打开时逐个试常用波特率")
    name: str = Field("id_card", min_length=1, description="设备名称，用于状态和日志")


class ScannerConfig(UsbPlace):
    """A barcode and QR scanner."""

    driver: Literal["serial", "camera"] = Field(
        "serial", description="连接方式：serial 是串口或 USB 串口的扫码器，camera 是摄像头"
    )
    port: str = Field(
        min_length=1,
        description="接在哪里：串口如 /dev/onewindow/scanner；摄像头如 /dev/video0、0 或 http:// 画面流，"
        "也可以是视频文件或图片序列 frame_%03d.png",
    )
    baud: Baud = Field(9600, description="波特率，与扫码器的设置一致；摄像头不用")
    fps: int = Field(15, ge=1, le=60, description="摄像头每秒看几帧；串口不用")
    documents: bool = Field(default=False, description="摄像头是否也读护照、通行证的机读码；需要 OCR-B 字体")
    name: str = Field("scanner", min_length=1, description="设备名称，用于状态和日志")


class EscposConfig(PrinterConfig):
    """A ticket printer with ESC/POS commands; its further settings are those of PrinterConfig."""

    driver: Literal["escpos"] = Field("escpos", description="打印指令：escpos")


class DevicesConfig(Settings):
    """Which devices a program has; what is left out does not exist."""

    id_card: IdCardConfig | None = Field(None, description="身份证阅读器")
    scanner: ScannerConfig | None = Field(None, description="扫码器")
    printer: EscposConfig | None = Field(None, description="取号单打印机")
    rating_pad: RatingPadConfig | None = Field(None, discriminator="driver", description="评价器")
    call_pad: CallPadConfig | None = Field(None, discriminator="driver", description="物理呼叫器")
    led_display: LedDisplayConfig | None = Field(None, discriminator="driver", description="窗口 LED 屏")

    @field_validator("rating_pad", "call_pad", mode="before")
    @classmethod
    def _serial_unless_said(cls, given: object) -> object:
        return {"driver": "serial", **given} if isinstance(given, dict) else given


def load(path: Path, environment: Mapping[str, str]) -> DevicesConfig:
    """The table `[devices]` of a settings file, overridden by `ONEWINDOW_DEVICES_*` variables.

    Raises:
        ConfigError: With every mistake at once; also when the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise ConfigError(str(path), [f"文件读不了：{unreadable}"]) from unreadable
    return read_settings(DevicesConfig, text, str(path), TABLE, environment)
