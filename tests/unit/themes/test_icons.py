import logging
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QBitmap, QRegion

import themes.icons
from tests.support.grab import application
from themes.icons import icon_names, icon_svg
from themes.qml_theme import IconImages

FOLDER = Path(themes.icons.__file__).parent


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_is_drawn_by_the_rules_of_the_family(name: str) -> None:
    drawing = ET.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert drawing.attrib == {
        "viewBox": "0 0 32 32",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "2",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_shows_ink_and_keeps_clear_of_its_edges(name: str) -> None:
    application()
    picture = IconImages().requestImage(f"{name}/000000", QSize(), QSize(320, 320))
    ink = QRegion(QBitmap.fromImage(picture.createAlphaMask())).boundingRect()
    assert max(ink.width(), ink.height()) >= 120
    assert QRect(22, 22, 276, 276).contains(ink)


@pytest.mark.parametrize(("side", "width"), [(96, 2.0), (32, 2.0), (20, 3.2)])
def test_a_stroke_is_never_thinner_than_two_px(side: int, width: float) -> None:
    found = re.search(r'stroke-width="([\d.]+)"', icon_svg("home", "#0B4F8F", side).decode())
    assert found is not None
    assert float(found[1]) == width


def test_an_unknown_name_leaves_an_empty_square_and_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="onewindow.themes.icons"):
        drawing = icon_svg("unicorn", "#000000", 32).decode()
    assert "path" not in drawing
    assert "unicorn" in caplog.text
