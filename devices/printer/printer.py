"""What every ticket printer promises to a kiosk."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device
from devices.printer.slip import Slip
from devices.printer.status import PrinterStatus, Trouble


class PrintOutcome(StrEnum):
    """What is known of a slip after printing it."""

    PRINTED = "printed"  # the printer confirmed it to the end, the cut included
    UNKNOWN = "unknown"  # bytes went out, no confirmation came: a person must look; never sent again by itself
    FAILED = "failed"  # nothing went out: surely no paper


@dataclass(frozen=True, slots=True)
class PrintResult:
    """The end of one print job.

    Attributes:
        job_id: Whose end.
        outcome: One of three.
        reason: What stood in the way, None when printed.
        repeated: Whether this is the remembered end of an earlier call with the same id: nothing was sent now.
    """

    job_id: str
    outcome: PrintOutcome
    reason: Trouble | None = None
    repeated: bool = False


class Printer(Device, Protocol):
    """A device that puts slips on paper, each job at most once."""

    def print(
        self,
        job_id: str,
        slip: Slip,
        *,
        reprint: bool = False,
        on_first_byte: Callable[[], None] | None = None,
    ) -> PrintResult:
        """Print a slip and wait until the printer confirms it; callable from any thread, one job at a time.

        Args:
            job_id: Belongs to this slip for ever. A known id prints nothing and gives the earlier end.
            slip: What to print.
            reprint: A person asked for the paper again: forget the earlier end, clear what the printer may still
                hold of it, and print.
            on_first_byte: Called on this thread as soon as the first bytes have left.

        Raises:
            SlipError: The slip does not fit the paper; nothing was sent.
            FontError: Something must be drawn and there is no typeface; nothing was sent.
        """
        ...

    def distrust(self) -> None:
        """An earlier program may have left part of a slip inside: make that come out as void, before all else."""
        ...

    def status(self) -> PrinterStatus:
        """Ask the printer now; while a slip is being printed, its latest answer."""
        ...
