"""Reads `<folder>/<name>/theme.toml` into a `Theme`, following `inherits` and reporting all mistakes together."""

import difflib
import re
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from themes.errors import ThemeError
from themes.tokens import Colors, Scale, Sizes, Spaces, Theme

FOLDER = Path(__file__).parent
_COLOR = re.compile(r"#[0-9A-F]{6}")
_SECTIONS = {
    ("colors",): Colors,
    ("kiosk", "size"): Sizes,
    ("kiosk", "space"): Spaces,
    ("desk", "size"): Sizes,
    ("desk", "space"): Spaces,
}
_TOP = ("inherits", "fade_ms", "colors", "kiosk", "desk")


def theme_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Names of all themes in the folder, sorted."""
    return tuple(sorted(file.parent.name for file in folder.glob("*/theme.toml")))


@cache
def load_theme(name: str, folder: Path = FOLDER) -> Theme:
    """The named theme, complete.

    Args:
        name: Name of a folder that holds a `theme.toml`.
        folder: Where the theme folders are; a city may keep its own outside the product.

    Raises:
        ThemeError: With every mistake of the file and of those it inherits from.
    """
    mistakes: list[str] = []
    values = _values(name, folder, (), mistakes)
    if not mistakes:
        mistakes += [f"{name}：{_place(*missing)} 没有写" for missing in _missing(values)]
    if mistakes:
        raise ThemeError(name, tuple(mistakes))
    return Theme(
        name=name,
        fade_ms=values[("fade_ms",)],
        colors=Colors(**_section(values, "colors")),
        kiosk=_scale(values, "kiosk"),
        desk=_scale(values, "desk"),
    )


def _scale(values: dict[tuple[str, ...], Any], kind: str) -> Scale:
    return Scale(Sizes(**_section(values, kind, "size")), Spaces(**_section(values, kind, "space")))


def _section(values: dict[tuple[str, ...], Any], *path: str) -> dict[str, Any]:
    return {key[-1]: value for key, value in values.items() if key[:-1] == path}


def _missing(values: dict[tuple[str, ...], Any]) -> list[tuple[str, ...]]:
    wanted = [("fade_ms",)] + [(*path, field.name) for path, kind in _SECTIONS.items() for field in fields(kind)]
    return [key for key in wanted if key not in values]


def _values(name: str, folder: Path, heirs: tuple[str, ...], mistakes: list[str]) -> dict[tuple[str, ...], Any]:
    """Everything the theme sets, its ancestors' values first."""
    if name in heirs:
        mistakes.append(f"{heirs[-1]}：inherits 绕成了圈（{' → '.join((*heirs, name))}）")
        return {}
    try:
        data = tomllib.loads((folder / name / "theme.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = theme_names(folder)
        mistakes.append(f"没有 {name} 这个外观{_hint(name, known)}")
        return {}
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        mistakes.append(f"{name}/theme.toml：{error}")
        return {}
    mistakes += [f"{name}：没有 {key} 这个设置{_hint(key, _TOP)}" for key in data if key not in _TOP]
    parent = data.get("inherits")
    values = {} if parent is None else _values(str(parent), folder, (*heirs, name), mistakes)
    if "fade_ms" in data:
        _check_number(name, ("fade_ms",), data["fade_ms"], mistakes)
        values[("fade_ms",)] = data["fade_ms"]
    for path, kind in _SECTIONS.items():
        _read_section(name, path, kind, data, values, mistakes)
    return values


def _read_section(
    name: str,
    path: tuple[str, ...],
    kind: type[Colors | Sizes | Spaces],
    data: dict[str, Any],
    values: dict[tuple[str, ...], Any],
    mistakes: list[str],
) -> None:
    section: Any = data
    for step in path:
        section = section.get(step, {}) if isinstance(section, dict) else None
    if not isinstance(section, dict):
        mistakes.append(f"{name}：{_place(*path)} 应是一个表")
        return
    roles = [field.name for field in fields(kind)]
    for role, value in section.items():
        place = (*path, role)
        if role not in roles:
            mistakes.append(f"{name}：没有 {_place(*place)} 这个角色{_hint(role, roles)}")
        elif kind is not Colors:
            _check_number(name, place, value, mistakes)
        elif not (isinstance(value, str) and _COLOR.fullmatch(value)):
            mistakes.append(f"{name}：{_place(*place)} 应是 #0B4F8F 这样的颜色，不是 {value!r}")
        values[place] = value


def _check_number(name: str, place: tuple[str, ...], value: object, mistakes: list[str]) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        mistakes.append(f"{name}：{_place(*place)} 应是从 0 起的整数，不是 {value!r}")


def _place(*path: str) -> str:
    return ".".join(path)


def _hint(word: str, known: "tuple[str, ...] | list[str]") -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"，是不是想写 {close[0]}？" if close else f"；有的是：{'、'.join(known) or '无'}"
