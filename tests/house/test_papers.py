"""The house explains itself: every room says what goes there, every public thing has its words, files stay small."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from installer.verbs import VERBS

ROOT = Path(__file__).parents[2]
ROOMS = ("hall", "devices", "queue_server", "kiosk", "window_client", "themes", "installer", "tests")
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
CODE = [name for name in TRACKED if name.endswith((".py", ".qml", ".js")) and (ROOT / name).exists()]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_goes_there(room: str) -> None:
    assert "What goes here" in (ROOT / room / "README.md").read_text()


PAPERS = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
DOCS = tuple(name for name in TRACKED if name.startswith("docs/") and name.endswith(".md"))


@pytest.mark.parametrize("paper", [*PAPERS, *DOCS])
def test_links_between_papers_lead_somewhere(paper: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / paper).read_text()):
        assert ((ROOT / paper).parent / target).exists(), f"{paper} points at {target}"


@pytest.mark.parametrize("paper", ["docs/promise.md", "docs/promise.zh-CN.md", "docs/technician.zh-CN.md"])
def test_every_command_a_paper_names_can_be_typed(paper: str) -> None:
    commands = re.findall(r"`\./onewindow ([^`]+)`", (ROOT / paper).read_text())
    assert commands
    for verb, *words in map(str.split, commands):
        assert verb in VERBS, f"{paper} names ./onewindow {verb}"
        for word in words:
            assert not word.startswith("tests/") or (ROOT / word).exists(), f"{paper} names {word}"


def test_both_languages_promise_the_same() -> None:
    proofs = [
        re.findall(r"`(\./onewindow [^`]+)`", (ROOT / f"docs/promise{end}").read_text()) for end in (".md", ".zh-CN.md")
    ]
    assert proofs[0] == proofs[1]


def test_public_names_exist() -> None:
    for name in CODE:
        if not name.endswith("__init__.py"):
            continue
        for node in ast.parse((ROOT / name).read_text()).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                listed = set(ast.literal_eval(node.value))
                package = import_module(name.removesuffix("/__init__.py").replace("/", "."))
                assert listed <= set(vars(package)), name


def test_nine_files_in_ten_stay_under_330_lines() -> None:
    lengths = sorted((len((ROOT / name).read_text().splitlines()), name) for name in CODE)
    assert lengths[len(lengths) * 9 // 10][0] <= 330, lengths[-10:]
    for length, name in lengths:
        if length > 400:
            head = (ROOT / name).read_text()[:1500]
            assert "long because" in head, f"{name} has {length} lines and no reason in its docstring"


def test_no_machine_path_and_no_package_host_is_written_down() -> None:
    forbidden = re.compile(
        r"(index-url|find-links)[ =]+[a-z]+:|https?://[^ ]*/(simple|packages)/|(^|[ \"=])/(work|farm)/", re.MULTILINE
    )
    this = str(Path(__file__).relative_to(ROOT))
    for name in TRACKED:
        path = ROOT / name
        if path.suffix in {".png", ".svg", ".wav"} or not path.is_file() or name == this:
            continue
        found = forbidden.search(path.read_text(errors="replace"))
        assert not found, f"{name}: {found}"


def test_the_standard_library_s_sqlite_is_nowhere() -> None:
    for name in CODE:
        if name.endswith(".py"):
            assert not re.search(r"^\s*(import|from) sqlite3", (ROOT / name).read_text(), re.MULTILINE), name
