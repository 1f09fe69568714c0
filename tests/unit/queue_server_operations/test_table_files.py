"""Exports that a spreadsheet opens with the right figures, and in which no cell runs."""

import csv
import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from hall.clock import MINUTE_US
from hall.figures import FIGURES
from hall.grouping import Table, grouping
from hall.tally import Tally
from queue_server.operations.csv_file import csv_lines
from queue_server.operations.sheet import Sheet
from queue_server.operations.xlsx_file import write_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = {"one": "=1+1", "two": '=HYPERLINK("x","y"),\n<b>&', "three": "@SUM(A1)", "four": "-2", "five": "\x00\x01坏"}


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


def test_in_a_workbook_they_stay_words_and_there_is_no_formula() -> None:
    made, file = sheet(), io.BytesIO()
    write_xlsx(file, made, made.rows())
    with zipfile.ZipFile(file) as pack:
        assert pack.testzip() is None
        texts = {name: pack.read(name).decode() for name in pack.namelist()}
    table = ET.fromstring(texts["xl/worksheets/sheet1.xml"])
    assert not list(table.iter(f"{MAIN}f"))
    words = [cell for cell in table.iter(f"{MAIN}c") if cell.findtext(f"{MAIN}is/{MAIN}t") == "=1+1"]
    assert [cell.get("t") for cell in words] == ["inlineStr"]
    rows = [[cell.findtext(f"{MAIN}v") for cell in row] for row in table.iter(f"{MAIN}row")]
    assert rows[-1][1:4] == ["15", "10", "5.75"]  # all together
    how = ET.fromstring(texts["xl/worksheets/sheet2.xml"])
    told = [cell.text for cell in how.iter(f"{MAIN}t")]
    assert all(figure.formula in told for figure in FIGURES)
    for name, text in texts.items():
        assert not re.search("[\x00-\x08]", text), name
        ET.fromstring(text)


def test_the_same_table_is_the_same_file() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_xlsx(file, sheet(), sheet().rows())
    assert files[0].getvalue() == files[1].getvalue()
