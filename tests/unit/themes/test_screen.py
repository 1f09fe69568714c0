"""A program without a screen says so in words instead of leaving it to Qt."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from themes.screen import has_screen

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("environment", "platform", "screen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_where_there_is_a_screen(environment: dict[str, str], platform: str, *, screen: bool) -> None:
    assert has_screen(environment, platform) is screen


@pytest.mark.parametrize(("program", "table"), [("kiosk", 'name = "k1"\ndata = "d"'), ("window_client", "number = 3")])
def test_both_programs_say_so(tmp_path: Path, program: str, table: str) -> None:
    key = tmp_path / "hall.key"
    key.write_text("5a" * 32)
    key.chmod(0o600)
    settings = tmp_path / "hall.toml"
    name = program.removesuffix("_client")
    settings.write_text(f'[{name}]\n{table}\nhall_key = "hall.key"\nserver = "http://127.0.0.1:9"\n', "utf-8")
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    result = subprocess.run(
        [sys.executable, "-m", program, "--config", settings],
        cwd=ROOT, env=bare, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1
    assert "没有屏幕" in result.stderr
    assert "Qt" not in result.stderr.replace("QT_", "")
