"""A folder of backups: whole files or none, listed by what they say of themselves, aged by their names."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hall.errors import OneWindowError, system_words
from queue_server.backup import rotation
from queue_server.backup.envelope import read_label
from queue_server.backup.errors import BackupDamagedError, BackupDiskError
from queue_server.backup.label import Label
from queue_server.backup.rotation import Name, read_name
from queue_server.store.durable import move

_PART = ".part"
_COPY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in a place. `trouble` says why it cannot be used; `label` is None then."""

    path: Path
    bytes: int
    label: Label | None
    trouble: str = ""


class Place:
    """One folder of one hall's backups; other files in it are let be, other halls' too."""

    def __init__(self, folder: Path, hall_id: str, hall_key: bytes) -> None:
        self.folder = folder
        self._hall_id = hall_id
        self._hall_key = hall_key

    def names(self) -> list[Name]:
        """Every backup of this hall by its name, in no order. A folder that is not there has none."""
        with told(self.folder):
            found = [read_name(path.name) for path in self.folder.glob("*")] if self.folder.is_dir() else []
        return [name for name in found if name is not None and name.hall == self._hall_id]

    def paths(self, now: int) -> list[Path]:
        """Every backup, newest first."""
        return [self.folder / name.text for name in rotation.newest_first(self.names(), now)]

    def kept(self, now: int) -> Iterator[Kept]:
        """Every backup with its label, newest first."""
        for path in self.paths(now):
            try:
                label, trouble = self.label_of(path), ""
            except OneWindowError as error:
                label, trouble = None, str(error)
            with told(path):
                yield Kept(path, path.stat().st_size, label, trouble)

    def label_of(self, path: Path) -> Label:
        """The label of one. Raises `BackupError`, also if its name says something else."""
        return named_label(path, self._hall_key)

    def add(self, name: str, write: Callable[[BinaryIO], None]) -> Path:
        """Put a file in: it is there under its name when it is whole and on the disk, or not at all.

        Raises:
            BackupDiskError: If the disk refuses.
        """
        path, part = self.folder / name, self.folder / (name + _PART)
        with told(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    part.chmod(0o600)
                    write(file)
                    file.flush()
                    os.fsync(file.fileno())
                move(part, path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        return path

    def copy_from(self, source: Path) -> Path:
        """Put a copy of a file of another place in."""

        def write(file: BinaryIO) -> None:
            with source.open("rb") as original:
                shutil.copyfileobj(original, file, _COPY_BYTES)

        return self.add(source.name, write)

    def sweep(self) -> None:
        """Take away what a crash left unfinished."""
        with told(self.folder):
            for part in self.folder.glob(f"{self._hall_id}-*{_PART}"):
                part.unlink(missing_ok=True)

    def prune(self, now: int) -> None:
        """Delete what has had its time."""
        self._delete(rotation.outlived(self.names(), now))

    def make_room(self, wanted: int, now: int) -> bool:
        """If the disk is nearly full, let old five-minute ones go; whether any had to."""
        gone = False
        for name in rotation.spare(self.names(), now):
            with told(self.folder):
                if shutil.disk_usage(self.folder).free >= wanted:
                    break
            self._delete([name])
            gone = True
        return gone

    def _delete(self, names: list[Name]) -> None:
        with told(self.folder):
            for name in names:
                (self.folder / name.text).unlink(missing_ok=True)


def places(folders: Iterable[Path | None], hall_id: str, hall_key: bytes) -> list[Place]:
    """The places of a hall's settings; None for one that they do not name."""
    return [Place(folder, hall_id, hall_key) for folder in folders if folder is not None]


def named_label(path: Path, hall_key: bytes) -> Label:
    """The label of a backup that still has the name it was given.

    Backups are chosen by their names, so an old one under a new name could pass for the newest.

    Raises:
        BackupError: As `read_label`, and if the name says something else.
    """
    with told(path), path.open("rb") as sealed:
        label = read_label(sealed, hall_key)
    if label.name != path.name:
        raise BackupDamagedError(f"文件被改过名：它原来叫 {label.name}")
    return label


@contextmanager
def told(where: Path) -> Iterator[None]:
    """The system's errors as ours."""
    try:
        yield
    except OSError as error:
        raise BackupDiskError(f"{where} 读写不成：{system_words(error)}") from error
