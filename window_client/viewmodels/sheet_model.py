"""The hand-call sheet: as a file that is named and shown, and on a printer where the machine has one."""

import logging
from pathlib import Path

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QPdfWriter
from PySide6.QtQml import QmlElement

from window_client.desk.sheet import sheet
from window_client.i18n import Phrases
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.printers import print_with, printer_names
from window_client.viewmodels.sheet_paper import draw, lay_out

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
DPI = 300
_log = logging.getLogger("onewindow.window.sheet")


@QmlElement
class SheetModel(QObject):
    """Makes the sheet of the desk's last list. It needs no server, so that a hall can practise with it any day."""

    changed = Signal()

    def __init__(
        self, words: Phrases, desk: DeskModel, window: int, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._desk = desk
        self._window = window
        self._folder = folder
        self._printers = printer_names()
        self._file: Path | None = None
        self._done = self._trouble = ""

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def printers(self) -> list[str]:
        """The machine's printers, the usual one first."""
        return self._printers

    @Property(str, notify=changed)
    def done(self) -> str:
        """What became of the sheet, in words."""
        return self._done

    @Property(str, notify=changed)
    def place(self) -> str:
        """The folder of the file; empty while there is none."""
        return str(self._file.parent) if self._file else ""

    @Property(str, notify=changed)
    def trouble(self) -> str:
        """What went wrong, in words; empty otherwise."""
        return self._trouble

    @Slot()
    def save(self) -> None:
        """Draw it into a file of the data folder; one of the same minute is drawn anew."""
        made = sheet(self._desk.situation, self._window, self._words)
        file = self._folder / made.file
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            writer = QPdfWriter(str(file))
            writer.setResolution(DPI)
            writer.setTitle(made.title)
            lay_out(writer)
            saved = draw(writer, made) and file.stat().st_size > 0
        except OSError as error:
            _log.error("window.sheet_unwritable %s", error.strerror)
            saved = False
        self._file = file if saved else None
        self._told(self._words.sheet_saved.format(name=made.file) if saved else "", self._words.sheet_not_saved)

    @Slot(str)
    def print_on(self, printer: str) -> None:
        """Send it to one of `printers`."""
        made = sheet(self._desk.situation, self._window, self._words)
        self._file = None
        sent = print_with(printer, made)
        self._told(self._words.sheet_printed.format(name=printer) if sent else "", self._words.sheet_not_printed)

    @Slot()
    def show_file(self) -> None:
        """Open the file with the machine's own reader."""
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))

    def _told(self, done: str, trouble: str) -> None:
        self._done, self._trouble = done, "" if done else trouble
        self.changed.emit()
