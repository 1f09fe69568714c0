"""Kiosks that are killed and begin again: cheap ones forked from a prepared process, and the real program."""

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random

from devices.signals import held_back
from installer.rehearsal.faults import lone_kiosk
from installer.rehearsal.processes import Crew, Program, ProgramError

_AT_ONCE = 1 << 16
_PAUSE_S = 0.05
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([lone_kiosk.__name__])


@dataclass
class LoneLives:
    """One lone kiosk, life after life, each a process.

    Attributes:
        told: `DAY NUMBER` by ticket, of all its lives.
    """

    folder: Path
    server: str
    hall_key: bytes
    name: str
    told: dict[str, str] = field(default_factory=dict)
    _process: ForkServerProcess | None = None
    _lines: Connection | None = None

    def begin(self, seed: int) -> None:
        """A new life."""
        self._lines, out = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(
            target=_live, args=(self.folder, self.server, self.hall_key, self.name, seed, out), name=self.name
        )
        with held_back():
            self._process.start()
        out.close()

    def kill(self) -> int:
        """End it with signal 9; how many numbers it told."""
        if self._process is None or self._lines is None:
            return 0
        self._process.kill()
        self._process.join()
        self._process.close()
        said = b"".join(self._rest(self._lines))
        self._lines.close()
        self._process = self._lines = None
        before = len(self.told)
        for line in said.decode().splitlines():
            ticket, number = line.split(" ", 1)
            self.told[ticket] = number
        return len(self.told) - before

    @staticmethod
    def _rest(lines: Connection) -> Iterator[bytes]:
        while data := os.read(lines.fileno(), _AT_ONCE):
            yield data


def _live(folder: Path, server: str, hall_key: bytes, name: str, seed: int, out: Connection) -> None:
    lone_kiosk.live(folder, server, hall_key, name, seed, _PAUSE_S, out.fileno())


class HeadlessLives:
    """The real `kiosk --headless`, life after life, with the printer's twin beside it.

    Args:
        crew: Ends it at the latest.
        settings: The hall's settings file.
        services: What is asked for.

    Attributes:
        told: Number by ticket, of all its lives.
    """

    def __init__(self, crew: Crew, settings: Path, services: list[str]) -> None:
        self.told: dict[str, str] = {}
        self._crew = crew
        self._settings = settings
        self._services = services
        self._program: Program | None = None

    def begin(self) -> None:
        """A new life."""
        self._program = self._crew.start("kiosk", "kiosk", "--config", str(self._settings), "--headless")

    def order(self, dice: Random) -> None:
        """A citizen, with or without paper; nothing if it is not there."""
        if self._program is not None:
            with suppress(ProgramError):  # what it said before its end is read when it is killed
                self._program.tell(service=dice.choice(self._services), paper=dice.random() < 0.3)

    def kill(self) -> int:
        """End it with signal 9; how many numbers it told."""
        if self._program is None:
            return 0
        self._program.kill()
        given = {line["ticket"]: line["number"] for line in self._program.rest() if "number" in line}
        self._program = None
        self.told |= given
        return len(given)
