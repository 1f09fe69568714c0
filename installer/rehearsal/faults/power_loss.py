"""The plug is pulled at every write: the real ledger and store run over a noting disk, and what is left is opened.

A run is short and its images many: after each step of the disk one image, of both machines or of one of them while
the other stays up. Each image is opened by the real opening code and asked for everything that had been told by then.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hall.errors import OneWindowError
from installer.rehearsal.faults.acts import act
from installer.rehearsal.faults.disk import Disk, Step
from installer.rehearsal.faults.images import Left, Platter, place
from installer.rehearsal.faults.pair import DATABASE, KIOSK, Pair, SteppingClock, Told
from installer.rehearsal.faults.promises import broken, unsound
from installer.rehearsal.faults.report import Report
from installer.rehearsal.faults.scratch import scratch
from queue_server.link.ledger.database import WATERMARK_FILE
from queue_server.store.watermark import mark_of

ACTS = 24
"""What happens in one run; some forty steps of the disk each."""
_SPARED = ("", "", KIOSK, "server")


@dataclass
class Run:
    """One run as the disk saw it.

    Attributes:
        folder: Where the files lay.
        steps: Everything written.
        told: After so many steps of the disk, so late, this had been told.
    """

    folder: Path
    steps: list[Step] = field(default_factory=list)
    told: list[tuple[int, int, Told]] = field(default_factory=list)

    def told_by(self, count: int) -> tuple[int, Told]:
        """What had been told when the disk had done so many steps, and how late it was."""
        before = [(passed_us, told) for steps, passed_us, told in self.told if steps <= count]
        return before[-1] if before else (0, Told())


def power_loss(images: int, seed: int, acts: int = ACTS) -> Report:
    """Pull the plug so many times.

    Args:
        images: At least so many images; a run is always cut to its end.
        seed: The same seed gives the same images.
        acts: Length of a run.
    """
    report = Report("power-loss", {"seed": seed, "runs": 0, "steps": 0, "images": 0})
    dice = Random(seed)
    while int(report.figures["images"]) < images:
        with scratch() as folder:
            run_seed = dice.getrandbits(32)
            run = record(folder / "run", run_seed, acts)
            report.count("runs")
            report.count("steps", len(run.steps))
            wanted = images - int(report.figures["images"])
            _cut(run, Random(run_seed), wanted, folder, report, run_seed)
    return report


def record(folder: Path, seed: int, acts: int) -> Run:
    """A kiosk and a server from their first start on, with everything that was written and told."""
    dice = Random(seed)
    run = Run(folder)
    beside = {folder / KIOSK / WATERMARK_FILE: b"", mark_of(folder / DATABASE): b""}
    clock = SteppingClock()
    with Disk(folder) as disk:
        pair = Pair(folder, clock, seed)

        def note_told() -> None:
            run.told.append((len(disk.steps), clock.passed_us, copy.deepcopy(pair.told)))

        for _ in range(acts):
            act(pair, dice, note_told)
            for path, before in beside.items():
                if path.read_bytes() != before:
                    beside[path] = path.read_bytes()
                    disk.note_rewritten(path)
            note_told()
        run.steps = list(disk.steps)
        pair.close()
    return run


def _cut(run: Run, dice: Random, wanted: int, folder: Path, report: Report, seed: int) -> None:
    platter = Platter()
    stride = max(1, len(run.steps) // max(wanted, 1))
    for count, step in enumerate(run.steps, start=1):
        platter.follow(step)
        if count % stride:
            continue
        left, spared = dice.choice(list(Left)), dice.choice(_SPARED)
        image = platter.image(left, dice, f"{run.folder}/{spared}/" if spared else "")
        with scratch(folder) as target:
            place(image, str(run.folder), target)
            where = f"seed {seed}, step {count}, unsynced {left}, spared {spared or 'nobody'}"
            report.breaches += [f"{where}: {breach}" for breach in _look(target, *run.told_by(count), seed)]
        report.count("images")
        report.count(f"unsynced_{left}")


def _look(folder: Path, passed_us: int, told: Told, seed: int) -> Iterator[str]:
    if not (folder / DATABASE).exists() or not (folder / KIOSK).exists():
        if told.numbers or told.replies:
            yield "a whole file is gone"
        return
    try:
        pair = Pair(folder, SteppingClock(passed_us), ~seed & 0xFFFFFFFF, bare=True)
    except OneWindowError as error:
        yield f"{type(error).__name__}: {error}"
        return
    try:
        yield from broken(pair, told)
    finally:
        pair.close()
    yield from unsound(folder)
