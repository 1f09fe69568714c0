"""Who may import whom: the contracts are kept, and a breach is really reported."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).parent / "lint-imports"
ROOMS = ("hall", "devices", "queue_server", "kiosk", "window_client", "themes", "installer")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=root, capture_output=True, text=True, timeout=100, check=False)


def test_the_contracts_are_kept() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        (
            "kiosk/issuing.py",
            "from queue_server.store import database",
            "of the server, kiosk and window see only the link",
        ),
        ("hall/ticket.py", "import PySide6.QtCore", "hall knows nobody"),
        ("devices/supervisor.py", "import kiosk.app", "devices and themes stand apart"),
        ("queue_server/api/problems.py", "import peewee", "one door each"),
    ],
)
def test_a_deliberate_breach_is_reported(tmp_path: Path, file: str, line: str, contract: str) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.png", "*.svg"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    breached = tmp_path / file
    breached.write_text(f"{line}\n{breached.read_text()}")
    result = lint(tmp_path)
    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if "BROKEN" in row]
    assert any(contract in row for row in broken), broken
