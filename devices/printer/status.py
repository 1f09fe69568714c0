"""What a printer says of itself: pure reading of DLE EOT answers, Automatic Status Back and GS r.

Silence is a state of its own: a printer that does not answer is never taken to have paper.

Bits: the ESC/POS manuals of Epson, Samsung, Citizen and HPRT, which agree. Fixed bits tell the answers apart:
DLE EOT 0xx1xx10, first byte of ASB 0xx1xx00, GS r 1 0000aabb with both bits of a pair alike.
"""

from dataclasses import dataclass
from enum import StrEnum

REQUESTS = (1, 2, 3, 4)  # n of DLE EOT n, in the order `from_answers` takes the answers
ASB_LENGTH = 4

_ECHOES = frozenset(b"\x00\x03\x0c\x0f")  # GS r 1: enough paper, near its end, at its end, both
_NEVER_IN_PACKET = 0x90  # clear in every byte of ASB but the first
_OFFLINE = 0x08
_COVER = 0x04
_FEED_BUTTON = 0x08  # of the answer to DLE EOT 2
_STOPPED_PAPER_END = 0x20
_ERROR = 0x40
_CUTTER = 0x08
_BROKEN = 0x20
_HOT = 0x40
_NEAR_END = 0x0C  # either bit of a pair counts: models set one or both
_PAPER_END = 0x60


class Trouble(StrEnum):
    """What is wrong, as stable codes; the worst first."""

    SILENT = "printer.silent"
    LINK_LOST = "printer.link_lost"
    BROKEN = "printer.broken"
    CUTTER = "printer.cutter"
    COVER_OPEN = "printer.cover_open"
    PAPER_END = "printer.paper_end"
    HOT = "printer.hot"
    ERROR = "printer.error"
    FEEDING = "printer.feeding"
    OFFLINE = "printer.offline"
    UNCONFIRMED = "printer.unconfirmed"
    NEAR_END = "printer.near_end"

    @property
    def words(self) -> str:
        """In a few Chinese words."""
        return _WORDS[self][0]

    @property
    def advice(self) -> str:
        """What a person at the machine should do."""
        return _WORDS[self][1]

    @property
    def passes(self) -> bool:
        """Whether it may pass by itself, so that a printer at work is waited for."""
        return self in (Trouble.HOT, Trouble.FEEDING, Trouble.OFFLINE)


_WORDS = {
    Trouble.SILENT: ("打印机没有应答", "请检查打印机电源和数据线，或断电后重新接通"),
    Trouble.LINK_LOST: ("与打印机的连接断开", "请检查打印机数据线或网线"),
    Trouble.BROKEN: ("打印机故障", "请将打印机断电后重新接通，仍不行请联系维护人员"),
    Trouble.CUTTER: ("切刀卡住", "请打开上盖取出卡纸，合上后再试"),
    Trouble.COVER_OPEN: ("打印机上盖未合上", "请合上打印机上盖"),
    Trouble.PAPER_END: ("打印纸已用完", "请更换打印纸"),
    Trouble.HOT: ("打印头过热", "请稍等几分钟，冷却后会自动恢复"),
    Trouble.ERROR: ("打印机报错", "请打开上盖看是否卡纸，合上后再试"),
    Trouble.FEEDING: ("走纸键被按住", "请松开打印机的走纸键"),
    Trouble.OFFLINE: ("打印机处于脱机状态", "请检查打印机面板上的指示灯和按键"),
    Trouble.UNCONFIRMED: ("打印机没有确认打完", "请看取号单是否已完整打出"),
    Trouble.NEAR_END: ("打印纸快用完", "请准备更换打印纸"),
}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """One look at the printer. `PrinterStatus()` is a printer in order, `PrinterStatus.unheard()` a silent one."""

    silent: bool = False
    online: bool = True
    cover_open: bool = False
    near_end: bool = False
    paper_end: bool = False
    cutter_error: bool = False
    hot: bool = False
    broken: bool = False
    error: bool = False
    feeding: bool = False

    @classmethod
    def unheard(cls) -> "PrinterStatus":
        """No answer came: nothing is known, so nothing is said to be well."""
        return cls(silent=True, online=False)

    @property
    def ready(self) -> bool:
        """Whether a slip sent now would come out."""
        return self.trouble in (None, Trouble.NEAR_END)

    @property
    def trouble(self) -> Trouble | None:
        """The worst that is wrong; paper near its end counts although it still prints."""
        found = {
            Trouble.SILENT: self.silent,
            Trouble.BROKEN: self.broken,
            Trouble.CUTTER: self.cutter_error,
            Trouble.COVER_OPEN: self.cover_open,
            Trouble.PAPER_END: self.paper_end,
            Trouble.HOT: self.hot,
            Trouble.ERROR: self.error,
            Trouble.FEEDING: self.feeding and not self.online,
            Trouble.OFFLINE: not self.online,
            Trouble.NEAR_END: self.near_end,
        }
        return next((trouble for trouble, present in found.items() if present), None)

    @property
    def words(self) -> str:
        """In a few Chinese words."""
        return self.trouble.words if self.trouble else "打印机正常"

    @property
    def advice(self) -> str:
        """What to do, empty when nothing."""
        return self.trouble.advice if self.trouble else ""

    @property
    def paper_words(self) -> str:
        """How much paper there is, in words; empty while nobody knows."""
        if self.silent:
            return ""
        return "没有纸" if self.paper_end else "纸快用完" if self.near_end else "有纸"


