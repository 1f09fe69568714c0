"""Breaks the way to the paper at a byte: the printer's line, its power, or the kiosk itself; and looks at the paper.

`python -m tests.support.paper_kills [--step N]` does every Nth byte of a slip (1: all of them) in all three ways.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from devices.printer import Profile
from devices.printer.simulator import PrinterSimulator
from kiosk.journey import Page, Paper
from tests.support.paper_kiosk import PaperKiosk, pieces_of

_ROOT = Path(__file__).parents[2]
_PROFILE = Profile(qr="native")
_DAY = 100  # citizens
CONVERSATION = 1400  # bytes a printer hears of a slip with a native code, questions included; the last few are none


def break_line(folder: Path, positions: Iterable[int], *, power: bool) -> int:
    """Break the printer's line, perhaps with its power, at each of these bytes of a citizen's slip; how often it broke.

    Raises:
        AssertionError: Somebody is left without number, a number is given twice, or paper is not what it should be.
    """
    twin = PrinterSimulator()
    twin.start()
    kiosk = PaperKiosk(folder, f"tcp:{twin.address}", _PROFILE)
    numbers: list[str] = []
    printed: list[str] = []
    try:
        for position in positions:
            twin.act("cut_connection", {"after_bytes": position, "power": power})
            seen = kiosk.take()
            assert seen.number
            assert seen.page is (Page.NUMBER if seen.paper is Paper.PRINTED else Page.PAPER_OUT)
            numbers.append(seen.number)
            if seen.paper is Paper.PRINTED:
                printed.append(seen.number)
            while seen.paper is not Paper.PRINTED:
                _recover(kiosk)
                seen = kiosk.take_again()
            _recover(kiosk)
        found = pieces_of(twin)
    finally:
        kiosk.close()
        twin.stop()
    assert len(numbers) == len(set(numbers))
    assert len(found.whole) == len(set(found.whole)), "two unmarked slips of one number"
    assert set(printed) <= set(found.whole)
    assert set(numbers) - set(printed) <= set(found.copies)
    return len(numbers) - len(printed)


def kill_kiosk(folder: Path, positions: Iterable[int]) -> int:
    """Kill the kiosk when its printer has heard so many bytes of its life; how often a slip was in doubt after that.

    Raises:
        AssertionError: As above.
    """
    twin = _Deadly()
    twin.start()
    numbers: list[str] = []
    asked: set[str] = set()
    try:
        for turn, position in enumerate([*positions, None]):
            with _Life(folder, twin) as life:
                if position is not None and turn % 2:
                    twin.kill_at(position, life.pid)  # while it opens the printer, answers a doubt or prints
                for number in life.begin():
                    asked.add(number)
                    if number not in numbers:
                        numbers.append(number)  # killed before its citizen could see it: now it is on the screen
                    life.again()
                if position is not None and not turn % 2:
                    twin.kill_at(position, life.pid)
                numbers += life.take()
        found = pieces_of(twin)
    finally:
        twin.stop()
    assert len(numbers) == len(set(numbers)), "one number for two citizens"
    assert len(found.whole) == len(set(found.whole)), "two unmarked slips of one number"
    assert set(found.copies) == asked
    assert set(numbers) == set(found.whole) | asked
    return len(asked)


def _recover(kiosk: PaperKiosk) -> None:
    """As the supervisor does, until the printer is well."""
    while kiosk.look().problem:
        kiosk.open()


class _Deadly(PrinterSimulator):
    """A twin that kills a process at a byte, and hears nothing of what that process had still sent."""

    def __init__(self) -> None:
        super().__init__()
        self._left: int | None = None
        self._pid = 0
        self._deaf = False

    def kill_at(self, position: int, pid: int) -> None:
        """Kill this process when so many bytes were heard."""
        self._left, self._pid = position, pid

    def spare(self) -> None:
        """The process is gone: hear the next one."""
        self.act("cut_connection", {})
        self._left, self._deaf = None, False

    def _hear(self, data: bytes) -> None:
        if self._deaf:
            return
        if self._left is None:
            super()._hear(data)
            return
        let_in = data[: self._left]
        self._left -= len(let_in)
        self._deaf = not self._left
        super()._hear(let_in)
        if self._deaf:
            os.kill(self._pid, signal.SIGKILL)


class _Life:
    """One life of a kiosk in a process of its own."""

    def __init__(self, folder: Path, twin: _Deadly) -> None:
        self._twin = twin
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.paper_child", str(folder), f"tcp:{twin.address}"],
            cwd=_ROOT,
            env=os.environ | {"PYTHONPATH": str(_ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        self._twin.spare()

    def begin(self) -> list[str]:
        """The numbers it asks about; none too if it was killed before it could ask."""
        first = self.hear()
        return [] if first is None else first["in_doubt"]

    def again(self) -> None:
        """重打 at the question that is on the screen."""
        self._order("again")
        seen = self.hear()
        assert seen is None or seen["paper"] == "printed", seen

    def take(self) -> list[str]:
        """Let a citizen take a number; the number, if it was ever on the screen."""
        self._order("take")
        given = self.hear()
        seen = self.hear() if given else None
        assert seen is None or seen["paper"] == "printed", seen
        return given or []

    def _order(self, line: str) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def hear(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None


def main() -> None:
    """Every Nth byte, all three ways."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="every Nth byte")
    positions = range(1, CONVERSATION, parser.parse_args().step)
    cut, powered, asked = 0, 0, 0
    for at in range(0, len(positions), _DAY):  # a day's numbers have an end
        with tempfile.TemporaryDirectory() as folder:
            day = positions[at : at + _DAY]
            cut += break_line(Path(folder) / "cut", day, power=False)
            powered += break_line(Path(folder) / "powered", day, power=True)
            asked += kill_kiosk(Path(folder) / "killed", day)
            _say(f"{at + len(day)} of {len(positions)} bytes: all well")
    _say(f"line cut {cut} slips, power {powered}; {asked} asked about after a kill of the kiosk")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
