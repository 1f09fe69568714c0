"""Start a twin as a process and end it surely: what the demo and the tests hold in their hands."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from devices.errors import DeviceMissing
from devices.signals import held_back
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
        with ExitStack() as unless_ready:
            with held_back():
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "devices", "simulate", kind, *options],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    process_group=0,  # Ctrl-C is for whoever holds it; the twin ends with its standard input
                )
                unless_ready.callback(self._abandon)
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
            if not line:
                self.stop()
                raise DeviceMissing(f"设备模拟器 {kind} 没有启动，退出码 {self._process.returncode}")
            ready = json.loads(line)
            self.address: str = ready["address"]
            self.control = Control(ready["control"])
            unless_ready.pop_all()

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

    def _abandon(self) -> None:
        self._process.kill()  # one that is not ready yet would complain of what it finds no more
        self.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
