"""Whether a folder lies on a disk that keeps its promises: a database on a network or exFAT volume can be damaged.

SQLite needs locks that hold between processes and a sync that reaches the medium; network file systems and those made
for memory cards give neither for certain (never-down.md 3.1). Copies of finished files may go there, databases may not.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p", "ceph", "glusterfs", "lustre", "beegfs"}
    | {"davfs", "vboxsf", "vmhgfs", "prl_fs", "ocfs2", "gfs2"}
)
_CARDS = frozenset({"vfat", "msdos", "fat", "exfat", "fuseblk"})  # fuseblk: NTFS and exFAT through a user's program
_LOCAL_FUSE = frozenset({"fuse.fuse-overlayfs", "fuse.overlayfs"})
_ESCAPE = re.compile(r"\\([0-7]{3})")


ADVICE = "请把数据文件夹改到本机硬盘上（如 ext4、xfs、btrfs）；网络盘和 U 盘只用来存放备份"


def unsafe_kind(folder: Path) -> str:
    """The kind of file system of a folder in which no database may be opened, empty if it is fit."""
    kind = kind_of(folder)
    return kind if is_unsafe(kind) else ""


def is_unsafe(kind: str) -> bool:
    """Whether a kind of file system is known to be unfit; one that nobody knows is let pass."""
    return kind in _NETWORK or kind in _CARDS or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE)


def mounted_kind(path: Path, mounts: Iterable[str]) -> str:
    """The kind of file system a path lies on.

    Args:
        path: An absolute path without links.
        mounts: The lines of `/proc/self/mountinfo` (proc(5)): later mounts of one place cover earlier ones.

    Returns:
        Its name as Linux calls it, empty if no line fits.
    """
    deepest, found = -1, ""
    for line in mounts:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) < 5 or not kinds[0]:
            continue
        place = Path(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if len(place.parts) >= deepest and path.is_relative_to(place):
            deepest, found = len(place.parts), kinds[0]
    return found


if sys.platform == "linux":

    def kind_of(folder: Path) -> str:
        """The kind of file system a folder lies on, empty if the system does not tell."""
        try:
            mounts = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
            return mounted_kind(folder.resolve(), mounts)
        except OSError:
            return ""

else:

    def kind_of(folder: Path) -> str:  # noqa: ARG001 - as on Linux
        """Elsewhere nobody tells in one way: every folder is let pass, and the manual says where data belong."""
        return ""
