from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF
from PySide6.QtQml import QQmlEngine, QQmlProperty

from tests.support.grab import ROOT, QmlWarningsError, Scale, Screen, application, grab
from themes.loader import load_theme
from themes.qml_theme import FAMILIES, install

CONTROLS = "themes/controls"
# What each control needs to exist at all; the rest of its properties has defaults.
NEEDS: dict[str, dict[str, Any]] = {
    "BarButton": {"icon": "home", "text": "首页"},
    "Card": {},
    "CountdownBar": {"value": 0.5},
    "Field": {"placeholder": "搜事项", "icon": "search"},
    "TileFoot": {"start": "前面 3 人", "end": "约 10–20 分钟", "kind": "plain"},
    "Figure": {"label": "前面还有", "value": "3 人"},
    "FocusRings": {},
    "FootBar": {},
    "Icon": {"name": "home"},
    "Key": {"text": "S"},
    "KeyName": {"text": "F9"},
    "ListRow": {"title": "社保卡申领", "caption": "前面 3 人"},
    "NumberPlate": {"text": "A023"},
    "NumberWords": {"text": "A023", "wanted": 60},
    "Picture": {"name": "umbrella"},
    "Pressable": {"words": "取号"},
    "PrimaryButton": {"text": "取号", "icon": "check"},
    "ProgressDots": {"count": 3, "present": 1},
    "QrImage": {"rows": ["101", "010", "111"]},
    "RaisedTile": {"words": "取号"},
    "SecondaryButton": {"text": "返回"},
    "Segments": {"options": ["我能办的", "全厅"], "present": 0},
    "ServiceTile": {"picture": "umbrella", "title": "社会保险", "captions": ["养老、失业", "社保卡"]},
    "StepMark": {"steps": ["选事项", "核身份", "取号"], "present": 1},
    "Strip": {"title": "网络断了", "caption": "取号照常", "kind": "caution"},
    "Tag": {"text": "优先", "kind": "positive"},
    "TextButton": {"text": "换一项"},
    "TickBox": {"ticked": True},
    "TopBand": {"title": "政务服务中心", "time": "09:42"},
    "Words": {"text": "您来办什么事？"},
}
PRESSED = ["BarButton", "Key", "ListRow", "PrimaryButton", "SecondaryButton", "ServiceTile", "TextButton", "TickBox"]


def public_controls() -> set[str]:
    lines = (ROOT / CONTROLS / "qmldir").read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines[1:] if not line.startswith("internal")}


def show(name: str, *, theme: str = "standard", scale: Scale = "kiosk", **more: Any) -> Screen:
    return Screen(f"{CONTROLS}/{name}.qml", (480, 160), NEEDS[name] | more, theme=theme, scale=scale)


def colors(screen: Screen, across: range, down: range) -> set[str]:
    picture = screen.picture()
    return {picture.pixelColor(x, y).name() for x in across for y in down}


class Clicks:
    """Counts the clicks of an item."""

    def __init__(self, item: Any) -> None:
        self.count = 0
        item.clicked.connect(self._count)

    def _count(self) -> None:
        self.count += 1


def test_every_public_control_is_tested_and_named_in_the_readme() -> None:
    readme = (ROOT / "themes/README.md").read_text(encoding="utf-8")
    assert public_controls() == set(NEEDS)
    assert {name for name in NEEDS if f"`{name}`" not in readme} == set()


