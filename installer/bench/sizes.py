"""How much is measured by the whole bench, and by the short one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of one run.

    Attributes:
        tickets: Slips taken with the server alive, and again with it dead.
        kills: Kills of the server, each followed by a ticket at once.
        cards: Cards laid.
        turns: Turns of each of two servers that are compared.
        facts: Facts of one client in one turn, one per request.
        batches: Requests of one client with 200 facts each.
        rounds: Rounds of calls in one turn, with each number of windows.
        past: Finished tickets of earlier days in the full store.
        calls: Calls watched by each number of boards.
        outages: Seconds that the server stays away, one outage after another.
        frames: Pictures of a camera, of each sort.
        starts: Starts of each program.
        forecasts: Forward runs of a full hall.
        foreseen: Turns of calls with the live forecast, and without.
        managed: Turns of calls with manager's pages open, and without.
        citizens: Who come on each day of a week.
    """

    tickets: int
    kills: int
    cards: int
    turns: int
    facts: int
    batches: int
    rounds: int
    past: int
    calls: int
    outages: tuple[float, ...]
    frames: int
    starts: int
    forecasts: int
    foreseen: int
    managed: int
    citizens: int


FULL = Sizes(
    tickets=150,
    kills=20,
    cards=15,
    turns=3,
    facts=100,
    batches=10,
    rounds=20,
    past=200_000,
    calls=40,
    outages=(1, 10, 40),
    frames=90,
    starts=3,
    forecasts=60,
    foreseen=14,
    managed=40,
    citizens=3000,
)
SHORT = Sizes(
    tickets=16,
    kills=2,
    cards=2,
    turns=1,
    facts=20,
    batches=2,
    rounds=4,
    past=20_000,
    calls=5,
    outages=(1, 4),
    frames=20,
    starts=1,
    forecasts=15,
    foreseen=3,
    managed=3,
    citizens=300,
)
