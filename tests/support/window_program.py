"""The window client with its screens as a real process that is played step by step."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.served_hall import PIN, ServedHall, clerk_of
from tests.support.window_desk import ROOT

WINDOW = 3


class Played:
    """The program with `--play -`: one step in, one answer out."""

    def __init__(self, hall: ServedHall, folder: Path, more: str = "") -> None:
        settings = folder / "hall.toml"
        settings.write_text(
            f'[window]\nnumber = {WINDOW}\nhall_key = "{hall.settings.hall_key}"\nserver = "{hall.address}"\n{more}'
        )
        self.log = (folder / "window.log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "window_client", "--config", str(settings), "--play", "-"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.hear() == {"ready": "window"}

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def do(self, **step: object) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        return self.hear()

    def must(self, **step: object) -> dict[str, Any]:
        answer = self.do(**step)
        assert answer["ok"], answer
        return answer

    def see(self, name: str) -> object:
        return self.must(see=name)["value"]

    def sign_in(self) -> None:
        self.must(wait="sign_in")
        self.must(enter=clerk_of(WINDOW))
        self.must(key="Return")
        self.must(enter=PIN)
        self.must(tap="sign_in")
        self.must(wait="desk")
        self.must(wait="online")
        self.must(wait="idle")

    def end(self) -> int:
        """No more steps; the exit status."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(20)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        for pipe in (self.process.stdin, self.process.stdout, self.log):
            assert pipe is not None
            pipe.close()
