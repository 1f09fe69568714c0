"""A printer and its paper: off, out of paper at any place of a slip, slow, or lying about what came out."""

from dataclasses import dataclass, field
from enum import StrEnum

from devices.printer import PrintOutcome
from hall.clock import SECOND_US


class Mood(StrEnum):
    """What the printer is like just now."""

    FINE = "fine"
    OFF = "off"
    ENDS_BEFORE = "paper_ends_before"
    ENDS_MID = "paper_ends_mid"
    ENDS_AFTER = "paper_ends_after"
    SLOW = "slow"
    LIES = "lies"


_ENDS = {
    Mood.FINE: PrintOutcome.PRINTED,
    Mood.OFF: PrintOutcome.FAILED,
    Mood.ENDS_BEFORE: PrintOutcome.FAILED,
    Mood.ENDS_MID: PrintOutcome.UNKNOWN,
    Mood.ENDS_AFTER: PrintOutcome.UNKNOWN,
    Mood.SLOW: PrintOutcome.UNKNOWN,  # longer than its driver waits, although the paper comes out
    Mood.LIES: PrintOutcome.PRINTED,
}
KEPT_IDS = 1000


@dataclass
class Printer:
    """Outlives the kiosk's program, as printers do.

    Attributes:
        mood: What it is like.
        ends: The jobs it remembers with their ends, so that a known id prints nothing again.
    """

    mood: Mood = Mood.FINE
    ends: dict[str, PrintOutcome] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """What it says when asked before a number is given."""
        return self.mood not in (Mood.OFF, Mood.ENDS_BEFORE)

    def begin(self, job_id: str) -> None:
        """The first byte of a job arrives."""
        self.ends.setdefault(job_id, _ENDS[self.mood])
        if len(self.ends) > KEPT_IDS:
            del self.ends[next(iter(self.ends))]

    def takes_us(self) -> int:
        """How long a slip takes until its end is known."""
        return (20 if self.mood is Mood.SLOW else 2) * SECOND_US
