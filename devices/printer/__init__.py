"""Ticket printers: the paper as data, its bytes, the printer's promise, and a twin that makes pictures of the bytes."""

from devices.printer.printer import Printer, PrintOutcome, PrintResult
from devices.printer.profile import PAPER_58, PAPER_80, Paper, Profile
from devices.printer.slip import (
    Align,
    BigNumber,
    Columns,
    Cut,
    Element,
    Feed,
    Logo,
    Qr,
    Rule,
    Slip,
    SlipError,
    Text,
)
from devices.printer.status import PrinterStatus, Trouble

__all__ = [
    "PAPER_58",
    "PAPER_80",
    "Align",
    "BigNumber",
    "Columns",
    "Cut",
    "Element",
    "Feed",
    "Logo",
    "Paper",
    "PrintOutcome",
    "PrintResult",
    "Printer",
    "PrinterStatus",
    "Profile",
    "Qr",
    "Rule",
    "Slip",
    "SlipError",
    "Text",
    "Trouble",
]
