"""From the settings to a printer."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.printer import Printer
from devices.printer.profile import PAPER_58, PAPER_80, Profile
from devices.printer.roll import RollCount
from devices.transports import transport_at
from devices.udev.place import UsbPlace

_PAPERS = {58: PAPER_58, 80: PAPER_80}


class PrinterConfig(UsbPlace):
    """The settings of one ticket printer; the defaults fit a network printer with 80 mm paper."""

    name: str = Field("printer", description="设备名称，用于状态和日志")
    address: str = Field(description="tcp:主机:9100、serial:串口 或 file:/dev/usb/lp0")
    baud: int = Field(9600, gt=0, description="串口波特率；其他连接方式不用")
    flow: Literal["none", "xonxoff", "rtscts"] = Field("none", description="串口流控；打印机缓存小或画图多时需要")
    paper_mm: int = Field(80, description="纸宽，毫米")
    dots: int = Field(
        0, ge=0, le=832, multiple_of=8, description="每行点数；0 按纸宽：58 毫米 384，80 毫米 576；180dpi 的机型填 512"
    )
    largest_size: int = Field(8, ge=1, le=8, description="打印机支持的最大字号倍数，更大的字改为图形打印")
    qr: Literal["auto", "image", "native"] = Field(
        "auto",
        description="二维码由程序画（image）或由打印机画（native，字节少）；auto 在串口上用 native，其他用 image",
    )
    cut: Literal["partial", "full"] = Field("partial", description="半切或全切")
    echo: bool = Field(default=True, description="打印机是否按打印顺序回答 GS r；不回答的型号填 false")
    settle_s: float = Field(3.0, gt=0, description="echo 为 false 时，打完一张纸所需的秒数")
    asb: bool = Field(default=False, description="让打印机主动上报状态（ASB，GS a）；不确定是否支持时填 false")
    confirm_s: float = Field(15.0, ge=1, description="发完后等待确认的秒数，超过则记为未确认")

    paper_length_mm: int = Field(0, ge=0, description="一卷纸的长度，毫米；填了就由程序计数，0 表示不计")
    low_slips: int = Field(30, ge=1, description="计数剩这么多张时提醒换纸")
    roll_file: Path | None = Field(None, description="记录已用纸长的文件；取号机默认放在自己的数据文件夹")

    @field_validator("address")
    @classmethod
    def _has_a_transport(cls, address: str) -> str:
        transport_at(address)
        return address

    @field_validator("paper_mm")
    @classmethod
    def _is_a_paper(cls, paper_mm: int) -> int:
        if paper_mm not in _PAPERS:
            raise ValueError(f"纸宽 {paper_mm} 应为 58 或 80")
        return paper_mm


def profile_of(config: PrinterConfig) -> Profile:
    """What the settings say of the model."""
    paper = _PAPERS[config.paper_mm]
    return Profile(
        paper=replace(paper, dots=config.dots) if config.dots else paper,
        largest_size=config.largest_size,
        qr=_qr_of(config),
        cut=config.cut,
        echo=config.echo,
        settle_s=config.settle_s,
        asb=config.asb,
        confirm_s=config.confirm_s,
        low_slips=config.low_slips,
    )


def _qr_of(config: PrinterConfig) -> Literal["image", "native"]:
    if config.qr == "auto":  # a code drawn as dots takes seconds on a serial line
        return "native" if config.address.startswith("serial:") else "image"
    return config.qr


def build_printer(config: PrinterConfig) -> Printer:
    """The printer of the settings, not yet open."""
    transport = transport_at(config.address, baud=config.baud, flow=config.flow)
    return EscposPrinter(config.name, transport, profile_of(config), roll=roll_of(config))


def roll_of(config: PrinterConfig) -> RollCount | None:
    """The count of the printer's paper; None if it is not counted."""
    if not config.paper_length_mm or config.roll_file is None:
        return None
    return RollCount(config.roll_file, config.paper_length_mm)
