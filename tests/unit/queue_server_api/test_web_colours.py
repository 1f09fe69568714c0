"""The pages' colours are the themes' colours; no page loads anything from elsewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from queue_server.web import look
from tests.support.served_hall import ROOT

WEB = ROOT / "queue_server" / "web"


@pytest.mark.parametrize("name", ["standard", "night"])
def test_roles_have_the_colours_of_the_theme(name: str) -> None:
    theme = tomllib.loads((ROOT / "themes" / name / "theme.toml").read_text(encoding="utf-8"))["colors"]
    sheet = (look.FOLDER / f"{name}.css").read_text(encoding="utf-8")
    roles = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", sheet))
    assert len(roles) > 10
    assert roles == {role: theme[role.replace("-", "_")] for role in roles}


def _pages() -> list[Path]:
    return [path for path in WEB.rglob("*") if path.suffix in {".css", ".js", ".html", ".py"}]


@pytest.mark.parametrize("page", _pages(), ids=lambda path: str(path.relative_to(WEB)))
def test_a_page_names_roles_and_no_other_place(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    if page.suffix in {".css", ".html"} and page.name not in {"standard.css", "night.css"}:
        assert not re.findall(r"#[0-9A-Fa-f]{6}\b", text)
