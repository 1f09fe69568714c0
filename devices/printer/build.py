"""From the settings to a printer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.printer import Printer
from devices.printer.profile import PAPER_58, PAPER_80, Profile
from devices.transports import transport_at


class PrinterConfig(BaseModel):
    """The settings of one ticket printer; the defaults fit a network printer with 80 mm paper."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("printer", description="设备名称，用于状态和日志")
    address: str = Field(description="tcp:主机:9100、serial:串口 或 file:/dev/usb/lp0")
    baud: int = Field(9600, gt=0, description="串口波特率；其他连接方式不用")
    paper_mm: Literal[58, 80] = Field(80, description="纸宽，毫米")
    largest_size: int = Field(8, ge=1, le=8, description="打印机支持的最大字号倍数，更大的字改为图形打印")
    qr: Literal["image", "native"] = Field("image", description="二维码由程序画（image）或由打印机画（native）")
    cut: Literal["partial", "full"] = Field("partial", description="半切或全切")
    echo: bool = Field(default=True, description="打印机是否按打印顺序回答 GS r；不回答的型号填 false")
    settle_s: float = Field(3.0, gt=0, description="echo 为 false 时，打完一张纸所需的秒数")
    confirm_s: float = Field(15.0, ge=1, description="发完后等待确认的秒数，超过则记为未确认")

    @field_validator("address")
    @classmethod
    def _has_a_transport(cls, address: str) -> str:
        transport_at(address)
        return address


def build_printer(config: PrinterConfig) -> Printer:
    """The printer of the settings, not yet open."""
    profile = Profile(
        paper=PAPER_58 if config.paper_mm == 58 else PAPER_80,
        largest_size=config.largest_size,
        qr=config.qr,
        cut=config.cut,
        echo=config.echo,
        settle_s=config.settle_s,
        confirm_s=config.confirm_s,
    )
    return EscposPrinter(config.name, transport_at(config.address, baud=config.baud), profile)
