"""The demo without --once: plays a visit where there is no screen, stays, and ends every program at Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.flows.conftest import ROOT


def test_ctrl_c_ends_every_process_it_started(tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "installer", "demo", "--out", tmp_path],
        cwd=ROOT, env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert demo.stdout is not None
        said = ""
        for line in demo.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        assert re.search(r"叫号屏 +http://127\.0\.0\.1:\d+/board", said), said
        assert "没有屏幕" in said
        assert "号办完" in said
        started = children_of(demo.pid)
        assert started
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
        assert not [pid for pid in started if Path(f"/proc/{pid}/cmdline").exists() and alive(pid)]
    finally:
        if demo.poll() is None:
            demo.terminate()
            demo.wait(30)
        demo.stdout.close()  # type: ignore[union-attr]


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
