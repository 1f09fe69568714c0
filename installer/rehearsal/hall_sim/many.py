"""Many seeds on all cores, and what they add up to."""

import gc
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from installer.rehearsal.hall_sim.run import Run, Verdict
from installer.rehearsal.hall_sim.script import FAULTS, write

AGAIN = 100
"""One seed in so many is played twice; the hashes must agree."""


@dataclass
class Total:
    """What many seeds added up to.

    Attributes:
        hash: Over the hashes of all seeds.
        violations: Seed, promise and words of each broken promise.
        unsteady: Seeds that were not the same the second time.
    """

    seeds: int = 0
    steps: int = 0
    tickets: int = 0
    hash: str = ""
    violations: list[dict[str, Any]] = field(default_factory=list)
    unsteady: list[int] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(FAULTS, 0)))
    coverage: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """As data for a program."""
        return {
            "seeds": self.seeds,
            "steps": self.steps,
            "tickets": self.tickets,
            "violations": self.violations,
            "unsteady": self.unsteady,
            "faults": dict(sorted(self.faults.items())),
            "coverage": dict(sorted(self.coverage.items())),
            "hash": self.hash,
        }


def play(seed: int, steps: int) -> Verdict:
    """One seed."""
    gc.disable()  # a world is one great knot that is thrown away whole; looking through it meanwhile finds nothing
    try:
        return Run(write(seed, steps)).play(steps)
    finally:
        gc.enable()


def play_all(
    seeds: range, steps: int, processes: int | None = None, told: Callable[[Total], None] | None = None
) -> Total:
    """Play seeds on so many processes, one per core unless told otherwise.

    Args:
        seeds: Which.
        steps: Events per seed before the faults stop.
        processes: 1 stays in this process.
        told: Hears after each seed what there is so far.
    """
    total, digest = Total(), hashlib.blake2b(digest_size=16)
    for seed, verdict, again in _verdicts(seeds, steps, processes or os.cpu_count() or 1):
        total.seeds += 1
        total.steps += verdict.steps
        total.tickets += verdict.tickets
        total.faults += verdict.faults
        total.coverage += verdict.coverage
        digest.update(verdict.hash.encode())
        if verdict.promise:
            total.violations.append({"seed": seed, "step": verdict.steps, "words": verdict.words})
        if again not in ("", verdict.hash):
            total.unsteady.append(seed)
        if told is not None:
            told(total)
    total.faults = Counter(dict.fromkeys(FAULTS, 0)) | total.faults
    total.hash = digest.hexdigest()
    return total


def _verdicts(seeds: range, steps: int, processes: int) -> Iterator[tuple[int, Verdict, str]]:
    work = [(seed, steps) for seed in seeds]
    if processes == 1:
        yield from map(_twice, work)
        return
    with workers(processes) as crew:
        yield from crew.map(_twice, work, chunksize=4)


@contextmanager
def workers(processes: int | None = None) -> Iterator[Executor]:
    """Processes that share work, one per core unless told otherwise.

    Whatever ends the block ends them, with no more than what each has in hand. A worker that is killed, as all are by
    Ctrl-C, ends the rest too: `multiprocessing.Pool` would wait for the lock it held.
    """
    crew = ProcessPoolExecutor(processes)
    try:
        yield crew
    finally:
        crew.shutdown(cancel_futures=True)


def _twice(work: tuple[int, int]) -> tuple[int, Verdict, str]:
    seed, steps = work
    verdict = play(seed, steps)
    again = play(seed, steps).hash if seed % AGAIN == 0 else ""
    return seed, verdict, again
