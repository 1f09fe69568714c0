"""The paper on the roll, counted in software, for printers that cannot feel its end coming.

A file beside the program's data holds the count, so that it outlives a restart. It begins anew when the printer has
run out and has paper again, or when a technician says so: `devices new-roll`.
"""

import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

_log = logging.getLogger("onewindow.devices.printer")

USUAL_SLIP_MM = 170  # until slips of this printer have been measured
_MEMORY = 20  # slips over which their length is averaged


@dataclass(frozen=True, slots=True)
class Roll:
    """How far a roll is used up.

    Attributes:
        used_mm: Paper that has come out of it.
        slip_mm: Length of a usual slip.
        ran_out: Whether the printer said that it is empty, and no paper came in since.
    """

    used_mm: float = 0.0
    slip_mm: float = USUAL_SLIP_MM
    ran_out: bool = False

    def after(self, slip_mm: float) -> "Roll":
        """The roll when one more slip has come out."""
        usual = self.slip_mm + (slip_mm - self.slip_mm) / _MEMORY
        return replace(self, used_mm=self.used_mm + slip_mm, slip_mm=usual)

    def renewed(self) -> "Roll":
        """A fresh roll in the same printer."""
        return Roll(slip_mm=self.slip_mm)

    def slips_left(self, length_mm: float) -> int:
        """How many slips a roll of this length still gives; 0 when it should be empty."""
        return max(0, int((length_mm - self.used_mm) / self.slip_mm))


class RollCount:
    """The count of one printer, in its file. Read anew each time: a technician's command may have written it.

    Args:
        path: The file; its folder exists.
        length_mm: Of a full roll.
    """

    def __init__(self, path: Path, length_mm: float) -> None:
        self._path = path
        self._length_mm = length_mm

    @property
    def slips_left(self) -> int:
        """About how many slips are left."""
        return self._read().slips_left(self._length_mm)

    def use(self, slip_mm: float) -> None:
        """A slip has come out, or part of one."""
        self._write(self._read().after(slip_mm))

    def ran_out(self) -> None:
        """The printer says that it has no paper."""
        roll = self._read()
        if not roll.ran_out:
            self._write(replace(roll, ran_out=True))

    def has_paper(self) -> None:
        """The printer says that it has paper: a new roll if it had run out."""
        if self._read().ran_out:
            self.renew()

    def renew(self) -> None:
        """A new roll is in."""
        self._write(self._read().renewed())

    def _read(self) -> Roll:
        try:
            return Roll(**json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Roll()
        except (OSError, ValueError, TypeError) as unreadable:
            _log.warning("printer.roll_unreadable %s", type(unreadable).__name__)
            return Roll()

    def _write(self, roll: Roll) -> None:
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            fresh.write_text(json.dumps(asdict(roll)), encoding="utf-8")
            fresh.replace(self._path)
        except OSError as refused:  # a full disk costs the count, never a slip
            _log.warning("printer.roll_unwritable %s", refused.strerror)
            with suppress(OSError):
                fresh.unlink()


def about(slips: int) -> str:
    """The rest of a roll in words, coarse when there is plenty, so that it does not change with every slip."""
    step = 50 if slips >= 100 else 10 if slips >= 10 else 1
    return f"约剩 {slips // step * step} 张"
