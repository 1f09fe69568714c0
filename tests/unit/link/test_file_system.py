"""A database may lie on a local disk only: every kind of mount by name, in the kernel's own notation."""

from pathlib import Path

import pytest

from queue_server.link import file_system
from queue_server.link.errors import LedgerOnUnsafeDisk
from queue_server.link.file_system import is_unsafe, mounted_kind
from queue_server.store import Store
from queue_server.store.errors import UnsafeDiskError
from tests.support.ledgers import open_ledger
from tests.support.referee import HALL_ID, Ids

MOUNTS = r"""
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:35 / /mnt rw - tmpfs tmpfs rw
41 40 0:36 / /mnt/share rw,relatime shared:9 master:2 - nfs4 nas:/export rw
42 22 8:17 / /media/u\040disk rw - exfat /dev/sdb1 rw
43 22 0:50 / /home/staff/remote rw - fuse.sshfs host: rw
44 22 0:51 / /srv rw - cifs //nas/srv rw
45 22 8:33 / /srv rw - xfs /dev/sdc1 rw
torn line without its second half
""".strip().splitlines()


@pytest.mark.parametrize(
    ("folder", "kind", "unsafe"),
    [
        ("/var/lib/onewindow", "ext4", False),
        ("/mnt/share/hall", "nfs4", True),
        ("/mnt/shared", "tmpfs", False),
        ("/media/u disk/hall", "exfat", True),
        ("/home/staff/remote", "fuse.sshfs", True),
        ("/srv/hall", "xfs", False),  # mounted over the share
    ],
)
def test_the_deepest_and_latest_mount_decides(folder: str, kind: str, unsafe: bool) -> None:
    assert mounted_kind(Path(folder), MOUNTS) == kind
    assert is_unsafe(kind) == unsafe


@pytest.mark.parametrize("kind", ["nfs", "cifs", "smb3", "9p", "vfat", "fuseblk", "fuse.rclone", "ceph"])
def test_what_a_database_must_not_lie_on(kind: str) -> None:
    assert is_unsafe(kind)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "f2fs", "fuse.fuse-overlayfs", ""])
def test_a_local_disk_or_one_that_nobody_knows_is_let_pass(kind: str) -> None:
    assert not is_unsafe(kind)


def test_hall_and_kiosk_refuse_such_a_disk_and_leave_nothing_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_system, "kind_of", lambda _folder: "nfs4")
    with pytest.raises(UnsafeDiskError, match="nfs4") as refused:
        Store.open(tmp_path / "hall.db", HALL_ID, new_id=Ids())
    assert "本机硬盘" in refused.value.advice
    with pytest.raises(LedgerOnUnsafeDisk, match="nfs4") as refused_ledger:
        open_ledger(tmp_path)
    assert "本机硬盘" in refused_ledger.value.advice
    assert list(tmp_path.iterdir()) == []