@pytest.mark.parametrize("path", sorted((ROOT / CONTROLS).glob("*.qml")), ids=lambda path: path.stem)
def test_every_control_begins_with_its_purpose(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("/*\n    ")


@pytest.mark.parametrize("scale", ["kiosk", "desk"])
@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast", "night"])
@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_control_loads_without_complaint(name: str, theme: str, scale: Scale) -> None:
    with show(name, theme=theme, scale=scale) as screen:
        assert not screen.picture().isNull()


@pytest.mark.parametrize("name", PRESSED)
def test_a_press_counts_once_by_finger_and_by_each_key(name: str) -> None:
    with show(name) as screen:
        clicks = Clicks(screen.root)
        screen.click(screen.root)
        assert clicks.count == 1
        screen.root.forceActiveFocus()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            screen.key(key)
        assert clicks.count == 4


@pytest.mark.parametrize("name", PRESSED)
def test_nothing_happens_while_it_cannot_be_pressed(name: str) -> None:
    with show(name, enabled=False) as screen:
        clicks = Clicks(screen.root)
        screen.click(screen.root)
        screen.root.forceActiveFocus()
        screen.key(Qt.Key.Key_Return)
        assert clicks.count == 0


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast"])
def test_a_pressed_button_sinks_at_once_and_rises_again(theme: str) -> None:
    with show("PrimaryButton", theme=theme) as screen:
        fill, edge = screen.color("primary"), screen.color("primaryEdge")
        middle = screen.picture().width() // 4
        assert screen.picture().pixelColor(middle, 20) == fill
        assert screen.picture().pixelColor(middle, 158) == edge
        screen.press(screen.root)
        assert screen.picture().pixelColor(middle, 2) == screen.color("background")
        assert screen.picture().pixelColor(middle, 20) == edge
        screen.release(screen.root)
        assert screen.picture().pixelColor(middle, 20) == fill


def test_a_button_that_is_off_keeps_its_place_and_loses_its_edge() -> None:
    with show("SecondaryButton", enabled=False) as screen:
        assert screen.picture().pixelColor(140, 20) == screen.color("background")
        assert screen.color("edge").name() not in colors(screen, range(140, 141), range(160))


def test_focus_shows_two_rings_and_a_finger_leaves_none() -> None:
    with Screen("tests/screens/controls/OneButton.qml", (400, 200)) as screen:
        button = screen.item("button")
        screen.click(button)
        assert screen.color("focus").name() not in colors(screen, range(200, 201), range(60))
        screen.key(Qt.Key.Key_Tab)
        assert {screen.color("focus").name(), screen.color("text").name()} <= colors(screen, range(200, 201), range(60))


def test_the_whole_page_follows_one_property() -> None:
    with show("Card") as screen:
        assert screen.picture().pixelColor(240, 80) == QColor(load_theme("standard").colors.surface)
        screen.theme.setProperty("name", "high_contrast")
        assert screen.picture().pixelColor(240, 80) == QColor(load_theme("high_contrast").colors.surface)


def test_an_unusable_theme_is_reported_and_the_standard_look_stands_in(caplog: pytest.LogCaptureFixture) -> None:
    with show("Card", theme="no_such_city") as screen:
        assert screen.color("primary") == QColor(load_theme("standard").colors.primary)
    assert "no_such_city" in caplog.text


@pytest.mark.parametrize("scale", ["kiosk", "desk"])
def test_qml_knows_every_role_and_no_other(scale: Scale) -> None:
    application()
    engine = QQmlEngine()
    theme = install(engine, scale=scale)
    chosen = getattr(load_theme("standard"), scale)
    for group, values in {"color": load_theme("standard").colors, "size": chosen.size, "space": chosen.space}.items():
        for role, value in asdict(values).items():
            name = role.split("_")[0] + "".join(part.capitalize() for part in role.split("_")[1:])
            read = QQmlProperty(theme, f"{group}.{name}").read()
            assert (read.name().upper() if isinstance(read, QColor) else read) == value, f"{group}.{name}"


def test_measures_grow_with_the_unit_of_the_screen() -> None:
    application()
    engine = QQmlEngine()
    theme = install(engine)
    theme.setProperty("unit", 0.5)
    assert QQmlProperty(theme, "size.headline").read() == 40
    assert QQmlProperty(theme, "space.margin").read() == 32


def test_a_code_is_dark_on_white_in_whole_pixels_with_four_modules_of_quiet() -> None:
    picture = grab(f"{CONTROLS}/QrImage.qml", None, NEEDS["QrImage"] | {"side": 119.0}, theme="high_contrast")
    assert picture.width() == picture.height() == 110  # 11 modules of 10 px fit into 119
    dark = QColor(load_theme("high_contrast").colors.ink)
    read = ["".join(str(int(picture.pixelColor(x, y) == dark)) for x in range(5, 110, 10)) for y in range(5, 110, 10)]
    quiet = "0" * 11
    assert read == [*[quiet] * 4, "00001010000", "00000100000", "00001110000", *[quiet] * 4]


@pytest.mark.parametrize(
    ("number", "role"),
    [("A023", "number"), ("A1023", "numberMedium"), ("A2-104", "numberMedium"), ("A12-104", "numberLong")],
)
def test_a_number_is_as_large_as_its_count_of_signs_allows(number: str, role: str) -> None:
    with show("NumberPlate", text=number) as screen:
        assert screen.root.property("size") == QQmlProperty(screen.theme, f"size.{role}").read()


def test_a_match_is_marked_in_place_and_no_text_becomes_markup() -> None:
    with show("ListRow", title="<b>社保") as screen:
        plain = inked(screen)
        assert screen.color("primary").name() not in colors(screen, range(30, 60), range(40, 80))
    with show("ListRow", title="<b>社保", match=1) as screen:
        assert screen.color("primary").name() in colors(screen, range(30, 60), range(40, 80))
        assert inked(screen) == plain


def inked(screen: Screen) -> set[tuple[int, int]]:
    picture, ground = screen.picture(), screen.color("background")
    return {(x, y) for x in range(30, 300) for y in range(20, 140) if picture.pixelColor(x, y) != ground}


@pytest.mark.parametrize(
    ("name", "fitting", "first"),
    [("社保关系转移接续", 7, 4), ("灵活就业人员参保登记", 7, 6), ("社保卡申领", 7, None), ("社保卡A2补换领", 7, None)],
)
def test_a_long_name_breaks_after_an_even_count_near_its_middle(name: str, fitting: int, first: int | None) -> None:
    size = 40
    with Screen(f"{CONTROLS}/Words.qml", (fitting * size, 200), {"text": name, "size": size, "lines": 2}) as screen:
        room = fitting * size - screen.root.property("rightPadding")
        assert int(room / size) == (first or fitting)
        assert screen.root.property("lineCount") == (2 if len(name) > fitting else 1)


def test_a_name_too_long_for_its_lines_ends_in_an_ellipsis() -> None:
    name = "不动产抵押权首次登记（含在建建筑物抵押）"
    with Screen(f"{CONTROLS}/Words.qml", (320, 200), {"text": name, "size": 40, "lines": 2}) as screen:
        assert screen.root.property("lineCount") == 2
        assert screen.root.property("truncated")


def test_a_service_tile_tells_its_wait_in_its_foot_and_to_the_screen_reader() -> None:
    with (
        show("ServiceTile", captions=[], foot="前面 3 人", footEnd="约 10–20 分钟") as screen,
        show("ServiceTile", captions=[]) as bare,
    ):
        assert screen.root.property("words") == "社会保险, 前面 3 人, 约 10–20 分钟"
        assert screen.root.implicitHeight() > bare.root.implicitHeight()


def test_figures_have_one_width_so_that_clocks_do_not_jump() -> None:
    application()
    install(QQmlEngine())
    font = QFont(list(FAMILIES))
    font.setPixelSize(100)
    assert QFontInfo(font).family() in FAMILIES
    assert len({QFontMetricsF(font).horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_a_desk_field_takes_letters_and_tells_them() -> None:
    with show("Field", editable=True, scale="desk") as screen:
        heard: list[str] = []
        screen.root.edited.connect(heard.append)  # type: ignore[attr-defined]
        screen.click(screen.root)
        screen.key(Qt.Key.Key_A)
        assert heard == ["a"]


def test_segments_tell_which_view_was_chosen() -> None:
    with show("Segments") as screen:
        heard: list[int] = []
        screen.root.chosen.connect(heard.append)  # type: ignore[attr-defined]
        screen.key(Qt.Key.Key_Tab)
        screen.key(Qt.Key.Key_Tab)
        screen.key(Qt.Key.Key_Space)
        assert heard == [1]


def test_a_component_that_does_not_parse_is_an_error_not_a_blank_picture(tmp_path: Path) -> None:
    page = tmp_path / "Broken.qml"
    page.write_text("import QtQuick\nItem { width: }\n", encoding="utf-8")
    with pytest.raises(QmlWarningsError, match=r"Broken\.qml:2"):
        grab(page, (10, 10))


@pytest.mark.parametrize("number", ["A023", "A103-1001", "A99999-999999"])
def test_a_number_is_drawn_smaller_rather_than_cut(number: str) -> None:
    with show("NumberWords", text=number, wanted=120, room=300) as screen:
        assert screen.root.property("paintedWidth") <= 300
        assert not screen.root.property("truncated")
        assert (screen.root.property("size") == 120) == (number == "A023")
