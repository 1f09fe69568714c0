"""Small disks for tests, mounted in memory; where that is not permitted the test says so and is skipped."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PIECE = b"\0" * 4096


@contextmanager
def tiny_disk(folder: Path, kib: int) -> Iterator[Path]:
    """A disk of so many KiB at a folder, made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mounted = _mount("-t", "tmpfs", "-o", f"size={kib}k,mode=0700", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, how: str) -> None:
    """`ro` or `rw`."""
    done = _mount("-o", f"remount,{how}", str(folder))
    assert done.returncode == 0, done.stderr


class Ballast:
    """A file that takes whatever room is left on a disk, until it is thrown off."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ballast"

    def load(self) -> None:
        """Fill the disk."""
        with self._path.open("ab", buffering=0) as file:
            try:
                while file.write(_PIECE):
                    pass
            except OSError:
                return

    def throw_off(self) -> None:
        """Give the room back."""
        self._path.unlink()


def _mount(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
