"""Starts the programs of a rehearsal as real processes and ends every one of them again, by id."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.signals import held_back
from hall.errors import WorldError

ROOT = Path(__file__).resolve().parents[2]
GRACE_SECONDS = 8.0


class ProgramError(WorldError):
    """A program of the rehearsal ended or went silent; the message names its log and shows its last lines."""

    code = "rehearsal.program"
    advice = "看日志里的最后几行，按提示处理后再运行"


class Program:
    """One process: JSON lines in, JSON lines out, its log in a file.

    Lines of standard output that are not JSON go to the log too. The process has a session of its own, so that a
    Ctrl-C reaches the rehearsal alone, which then ends its programs in order.
    """

    def __init__(
        self, name: str, arguments: Sequence[str], log: Path, environment: dict[str, str], within: Sequence[str] = ()
    ) -> None:
        self.name = name
        self.log = log
        self._log = log.open("ab")
        self._lines: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._process = subprocess.Popen(
            [*within, sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )
        threading.Thread(target=self._read, name=f"{name}-output", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def tell(self, **message: object) -> None:
        """Write one JSON line to the program.

        Raises:
            ProgramError: If it no longer listens.
        """
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise self._error("不再接收命令") from None

    def hear(self, key: str, seconds: float = 30.0) -> dict[str, Any]:
        """The next JSON line that has this key; others are passed over.

        Raises:
            ProgramError: If the program ends or says nothing in time.
        """
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                raise self._error(f"{seconds:.0f} 秒内没有回应（等待 {key}）") from None
            if line is None:
                raise self._error(f"已经退出（等待 {key}）")
            if key in line:
                return line

    def ask(self, key: str, **message: object) -> dict[str, Any]:
        """Tell and hear: one question, one answer."""
        self.tell(**message)
        return self.hear(key)

    def rest(self) -> list[dict[str, Any]]:
        """Everything it said until its end and nobody heard yet; it must have ended."""
        return list(iter(self._lines.get, None))

    def kill(self) -> None:
        """End it at once, as a power cut would (signal 9)."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, insist after a grace; returns its exit status."""
        self._end(signal.SIGTERM)
        return self._process.returncode

    def wait(self, seconds: float) -> int:
        """Wait until it ends by itself; returns its exit status.

        Raises:
            ProgramError: If it does not end in time.
        """
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise self._error(f"{seconds:.0f} 秒内没有结束") from None

    def _end(self, how: signal.Signals) -> None:
        if self.alive:
            self._process.send_signal(how)
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it died with something unsaid
                self._process.stdin.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for raw in self._process.stdout:
            try:
                line = json.loads(raw)
            except ValueError:
                line = None
            if isinstance(line, dict):
                self._lines.put(line)
            else:
                self._log.write(raw)
                self._log.flush()
        self._lines.put(None)
        self._process.stdout.close()
        self._process.wait()
        self._log.close()

    def _error(self, what: str) -> ProgramError:
        tail = self.log.read_text(errors="replace").splitlines()[-12:]
        return ProgramError("\n".join([f"{self.name} {what}。日志：{self.log}", *(f"    {line}" for line in tail)]))


class Crew:
    """All programs of one rehearsal; leaving ends them, last started first. No signal makes it forget one.

    Args:
        logs: Where their logs go; made if missing.
        environment: Added to their environment.
        within: A command that runs another, such as `ip netns exec NAME`, under the same process id.
    """

    def __init__(self, logs: Path, environment: dict[str, str] | None = None, within: Sequence[str] = ()) -> None:
        self._logs = logs
        self._within = within
        self._environment = environment or {}
        self._programs: list[Program] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *arguments: str) -> Program:
        """Start `python -m ARGUMENTS`; its log is NAME.log."""
        with held_back():
            program = Program(name, arguments, self._logs / f"{name}.log", self._environment, self._within)
            self._programs.append(program)
        return program

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with held_back():
            for program in reversed(self._programs):
                program.stop()

    @property
    def programs(self) -> tuple[Program, ...]:
        """Everything started so far, in order."""
        return tuple(self._programs)
