"""In an outage a clerk still reads what each citizen came for, and why a slip cannot be called yet.

With ONEWINDOW_PICTURES=DIR the pictures are kept there.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.support.window_desk import LONG_NAME, desk
from tests.support.window_outage import MARKED, STATES, make
from tests.support.window_screens import LOOKS, cut_off, desk_screen, item, keep, visible


def row_parts(rows: QQuickItem) -> list[tuple[QRectF, QRectF, list[QRectF]]]:
    """Of each row where it lies, the name of its item and its marks, in the row's own measures."""
    laid = []
    for row in visible(rows):
        if row.metaObject().className().startswith("TicketRow"):
            parts = [(each, row.mapRectFromItem(each, each.boundingRect())) for each in visible(row)]
            names = [at for each, at in parts if each.property("text") in {LONG_NAME, "社保卡申领"}]
            if not names:
                continue  # of the last row only the edge is in sight
            (name,) = names
            tags = [at for each, at in parts if each.metaObject().className().startswith("Tag")]
            laid.append((row.boundingRect(), name.adjusted(0, 0, 0, -1), tags))
    return laid


def rows_at_rest(rows: QQuickItem) -> list[tuple[QRectF, QRectF, list[QRectF]]]:
    """The same once every row is made: one at the edge begins without its marks."""
    for _ in range(50):
        laid = row_parts(rows)
        if all(tags for _, _, tags in laid):
            break
        QTest.qWait(20)
    return laid


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize(("theme", "language"), [*LOOKS, ("night", "zh")])
def test_what_a_citizen_came_for_is_read_whole_beside_every_mark(
    theme: str, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    hall = make(tmp_path, theme, language)
    hall.desk.arrived(desk(queue=MARKED, missed=MARKED))
    for tab in (0, 1):  # the missed have a button in each row as well
        hall.desk.browse(tab)
        with desk_screen(hall.both, theme, language, hall.outage, size) as screen:
            keep(screen, f"marks-{tab}-{size[0]}-{theme}-{language}")
            assert cut_off(screen) == []
            laid = rows_at_rest(item(screen, "list"))
            assert len(laid) >= 2  # in large print not all of them are in sight
            for row, name, tags in laid:
                assert tags
                assert [tag for tag in tags if not row.contains(tag) or tag.intersects(name)] == []


def test_a_slip_that_is_found_while_somebody_is_here_says_what_comes_first(tmp_path: Path) -> None:
    hall = make(tmp_path)
    STATES["slip-while-busy"](hall)
    with hall.screen() as screen:
        assert not item(screen, "call_slip").isEnabled()
        assert item(screen, "slip_why_not").property("text") == "先办完手上的 A023，再叫这个号"
        hall.desk.arrived(desk(queue=MARKED))
        assert item(screen, "call_slip").isEnabled()
        assert not screen.item("slip_why_not").isVisible()
