"""Start a twin as a process and end it surely: what the demo and the tests hold in their hands."""

import json
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from devices.errors import DeviceMissing
from devices.simulation.control import Control


class TwinProcess:
    """A twin running as `python -m devices simulate KIND …`; started on construction.

    Attributes:
        address: Where a driver finds the twin (tty path or `host:port`).
        control: The client of its control port.

    Raises:
        DeviceMissing: The twin ended before it was ready; what it said went to standard error.
    """

    def __init__(self, kind: str, options: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "devices", "simulate", kind, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is for whoever holds it; the twin ends with its standard input
        )
        assert self._process.stdout is not None
        try:
            line = self._process.stdout.readline()
        except BaseException:  # Ctrl-C: one that is not ready yet would complain of its lost folder
            self._process.kill()
            self.stop()
            raise
        if not line:
            self.stop()
            raise DeviceMissing(f"设备模拟器 {kind} 没有启动，退出码 {self._process.returncode}")
        ready = json.loads(line)
        self.address: str = ready["address"]
        self.control = Control(ready["control"])

    @property
    def pid(self) -> int:
        """The process id, to watch or to kill."""
        return self._process.pid

    def stop(self, timeout_s: float = 5.0) -> int:
        """Close its standard input, wait, and kill it if it does not end; returns the exit status."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
