"""Every call of the disk fails once: each act is done again and again, one call later each time, until none is left.

After a failure the act is told as failed in our own words, and on disk there is all of it or nothing; the memory of the
programs agrees with the tables; and when the disk is well again the same act goes through.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hall.errors import BugError, OneWindowError
from installer.rehearsal.faults.cases import MANY_STEPS, ONE_STEP, Case, prepare
from installer.rehearsal.faults.disk import Disk, Trouble, rows
from installer.rehearsal.faults.pair import DATABASE, KIOSK, Pair, SteppingClock
from installer.rehearsal.faults.promises import broken, remembers, unsound
from installer.rehearsal.faults.report import Report
from installer.rehearsal.faults.scratch import scratch
from queue_server.link.ledger.database import FILE
from queue_server.store.records import Session

Picture = dict[str, list[tuple[Any, ...]]]
_SEED = 4
_ENDLESS = 2000
_EVERY = 10
"""Every so many calls everything is looked through, not only what the act concerns."""


@dataclass(frozen=True)
class Way:
    """In what way a call fails."""

    trouble: Trouble
    lasting: bool = False
    too_late: bool = False

    def __str__(self) -> str:
        return f"{self.trouble}{' for good' if self.lasting else ''}{' after it was done' if self.too_late else ''}"


SHORT = (Way(Trouble.IO_ERROR),)
WAYS = (
    *SHORT,
    Way(Trouble.IO_ERROR, lasting=True),
    Way(Trouble.IO_ERROR, too_late=True),
    Way(Trouble.FULL),
    Way(Trouble.FULL, lasting=True),
    Way(Trouble.READ_ONLY, lasting=True),
)


def nth_call(ways: Sequence[Way] = WAYS, only: Sequence[str] = ()) -> Report:
    """Let every call of every act fail.

    Args:
        ways: In which ways.
        only: Only these cases, without the programs' start.
    """
    report = Report("nth-call", {"cases": 0, "calls_failed": 0, "clean": 0, "whole": 0, "unharmed": 0})
    with scratch() as folder:
        template = Template(folder / "template")
        for name, case in {**ONE_STEP, **MANY_STEPS}.items():
            if only and name not in only:
                continue
            report.count("cases")
            for way in ways:
                _Loop(template, name, case, way, folder / "run", report).run()
        for way in () if only else ways:
            _opening(template, way, folder / "run", report)
    return report


class Template:
    """A pair with a past, closed, to be copied for every try."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clock = SteppingClock()
        pair = Pair(folder, clock, _SEED)
        prepare(pair)
        pair.close()
        self.passed_us = clock.passed_us
        self.sessions: list[Session] = pair.sessions
        self.told = pair.told

    def copy(self, folder: Path) -> None:
        """Lay it out anew."""
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
        shutil.copytree(self.folder, folder)

    def open(self, folder: Path) -> Pair:
        """Open a copy as programs open what they find."""
        pair = Pair(folder, SteppingClock(self.passed_us), _SEED + 1, bare=True)
        pair.sessions = list(self.sessions)
        return pair


class _Loop:
    """One act, failing in one way at every call."""

    def __init__(self, template: Template, name: str, case: Case, way: Way, folder: Path, report: Report) -> None:
        self._template = template
        self._name = name
        self._case = case
        self._way = way
        self._folder = folder
        self._report = report
        self._whole: Picture = {}

    def run(self) -> None:
        """Until no call is left to fail."""
        self._whole = self._unharmed()
        for at in range(1, _ENDLESS):
            found, refused = self._try(at)
            self._report.breaches += [f"{self._name}, {self._way}, call {at}: {breach}" for breach in found]
            if not refused:
                return
            self._report.count("calls_failed")

    def _unharmed(self) -> Picture:
        self._template.copy(self._folder)
        pair = self._template.open(self._folder)
        self._case(pair)()
        pair.close()
        return picture(self._folder)

    def _try(self, at: int) -> tuple[list[str], int]:
        self._template.copy(self._folder)
        with Disk(self._folder) as disk:
            pair = self._template.open(self._folder)
            try:
                act = self._case(pair)
                before = picture(self._folder)
                disk.refuse(at, self._way.trouble, lasting=self._way.lasting, too_late=self._way.too_late)
                failed, found = _outcome(act)
                disk.mend()
                refused = disk.refused
                found += self._judged(before, failed=failed)
                found += self._goes_on(pair, act, everything=at % _EVERY == 0 or not refused)
            finally:
                pair.close()
            found += unsound(self._folder)
        return found, refused

    def _judged(self, before: Picture, *, failed: bool) -> list[str]:
        after = picture(self._folder)
        if self._name in MANY_STEPS:
            return []
        if not failed:
            self._report.count("unharmed")
            return [] if after == self._whole else [f"done, but not all of it: {_apart(after, self._whole)}"]
        for kind, wanted in (("clean", before), ("whole", self._whole)):
            if after == wanted:
                self._report.count(kind)
                return []
        return [f"half done: {_apart(after, before)}"]

    def _goes_on(self, pair: Pair, act: Any, *, everything: bool) -> Iterator[str]:
        failed, found = _outcome(act)
        yield from found
        if failed:
            yield "it fails although the disk is well again"
        try:
            yield from remembers(pair)
            if everything:
                yield from broken(pair, pair.told)
        except OneWindowError as error:
            yield f"afterwards {type(error).__name__}: {error}"


def _outcome(act: Any) -> tuple[bool, list[str]]:
    """Whether it failed, and what is wrong with the way it did."""
    try:
        act()
    except BugError as error:
        return True, [f"taken for a defect of ours: {error}"]
    except OneWindowError:
        return True, []
    except Exception as error:
        return True, [f"not an error of ours: {type(error).__name__}: {error}"]
    return False, []


def _opening(template: Template, way: Way, folder: Path, report: Report) -> None:
    """The programs' start, on what they left and on an empty disk."""
    for name, at_first in (("start", False), ("first start", True)):
        report.count("cases")
        for at in range(1, _ENDLESS):
            template.copy(folder)
            if at_first:
                shutil.rmtree(folder)
                folder.mkdir()
            failed, found, refused = _start(template, folder, at, way)
            if not found and (at % _EVERY == 0 or not refused):
                pair = template.open(folder)
                found = list(broken(pair, pair.told if at_first else template.told))
                pair.close()
            report.breaches += [f"{name}, {way}, call {at}: {breach}" for breach in found]
            if not refused:
                break
            report.count("calls_failed")
            report.count("clean" if failed else "unharmed")


def _start(template: Template, folder: Path, at: int, way: Way) -> tuple[bool, list[str], int]:
    """Start with one call refused, then once more on a disk that is well."""
    opened: list[Pair] = []
    with Disk(folder) as disk:
        disk.refuse(at, way.trouble, lasting=way.lasting, too_late=way.too_late)
        failed, found = _outcome(lambda: opened.append(template.open(folder)))
        disk.mend()
        for pair in opened:
            pair.close()
        again, more = _outcome(lambda: template.open(folder).close())
    return failed, [*found, *more, *(["it fails although the disk is well again"] if again else [])], disk.refused


def picture(folder: Path) -> Picture:
    """Everything in both databases, read from a copy so that nobody's file is touched."""
    with scratch() as aside:
        shutil.copytree(folder, aside, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*-shm"))
        found = {f"kiosk {name}": content for name, content in rows(aside / KIOSK / FILE).items()}
        return found | {f"server {name}": content for name, content in rows(aside / DATABASE).items()}


def _apart(one: Picture, other: Picture) -> str:
    return "、".join(name for name in sorted({*one, *other}) if one.get(name) != other.get(name))
