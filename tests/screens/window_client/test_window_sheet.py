"""The hand-call sheet: in the order of calling, without names, as a file and on a printer."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from hall.ticket import Flag, TicketState
from tests.support.window_desk import NOW, QUEUE, called_here, desk, shown
from tests.support.window_outage import make, panel_when_cut
from tests.support.window_screens import CATALOG, CROWD
from window_client.desk.sheet import EMPTY_ROWS, sheet
from window_client.desk.situation import Situation
from window_client.i18n import CHINESE, LANGUAGES
from window_client.viewmodels import printers
from window_client.viewmodels.sheet_paper import draw, lay_out

FULL = desk(
    called_here(),
    missed=(shown(3, state=TicketState.MISSED, masked="王*"),),
    uncertain=(shown(31, flags=(Flag.UNCERTAIN,)),),
)


def test_the_list_stands_in_its_order_and_lines_are_left_to_write_in() -> None:
    made = sheet(Situation(NOW, FULL, catalog=CATALOG), 12, CHINESE)
    numbers = [row.number for row in made.rows]
    assert numbers == [*(each.number for each in QUEUE), "A031", "A003", *[""] * EMPTY_ROWS]
    assert [row.mark for row in made.rows if row.mark] == ["待核实", "过号"]
    assert made.hall == CATALOG.hall.name
    assert made.captions == ("12 号窗口", "名单时间：11 月 24 日　星期二 09:59", "共 8 个号")
    assert made.headings[4:] == ("窗口", "叫号", "办完", "结果")
    assert made.file == "手工叫号单-12号窗口-0959.pdf"


def test_no_name_is_on_the_sheet() -> None:
    assert "*" not in repr(sheet(Situation(NOW, FULL, catalog=CATALOG), 12, CHINESE))


def test_a_sheet_can_be_made_of_nothing() -> None:
    assert len(sheet(Situation(NOW), 12, CHINESE).rows) == EMPTY_ROWS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_made_named_and_shown(tmp_path: Path, language: str) -> None:
    hall = make(tmp_path, language=language)
    panel_when_cut(hall)
    hall.outage.sheet.save()
    (file,) = (tmp_path / "sheets").iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert file.name in hall.outage.sheet.property("done")
    assert hall.outage.sheet.property("place") == str(file.parent)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "sheets").touch()
    hall = make(tmp_path)
    hall.desk.arrived(desk())
    hall.outage.sheet.save()
    assert (hall.outage.sheet.property("done"), hall.outage.sheet.property("trouble")) == ("", CHINESE.sheet_not_saved)


def test_two_hundred_numbers_go_over_several_pages_on_a_printer(tmp_path: Path) -> None:
    make(tmp_path)  # Qt is there
    paper = QPrinter(QPrinter.PrinterMode.HighResolution)
    paper.setOutputFileName(str(tmp_path / "paper.pdf"))
    lay_out(paper)
    assert draw(paper, sheet(Situation(NOW, desk(queue=CROWD), catalog=CATALOG), 12, CHINESE))
    assert (tmp_path / "paper.pdf").read_bytes().count(b"/Type /Page\n") >= 8


def test_a_printer_that_is_gone_is_told(tmp_path: Path) -> None:
    hall = make(tmp_path)
    hall.desk.arrived(desk())
    hall.outage.sheet.print_on("no such printer")
    assert hall.outage.sheet.property("trouble") == CHINESE.sheet_not_printed


def test_without_the_systems_printing_there_are_no_printers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "QPrinterInfo", None)
    monkeypatch.setattr(printers, "QPrinter", None)
    model: QObject = make(tmp_path).outage.sheet
    assert model.property("printers") == []
    assert not printers.print_with("any", sheet(Situation(NOW), 12, CHINESE))
