"""`./onewindow panel` standing alone: it starts every twin, says where they are, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devices.registry import TWINS
from installer.rehearsal.panel.__main__ import main
from tests.support.grab import ROOT

_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def test_alone_it_starts_every_twin_and_ends_them_with_itself() -> None:
    panel = subprocess.Popen(
        [sys.executable, "-m", "installer.rehearsal.panel", "--language", "en"],
        cwd=ROOT,
        env=os.environ | _OFFSCREEN,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert panel.stdout is not None
    addresses = dict(panel.stdout.readline().split() for _ in TWINS)
    assert set(addresses) == set(TWINS)
    assert Path(addresses["id_card"]).is_symlink()
    assert panel.stdout.readline()  # on the screen now
    panel.send_signal(signal.SIGTERM)
    _, complaints = panel.communicate(timeout=30)
    assert (panel.returncode, complaints) == (0, "")
    assert not Path(addresses["id_card"]).is_symlink()


def test_a_wrong_address_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--id-card", "nowhere"])
    assert "应为 主机:端口" in capsys.readouterr().err
