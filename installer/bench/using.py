"""What a process uses: memory, and the processors' time (Linux)."""

import os
from pathlib import Path

_MB = 1024 * 1024
_AFTER_NAME = 11  # utime among the fields behind the name; the name itself may hold anything


def resident_mb(pid: int) -> float:
    """A process's resident set, megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / _MB
    raise ProcessLookupError(pid)


def processor_s(pid: int) -> float:
    """Seconds of a processor that a process has used, in steps of 10 ms: others at work do not count."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[_AFTER_NAME]) + int(fields[_AFTER_NAME + 1])) / os.sysconf("SC_CLK_TCK")


def child_of(pid: int, module: str) -> int:
    """The process that runs a module for another process.

    Raises:
        ProcessLookupError: If there is none.
    """
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text("ascii").split():
            if module.encode() in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
                return int(child)
    raise ProcessLookupError(module)
