"""How much is measured: the whole bench in three to four minutes, the short one in about one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of one run.

    Attributes:
        tickets: Slips taken with the server alive, and again with it dead.
        cards: Cards laid.
        facts: Facts of one client, one per request.
        batches: Requests of one client with 200 facts each.
        rounds: Rounds of calls at one and at eight windows.
        calls: Calls watched by each number of boards.
        frames: Pictures of a camera, of each sort.
        starts: Starts of each program.
    """

    tickets: int
    cards: int
    facts: int
    batches: int
    rounds: int
    calls: int
    frames: int
    starts: int


FULL = Sizes(tickets=150, cards=15, facts=300, batches=10, rounds=60, calls=40, frames=90, starts=3)
SHORT = Sizes(tickets=16, cards=2, facts=40, batches=2, rounds=8, calls=5, frames=20, starts=1)
