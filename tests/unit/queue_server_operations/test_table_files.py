"""Exports that a spreadsheet opens with the right figures, and in which no cell runs."""

import csv
import errno
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hall.clock import MINUTE_US
from hall.figures import FIGURES
from hall.grouping import Table, grouping
from hall.tally import Tally
from queue_server.operations.csv_file import csv_lines
from queue_server.operations.errors import StoppedError, TooManyRowsError, WorkbookError
from queue_server.operations.sheet import Cells, Sheet
from queue_server.operations.xlsx_file import write_xlsx
from tests.support.workbooks import rows_of, says_the_same, sheets_of

NAMES = {"one": "=1+1", "two": '=HYPERLINK("x","y"),\n<b>&', "three": "@SUM(A1)", "four": "-2", "five": "\x00\x01坏"}
LONGEST_ROW = 1_048_576


def sheet() -> Sheet:
    table = Table(grouping("service"))
    for name in NAMES:
        tally = Tally(arrivals=3)
        tally.waits.add(90_000_000)
        tally.waits.add(10 * MINUTE_US)
        table.add(date(2026, 11, 23), {name: {"9": tally.row()}})
    return Sheet(table, NAMES, "=测试大厅", 5)


def test_words_that_a_spreadsheet_would_run_get_an_apostrophe_in_csv() -> None:
    made = sheet()
    text = b"".join(csv_lines([made.head, *made.rows()])).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head[:2] == ["事项", "取号（个）"]
    assert {row[0] for row in rows} == {f"'{name}" for name in NAMES.values()} | {"合计"}
    one = dict(zip(head, next(row for row in rows if row[0] == "'=1+1"), strict=True))
    assert (one["取号（个）"], one["平均等候（分钟）"], one["等候中位数（分钟）"]) == ("3", "5.75", "2")
    assert (one["达标率（%）"], one["平均评价（级）"]) == ("50.0", "")
    assert text.endswith("\r\n")


@pytest.mark.parametrize("words", ["＝1+1", "＋1", "－1", "＠x", " =1+1", "　=1+1", "\n=1+1", "\t=1"])
def test_neither_full_width_nor_a_space_in_front_makes_a_formula(words: str) -> None:
    text = b"".join(csv_lines([(words,)])).decode("utf-8-sig")
    ((cell,),) = csv.reader(io.StringIO(text, newline=""))
    assert cell == f"'{words}"


def test_words_and_figures_that_run_nothing_stay_as_they_are() -> None:
    assert b"".join(csv_lines([("A-B", " x", -1, 2.5)])).decode("utf-8-sig") == "A-B, x,-1,2.5\r\n"


@pytest.fixture
def nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing stays in the folder for passing files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    assert not list(tmp_path.iterdir())


def workbook(made: Sheet) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, made, made.rows())
    return file.getvalue()


def named(*names: str) -> Sheet:
    """Services of these names, each with its own number of people who came."""
    table = Table(grouping("service"))
    for number in range(len(names)):
        table.put((f"s{number:02}",), Tally(arrivals=number + 1).row())
    return Sheet(table, {f"s{number:02}": name for number, name in enumerate(names)}, "测试大厅", 5)


@pytest.mark.usefixtures("nothing_beside")
def test_a_workbook_says_what_the_csv_says_and_how_each_figure_is_made() -> None:
    made = sheet()
    raw = workbook(made)
    assert says_the_same(raw, b"".join(csv_lines([made.head, *made.rows()])).replace(b"\x00\x01", b"_x0000__x0001_"))
    assert rows_of(raw)[-1][1:4] == (15, 10, 5.75)  # all together
    table, how = sheets_of(raw)
    assert (table.title, how.title) == ("统计", "怎么算的")
    assert (table["A1"].value, table["A1"].font.bold, table["A3"].font.bold) == (
        "=测试大厅  达标：5 分钟以内",
        True,
        False,
    )
    assert (table.freeze_panes, how.freeze_panes) == ("A3", "A2")
    assert how.column_dimensions["C"].width > table.column_dimensions["A"].width > 15
    assert [row[2].value for row in how.iter_rows(min_row=2)] == [figure.formula for figure in FIGURES]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "{=1+1}",
        "@x",
        "+1",
        "-1",
        "\t=1+1",
        "＝1+1",
        " 前后有空格 ",
        "0012",
        "https://example.org/",
        "internal:统计!A1",
        "不动产登记与交易税费一窗受理联合办理事项之三十一个字以上的名称" * 3,
        "<r><t>1</t></r>",
        '<r></r></is></c><c r="B9"><f>1+1</f></c><c t="inlineStr"><is><r></r>',
    ],
)
def test_a_service_keeps_its_name_in_a_workbook_whatever_it_is(name: str) -> None:
    raw = workbook(named("甲", name, "乙"))
    assert [row[:2] for row in rows_of(raw)[1:]] == [("甲", 1), (name, 2), ("乙", 3), ("合计", 6)]


def test_so_does_the_hall_itself() -> None:
    made = named("甲")
    raw = workbook(Sheet(made.table, made.names, "<r><t>厅</t></r>", 5))
    assert sheets_of(raw)[0]["A1"].value == "<r><t>厅</t></r>  达标：5 分钟以内"
    assert sheets_of(workbook(Sheet(made.table, made.names, "=1+1", 5)))[0]["A1"].data_type != "f"


def test_the_same_table_is_the_same_file() -> None:
    assert workbook(sheet()) == workbook(sheet())


@pytest.mark.usefixtures("nothing_beside")
def test_a_table_that_is_too_long_for_a_workbook_is_told_and_not_cut_short() -> None:
    made, file = named("甲"), io.BytesIO()
    rows: Iterator[Cells] = (() for _ in range(LONGEST_ROW - 2))

    def one_more() -> Iterator[Cells]:
        yield from rows
        yield "甲", 1

    with pytest.raises(TooManyRowsError, match=str(LONGEST_ROW + 1)):
        write_xlsx(file, made, one_more())
    assert not file.getvalue()


@pytest.mark.usefixtures("nothing_beside")
def test_what_is_stopped_half_way_leaves_no_file() -> None:
    made, file = named(*"甲乙丙"), io.BytesIO()

    def rows() -> Iterator[Cells]:
        yield "甲", 1
        raise StoppedError("已停止")

    with pytest.raises(StoppedError):
        write_xlsx(file, made, rows())
    assert not file.getvalue()


def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("zipfile.ZipFile.write", full)
    with pytest.raises(WorkbookError, match="磁盘已满"):
        workbook(sheet())
