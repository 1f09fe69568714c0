from dataclasses import asdict, replace
from pathlib import Path

import pytest

from themes.errors import ThemeError
from themes.loader import FOLDER, load_theme, theme_names


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).mkdir()
    (folder / name / "theme.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "standard", (FOLDER / "standard" / "theme.toml").read_text(encoding="utf-8"))
    return tmp_path


def mistakes(name: str, folder: Path) -> tuple[str, ...]:
    with pytest.raises(ThemeError) as caught:
        load_theme(name, folder)
    return caught.value.mistakes


def test_the_four_themes_are_there_and_complete() -> None:
    assert theme_names() == ("high_contrast", "large_print", "night", "standard")
    for name in theme_names():
        assert load_theme(name).name == name


def test_large_print_changes_sizes_and_nothing_of_the_colours_but_muted_words() -> None:
    standard, large = load_theme("standard"), load_theme("large_print")
    assert large.colors == replace(standard.colors, text_muted=standard.colors.text)
    grown = {role for role, size in asdict(large.kiosk.size).items() if size > asdict(standard.kiosk.size)[role]}
    assert {"caption", "label", "body", "row", "title", "figure", "headline"} <= grown


def test_nothing_fades_where_the_reader_needs_calm() -> None:
    assert load_theme("standard").fade_ms in range(200, 251)
    assert load_theme("large_print").fade_ms == load_theme("high_contrast").fade_ms == 0


def test_a_city_changes_one_colour_and_inherits_the_rest(folder: Path) -> None:
    write(folder, "harbour", 'inherits = "standard"\n[colors]\nprimary = "#004060"\n')
    city, standard = load_theme("harbour", folder), load_theme("standard", folder)
    assert city.colors == replace(standard.colors, primary="#004060")
    assert city.kiosk == standard.kiosk


def test_all_mistakes_come_at_once_with_a_hint(folder: Path) -> None:
    write(
        folder,
        "harbour",
        'inherit = "standard"\ninherits = "standard"\n'
        '[colors]\nprimry = "#004060"\ntext = "black"\n[kiosk.size]\nbody = "big"\n',
    )
    assert mistakes("harbour", folder) == (
        "harbour：没有 inherit 这个设置，是不是想写 inherits？",
        "harbour：没有 colors.primry 这个角色，是不是想写 primary？",
        "harbour：colors.text 应是 #0B4F8F 这样的颜色，不是 'black'",
        "harbour：kiosk.size.body 应是从 0 起的整数，不是 'big'",
    )


def test_a_theme_without_ancestor_names_every_role_it_leaves_out(folder: Path) -> None:
    write(folder, "bare", 'fade_ms = 0\n[colors]\ntext = "#000000"\n')
    found = mistakes("bare", folder)
    assert "bare：colors.background 没有写" in found
    assert "bare：desk.space.ring 没有写" in found
    assert not any("colors.text " in line for line in found)


def test_a_circle_of_ancestors_is_named(folder: Path) -> None:
    write(folder, "a", 'inherits = "b"\n')
    write(folder, "b", 'inherits = "a"\n')
    assert mistakes("a", folder) == ("b：inherits 绕成了圈（a → b → a）",)


def test_an_unknown_theme_suggests_a_known_one(folder: Path) -> None:
    assert mistakes("standart", folder) == ("没有 standart 这个外观，是不是想写 standard？",)


@pytest.mark.parametrize(
    ("text", "start"),
    [("colors = 3\ninherits = 'standard'\n", "broken：colors 应是一个表"), ("[colors\n", "broken/theme.toml：")],
)
def test_a_file_of_the_wrong_shape_is_told_not_traced(folder: Path, text: str, start: str) -> None:
    write(folder, "broken", text)
    assert mistakes("broken", folder)[0].startswith(start)
