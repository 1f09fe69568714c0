import pytest
import segno
from PySide6.QtGui import QColor

from tests.support.grab import grab, keep
from themes.icons import icon_names
from themes.loader import load_theme


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast"])
def test_the_kit_draws_in_every_theme(theme: str) -> None:
    code = segno.make("OW1:ABCDEFGH234567ABCDEFGH", error="m")
    rows = ["".join("1" if module else "0" for module in row) for row in code.matrix]
    picture = grab("tests/screens/controls/Kit.qml", None, {"icons": list(icon_names()), "codeRows": rows}, theme=theme)
    keep(picture, f"kit-{theme}")
    assert picture.pixelColor(5, 5) == QColor(load_theme(theme).colors.background)
    shown = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 9) for y in range(0, 600, 3)}
    colors = load_theme(theme).colors
    assert {color.lower() for color in (colors.primary, colors.focus, colors.calling, colors.negative)} <= shown
