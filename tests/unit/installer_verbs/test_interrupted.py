"""Ctrl-C at any verb: status 130, at most a line, and no program's insides on the screen, a worker's neither."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.served_hall import ROOT, make_hall


def heard() -> None:
    """Whoever runs the tests in the background ignores Ctrl-C; a terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(folder: Path, *words: str, at: str, modules: bool = False) -> str:
    """Type Ctrl-C to `./onewindow` once it has said something (or has loaded a module); what it said on from there."""
    keyboard, typed = pty.openpty()
    options = ["-X", "importtime"] if modules else []
    process = subprocess.Popen(
        [sys.executable, *options, "-m", "installer", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=heard,
    )
    os.close(typed)
    assert process.stdout is not None
    said = b""
    with process:
        while at not in said.decode(errors="ignore"):
            more = os.read(process.stdout.fileno(), 1 << 16)
            assert more, said.decode()
            said += more
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=60)[0]
        os.close(keyboard)
    words_left = (said + rest).decode()
    assert process.returncode == 130, words_left
    assert "Traceback" not in words_left
    return words_left


@pytest.mark.parametrize("words", [["backup", "now"], ["journal", "verify"]])
def test_at_the_question_for_the_pin(tmp_path: Path, words: list[str]) -> None:
    said = interrupted(tmp_path, *words, "--server", "http://127.0.0.1:1", "--staff", "1001", at="1001 的口令：")
    assert said.split() == ["1001", "的口令：", "已中断"]


def test_while_the_server_loads(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    settings = tmp_path / "hall.toml"
    settings.write_text(
        f'[server]\nhall_id = "{made.hall_id}"\ndata = "{made.data}"\nhall_key = "{made.hall_key}"\nport = 0\n'
    )
    said = interrupted(tmp_path, "server", "--config", str(settings), at="starlette", modules=True)
    assert said.endswith("已中断\n")


@pytest.mark.parametrize("at", ["shibokensupport.signature.mapping", "PySide6.QtCore", "hall.errors"])
def test_while_the_panel_loads(tmp_path: Path, at: str) -> None:
    said = interrupted(tmp_path, "panel", at=at, modules=True)
    assert [line for line in said.splitlines() if not line.startswith("import time:")] == ["", "已中断"]


def test_while_the_panel_starts_its_twins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    said = interrupted(tmp_path, "panel", at="id_card ")  # the next twin is loading its modules now
    assert said.split()[2:] == ["已中断"]  # after the first twin's name and place


def test_a_kiosk_without_a_screen(tmp_path: Path) -> None:
    settings = kiosk_settings(tmp_path)
    said = interrupted(tmp_path, "kiosk", "--config", str(settings), "--headless", at="onewindow.")
    assert said.endswith("已中断\n")


@pytest.mark.parametrize("at", ["shibokensupport.signature.mapping", "PySide6.QtCore"])
def test_while_the_kiosk_loads_its_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    said = interrupted(tmp_path, "kiosk", "--config", str(kiosk_settings(tmp_path)), at=at, modules=True)
    assert said.endswith("已中断\n")


def kiosk_settings(tmp_path: Path) -> Path:
    made = make_hall(tmp_path / "hall")
    settings = tmp_path / "kiosk.toml"
    settings.write_text(
        f'[kiosk]\nname = "k"\nnumber = 1\ndata = "k"\nhall_key = "{made.hall_key}"\nserver = "http://127.0.0.1:1"\n'
    )
    return settings


def test_the_workers_of_a_long_run_say_nothing_either(tmp_path: Path) -> None:
    script = (  # as the simulator's, with a word when a worker is at work
        "import os, runpy, sys, time, types\n"
        "from installer.rehearsal.hall_sim.many import workers\n"
        "def work(_): os.write(1, b'at work'); time.sleep(60)\n"
        "def main(_):\n"
        "    with workers(2) as crew: list(crew.map(work, range(9)))\n"
        "sys.modules['installer.rehearsal.hall_sim.__main__'] = types.SimpleNamespace(main=main)\n"
        "sys.argv = ['installer', 'sim']\n"
        "runpy.run_module('installer', run_name='__main__')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=heard,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(7) == b"at work"
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 130
    assert said.replace("at work", "").strip() == "已中断"
