"""Files that are whole or absent whatever happens: synced, renamed, and the folder synced too."""

import os
from pathlib import Path


def move(source: Path, target: Path) -> None:
    """Rename within a folder, durably. The file itself must have been synced before."""
    source.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until what was written to a file is on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


if os.name == "posix":

    def sync_folder(folder: Path) -> None:
        """Wait until the names in a folder are on the disk."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

else:

    def sync_folder(folder: Path) -> None:
        """Windows offers no sync of a folder; NTFS writes names through its own journal."""