def is_answer(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT."""
    return byte & 0x93 == 0x12


def begins_asb(byte: int) -> bool:
    """Whether a byte can begin an Automatic Status Back of four bytes."""
    return byte & 0x93 == 0x10


def is_echo(byte: int) -> bool:
    """Whether a byte can be the answer to GS r 1, given in the order of printing."""
    return byte in _ECHOES


def from_answers(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """The status from the answers to DLE EOT 1, 2, 3 and 4."""
    return PrinterStatus(
        online=not printer & _OFFLINE,
        cover_open=bool(offline & _COVER),
        near_end=bool(paper & _NEAR_END),
        paper_end=bool(paper & _PAPER_END or offline & _STOPPED_PAPER_END),
        cutter_error=bool(error & _CUTTER),
        hot=bool(error & _HOT),
        broken=bool(error & _BROKEN),
        error=bool(offline & _ERROR),
        feeding=bool(offline & _FEED_BUTTON),
    )


def from_asb(packet: bytes) -> PrinterStatus:
    """The status from the four bytes of Automatic Status Back.

    Raises:
        ValueError: Not four bytes that begin as ASB does.
    """
    if len(packet) != ASB_LENGTH or not begins_asb(packet[0]):
        raise ValueError(f"not an automatic status: {packet.hex(' ')}")
    first, error, paper, _ = packet
    return PrinterStatus(
        online=not first & 0x08,
        cover_open=bool(first & 0x20),
        near_end=bool(paper & 0x03),
        paper_end=bool(paper & 0x0C),
        cutter_error=bool(error & _CUTTER),
        hot=bool(error & _HOT),
        broken=bool(error & _BROKEN),
        feeding=bool(first & 0x40),
    )


class AnswerReader:
    """Sorts what comes back from a printer into DLE EOT answers, ASB packets and echoes of GS r.

    Attributes:
        answers: DLE EOT answers not yet taken, in order.
        echoes: How many GS r answers came.
        automatic: The latest automatic status, None while none came.
    """

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.echoes = 0
        self.automatic: PrinterStatus | None = None
        self._packet = b""
        self._interrupted = False

    def feed(self, data: bytes) -> None:
        """Take bytes as they come; noise is passed over, and a packet whose end was lost.

        A packet may be interrupted by one answer: those are given at once. Its rest is no echo for that.
        """
        for byte in data:
            if self._packet and byte & _NEVER_IN_PACKET:
                self._packet = self._packet if is_answer(byte) and not self._interrupted else b""
                self._interrupted = True
            if begins_asb(byte):
                self._packet, self._interrupted = bytes([byte]), False
            elif self._packet and not byte & _NEVER_IN_PACKET:
                self._packet += bytes([byte])
                if len(self._packet) == ASB_LENGTH:
                    self.automatic, self._packet = from_asb(self._packet), b""
            elif is_answer(byte):
                self.answers.append(byte)
            elif is_echo(byte):
                self.echoes += 1

    def forget(self) -> None:
        """Drop what came and nobody waits for any more; the rest of a packet under way is still known as such."""
        self.answers.clear()
        self.echoes = 0
        self.automatic = None
