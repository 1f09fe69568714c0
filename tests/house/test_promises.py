"""Promises all rooms keep alike: errors drawn in a tree, codes, settings described, READMEs that name every module."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from hall.errors import OneWindowError
from hall.settings import Settings

ROOT = Path(__file__).parents[2]
ROOMS = ("hall", "devices", "queue_server", "kiosk", "window_client", "themes", "installer")
MODULES = [path.relative_to(ROOT) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
READMES = [path.relative_to(ROOT) for room in ROOMS for path in sorted((ROOT / room).rglob("README.md"))]
CODE = re.compile(r'^    code = "([a-z_.]+)"$', re.MULTILINE)


def _all_below(root: type) -> Iterator[type]:
    for path in MODULES:
        if re.search(r"^class \w+\(\w*(Error|Settings|Config)\b", (ROOT / path).read_text(), re.MULTILINE):
            import_module(".".join(path.with_suffix("").parts))
    waiting = [root]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind is not root and kind.__module__.split(".")[0] in ROOMS:
            yield kind


def test_every_error_is_drawn_in_the_tree_of_its_room() -> None:
    found = {kind for kind in _all_below(OneWindowError) if not kind.__module__.startswith("installer.")}
    assert len(found) > 40
    for kind in found:
        above = (ROOT / kind.__module__.replace(".", "/")).parents
        tree = next(
            (folder / "errors.py" for folder in above if (folder / "errors.py").exists()), ROOT / "hall/errors.py"
        )
        drawn = import_module(".".join(tree.relative_to(ROOT).with_suffix("").parts)).__doc__ or ""
        assert re.search(rf"\b{kind.__name__}\b", drawn), f"{tree} does not draw {kind.__name__}"


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [code for path in MODULES for code in CODE.findall((ROOT / path).read_text())]
    assert sorted(codes) == sorted(set(codes))


def test_every_setting_says_what_it_is() -> None:
    found = set(_all_below(Settings))
    assert len(found) >= 6
    for model in found:
        assert issubclass(model, Settings)
        assert [name for name, field in model.model_fields.items() if not field.description] == [], model.__name__


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_a_readme_names_every_module_of_its_folder(readme: Path) -> None:
    text = (ROOT / readme).read_text()
    modules = {path.stem for path in (ROOT / readme.parent).glob("*.py")} - {"__init__", "__main__", "errors"}
    assert {name for name in modules if not re.search(rf"\b{name}\b", text)} == set()
