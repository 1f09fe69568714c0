"""Where a file lies: what a copy in another folder, on another disk or in another machine cannot share with it."""

import hashlib
import hmac
import os
import sys
from pathlib import Path

from hall.words import Word

_MACHINE_ID = Path("/etc/machine-id")
_ADAPTERS = Path("/sys/class/net")
_PERMANENT = "0"  # addr_assign_type: the address is the one the adapter was made with (Linux, sysfs-class-net)


class Machine(Word):
    """A machine, by what it is told apart from its clones; both parts are hashed and say nothing outside a ledger.

    Attributes:
        name: From the installation's own id; a cloned disk has the same one.
        adapters: From the addresses its network adapters were made with; another machine has others.
    """

    name: str = ""
    adapters: frozenset[str] = frozenset()

    def may_be(self, other: "Machine") -> bool:
        """Whether both may be one machine. An adapter plugged in or pulled out does not make it another one."""
        same_name = not self.name or not other.name or self.name == other.name
        same_adapters = not self.adapters or not other.adapters or bool(self.adapters & other.adapters)
        return same_name and same_adapters


class Place(Word):
    """A file on a disk in a machine.

    Attributes:
        inode: The file's number on its disk (`st_ino`). It stays when the file is moved there; a copy gets another.
        generation: Tells two files apart that had the same number one after the other; 0 where nobody tells.
        machine: The machine around the disk.
    """

    inode: int
    generation: int = 0
    machine: Machine = Machine()

    def may_be(self, other: "Place") -> bool:
        """Whether both may be one place."""
        same_file = (self.inode, self.generation) == (other.inode, other.generation)
        return same_file and self.machine.may_be(other.machine)


def place_of(path: Path, machine: Machine) -> Place:
    """The place of a file. Raises OSError if there is none."""
    handle = os.open(path, os.O_RDONLY)
    try:
        return Place(inode=os.fstat(handle).st_ino, generation=_generation(handle), machine=machine)
    finally:
        os.close(handle)


def _hashed(text: str) -> str:
    return hmac.new(b"onewindow ledger", text.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]


if sys.platform == "linux":
    import fcntl
    import struct

    _GET_VERSION = 0x80007601 | struct.calcsize("l") << 16  # FS_IOC_GETVERSION, linux/fs.h

    def _generation(handle: int) -> int:
        """The inode's generation: a file system gives a freed number again, but with another one of these."""
        answer = bytearray(struct.calcsize("l"))
        try:
            fcntl.ioctl(handle, _GET_VERSION, answer)
        except OSError:
            return 0  # this file system has none
        return int.from_bytes(answer[:4], sys.byteorder)

    def this_machine() -> Machine:
        """The machine this program runs on. What cannot be read tells nothing and is left out."""
        name = _read(_MACHINE_ID)
        adapters = sorted(_ADAPTERS.glob("*/device"))  # only adapters that exist as hardware have one
        made = [path.parent for path in adapters if _read(path.parent / "addr_assign_type") == _PERMANENT]
        addresses = filter(None, (_read(path / "address") for path in made))
        return Machine(name=name and _hashed(name), adapters=frozenset(map(_hashed, addresses)))

    def _read(path: Path) -> str:
        try:
            return path.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

else:
    import platform
    import uuid

    def _generation(handle: int) -> int:
        """NTFS has it in the file's number already; elsewhere the moment of the file's making does as well."""
        return int(getattr(os.fstat(handle), "st_birthtime", 0) * 1000) if sys.platform != "win32" else 0

    _INVENTED = 1 << 40
    """The bit that `uuid.getnode` sets in an address it had to invent."""

    def this_machine() -> Machine:
        """The machine this program runs on: its network name and the address of one adapter."""
        address = uuid.getnode()
        adapters = frozenset() if address & _INVENTED else frozenset({_hashed(f"{address:012x}")})
        return Machine(name=_hashed(platform.node()), adapters=adapters)
