"""The printers of the machine, where Qt finds any; a machine without them saves the sheet as a file."""

import logging

from window_client.desk.sheet import Sheet
from window_client.viewmodels.sheet_paper import draw, lay_out

try:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
except ImportError:  # the system's printing library is not installed
    QPrinter = QPrinterInfo = None  # type: ignore[assignment,misc]

_log = logging.getLogger("onewindow.window.sheet")


def printer_names() -> list[str]:
    """Names of the machine's printers, its usual one first; none where there is no printing at all."""
    if QPrinterInfo is None:
        return []
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def print_with(name: str, sheet: Sheet) -> bool:
    """Draw the sheet on a printer; whether it took it."""
    if QPrinter is None:
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(sheet.title)
    if not printer.isValid():
        _log.warning("window.printer_gone")
        return False
    lay_out(printer)
    return draw(printer, sheet)
