"""What a power cut leaves: all that was synced, and of the rest whatever the disk had happened to write.

Followed step by step, a `Platter` knows for every file which writes are safe and which are only on their way. Not safe
means: any of them may be there or not, the last one torn at a sector; a file made or deleted without its folder synced
may be gone or back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

from installer.rehearsal.faults.disk import Step

SECTOR = 512


class Left(StrEnum):
    """Which of the unsynced steps the disk had done when the power went."""

    NONE = "none"
    ALL = "all"
    PREFIX = "prefix"  # up to some step, which may be torn
    SUBSET = "subset"  # any of them, each perhaps torn


@dataclass(eq=False, slots=True)
class _Inode:
    """A file's content, whatever its name: what is safe, and what is not yet, in order."""

    safe: bytearray = field(default_factory=bytearray)
    on_the_way: list[tuple[int, Step]] = field(default_factory=list)


class Platter:
    """One disk, followed step by step."""

    def __init__(self) -> None:
        self._safe: dict[str, _Inode] = {}
        self._now: dict[str, _Inode] = {}
        self._names: list[tuple[int, Step, _Inode]] = []  # made or deleted, the folder not synced
        self._count = 0

    def follow(self, step: Step) -> None:
        """Take one more step."""
        self._count += 1
        match step.what:
            case "create":
                inode = self._now[step.path] = _Inode()
                self._names.append((self._count, step, inode))
            case "delete":
                self._names.append((self._count, step, self._now.pop(step.path)))
            case "sync_folder":
                for _, named, inode in self._names:
                    _rename(self._safe, named, inode)
                self._names.clear()
            case "sync":
                inode = self._now[step.path]
                for _, waiting in inode.on_the_way:
                    _write(inode.safe, waiting)
                inode.on_the_way.clear()
            case _:
                self._now[step.path].on_the_way.append((self._count, step))

    def image(self, left: Left, dice: Random, spared: str = "") -> dict[str, bytes]:
        """What is found under each path when the power is back.

        Args:
            left: Which unsynced steps were done.
            dice: Decides where it is left to chance.
            spared: Paths beginning so belong to a machine that kept its power.
        """
        waiting = sorted(
            [count for count, _, _ in self._names]
            + [count for inode in self._inodes() for count, _ in inode.on_the_way]
        )
        done = _done(left, waiting, dice)
        names = dict(self._safe)
        for count, step, inode in self._names:
            if count in done or (spared and step.path.startswith(spared)):
                _rename(names, step, inode)
        found = {}
        for path, inode in names.items():
            content = bytearray(inode.safe)
            for count, step in inode.on_the_way:
                if spared and path.startswith(spared):
                    _write(content, step)
                elif count in done:
                    _write(content, _torn(step, dice) if done[count] else step)
            found[path] = bytes(content)
        return found

    def _inodes(self) -> Iterable[_Inode]:
        seen = {id(inode): inode for inode in [*self._safe.values(), *self._now.values()]}
        return seen.values()


def place(image: dict[str, bytes], below: str, folder: Path) -> None:
    """Write an image's files into another folder, as if it had always been there."""
    for path, content in image.items():
        target = folder / Path(path).relative_to(below)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _done(left: Left, waiting: list[int], dice: Random) -> dict[int, bool]:
    """The steps done, each with whether it is torn."""
    match left:
        case Left.NONE:
            return {}
        case Left.ALL:
            return dict.fromkeys(waiting, False)
        case Left.PREFIX:
            length = dice.randint(0, len(waiting))
            done = dict.fromkeys(waiting[:length], False)
            if length:
                done[waiting[length - 1]] = dice.random() < 0.5
            return done
        case Left.SUBSET:
            return {count: dice.random() < 0.2 for count in waiting if dice.random() < 0.5}


def _torn(step: Step, dice: Random) -> Step:
    """A write of which only the sectors before or after some boundary came through; whatever else as it is."""
    first = -step.place % SECTOR or SECTOR
    boundaries = range(first, len(step.data), SECTOR)
    if step.what != "write" or not boundaries:
        return step
    cut = dice.choice(boundaries)
    if dice.random() < 0.5:
        return step._replace(data=step.data[:cut])
    return step._replace(place=step.place + cut, data=step.data[cut:])


def _write(content: bytearray, step: Step) -> None:
    if step.what == "truncate":
        if step.place <= len(content):
            del content[step.place :]
        else:
            content.extend(bytes(step.place - len(content)))
        return
    if len(content) < step.place:
        content.extend(bytes(step.place - len(content)))
    content[step.place : step.place + len(step.data)] = step.data


def _rename(names: dict[str, _Inode], step: Step, inode: _Inode) -> None:
    if step.what == "create":
        names[step.path] = inode
    elif names.get(step.path) is inode:
        del names[step.path]
