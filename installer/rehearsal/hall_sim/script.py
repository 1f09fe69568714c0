"""The script of one seed: how large the hall is, how bad its world, and what happens in it, as plain data.

A seed draws a swarm configuration first: a random few of the kinds of faults, each at its own rate, because many
faults at once hide each other. The events carry salts of their own, so that a shortened script means the same.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from hall.clock import MINUTE_US, SECOND_US
from installer.rehearsal.hall_sim.clockwork import Dice

STARTS = {
    "morning": "2026-11-23 01:00",  # 09:00 in the hall
    "before midnight": "2026-11-23 15:50",
    "before new year": "2026-12-31 15:50",
    "closing time": "2026-11-23 09:20",
}

FAULTS = (
    "bad_network",
    "flood",
    "cut",
    "one_way_cut",
    "long_cut",
    "half_open",
    "kill_kiosk",
    "kill_kiosk_at_commit",
    "kill_kiosk_at_send",
    "kiosk_power_loss",
    "kill_server",
    "kill_server_at_commit",
    "server_power_loss",
    "kiosk_disk_full",
    "kiosk_disk_error",
    "server_disk_full",
    "server_disk_error",
    "clock_minutes",
    "clock_years",
    "clock_1970",
    "server_clock_minutes",
    "hours_pass",
    "week_passes",
    "printer",
    "two_processes",
    "new_catalogue",
    "service_closed",
    "kiosk_added",
    "kiosk_reimaged",
    "ledger_set_back",
    "ledger_copied",
    "server_restored",
    "window_restarts",
    "server_file_damaged",
    "server_watermark_lost",
    "ledger_watermark_lost",
    "kiosk_renamed",
)
"""Every kind of fault; `faults.py` says what each does."""


@dataclass(frozen=True, order=True)
class Event:
    """Something that the world does: what people do of themselves (`people`), or a fault.

    `salt` decides everything random inside it.
    """

    at_us: int
    kind: str
    who: int
    salt: int


@dataclass(frozen=True)
class Script:
    """One seed's hall and what happens in it.

    Attributes:
        seed: Also the seed of delays, losses and of the people's choices.
        start: One of `STARTS`.
        kiosks: 1 to 8.
        windows: 1 to 20.
        open_all_day: Whether the hall never closes; else 9 to 12 and 13 to 17:30, in the hall's time.
        serve_after_closing: Whether those who wait at closing time are still served.
        pace_us: Mean time between events.
        settles: Whether windows ask what became of a command to which they never got an answer.
        faults: Kinds that this seed's world knows.
        events: In their order.
    """

    seed: int
    start: str = "morning"
    kiosks: int = 1
    windows: int = 1
    open_all_day: bool = True
    serve_after_closing: bool = True
    pace_us: int = SECOND_US
    settles: bool = False
    faults: tuple[str, ...] = ()
    events: tuple[Event, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """As data for a file."""
        return asdict(self) | {"events": [[e.at_us, e.kind, e.who, e.salt] for e in self.events]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Script":
        """Read back."""
        events = tuple(Event(*event) for event in data["events"])
        return cls(**data | {"faults": tuple(data["faults"]), "events": events})


ACTS = (
    "chosen_call",
    "without_ticket",
    "next_service",
    "next_service",
    "noted_transfer",
    "auto_call",
    "system_fault",
    "renewal",
    "renewal",
    "window_plan",
)
"""`acts.py` says what each does."""
_SELDOM = ("manager", "manager", "decision", "slip_shown", "slip_shown", "hand_call", "slot_closed")


def write(seed: int, steps: int) -> Script:
    """The script of a seed, with about as many events as so many steps need."""
    dice = Dice(f"script {seed}")
    faults = tuple(kind for kind in FAULTS if dice.chance(dice.pick([0.05, 0.25, 0.5]))) if dice.chance(0.95) else ()
    pace_us = dice.pick([SECOND_US // 5, SECOND_US, SECOND_US, 5 * SECOND_US, 30 * SECOND_US])
    share = dice.pick([0.05, 0.1, 0.2]) if faults else 0.0
    script = Script(
        seed,
        start=dice.pick([*STARTS, "morning", "morning"]),
        kiosks=dice.pick([1, 1, 2, 2, 2, 3, 3, 4, 5, 8]),
        windows=dice.pick([1, 2, 2, 3, 3, 4, 6, 10, 20]),
        open_all_day=dice.chance(0.7),
        serve_after_closing=dice.chance(0.5),
        pace_us=pace_us,
        settles=dice.chance(0.7),
        faults=faults,
    )
    events, at_us = [], 10 * SECOND_US
    for _ in range(steps * 3 // 5):
        at_us += dice.around(pace_us)
        people = ("citizen", "citizen", "clerk", "clerk", "clerk") if dice.chance(0.92) else _SELDOM
        kind = dice.pick(faults) if dice.chance(share) else dice.pick(people)
        events.append(Event(at_us, kind, dice.between(0, 999), dice.between(0, 2**32)))
    return Script(**{**script.__dict__, "events": tuple(sorted((*events, *_acts(seed, steps, at_us))))})


def _acts(seed: int, steps: int, last_us: int) -> Iterator[Event]:
    """What was written later than the rest, in every second seed, from dice of its own: the rest stays as it was."""
    dice = Dice(f"acts {seed}")
    if dice.chance(0.5):
        favoured = [kind for kind in ACTS if dice.chance(0.5)] or list(ACTS)
        for _ in range(steps // 5):
            at_us = dice.between(10 * SECOND_US, last_us)
            yield Event(at_us, dice.pick(favoured), dice.between(0, 999), dice.between(0, 2**32))


REST_US = MINUTE_US
"""After the faults have stopped the hall has a minute to be whole again (never-down, I11)."""
