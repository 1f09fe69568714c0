"""Time that only moves when something happens: a heap of coming events, and the clocks of machines over it."""

import heapq
from collections.abc import Callable, Sequence
from itertools import count
from random import Random
from typing import TypeVar

from hall.clock import Moment

Action = Callable[[], None]
T = TypeVar("T")


class Clockwork:
    """The true time and everything that is yet to happen. One event at a time, the earliest first.

    Args:
        start_us: The true time at the beginning, UTC microseconds.
    """

    def __init__(self, start_us: int) -> None:
        self.now_us = start_us
        self.leaps = 0
        self._heap: list[tuple[int, int, str, Action]] = []
        self._order = count()

    def after(self, delay_us: int, name: str, action: Action) -> None:
        """Let something happen later.

        Args:
            delay_us: How much later.
            name: What it is called in the trace. Names that begin with `~` are housekeeping and count as no step.
            action: What happens.
        """
        heapq.heappush(self._heap, (self.now_us + max(0, delay_us), next(self._order), name, action))

    def at(self, when_us: int, name: str, action: Action) -> None:
        """As `after`, at an instant; one that has passed happens now."""
        self.after(when_us - self.now_us, name, action)

    def next_name(self) -> str | None:
        """What happens next, None if nothing will."""
        return self._heap[0][2] if self._heap else None

    def next_at(self) -> int | None:
        """When the next thing happens."""
        return self._heap[0][0] if self._heap else None

    def run_next(self) -> None:
        """Move time to the next event and let it happen."""
        when, _, _, action = heapq.heappop(self._heap)
        self.now_us = max(self.now_us, when)
        action()

    def wait_until(self, when_us: int) -> None:
        """Nothing more happens before this instant."""
        self.now_us = max(self.now_us, when_us)

    def leap(self, by_us: int) -> None:
        """The whole hall sleeps: time passes at once, and what was due meanwhile happens late."""
        self.now_us += by_us
        self.leaps += 1


class Dice:
    """The randomness of a seed: chances, choices and ids that are the same in every run.

    Args:
        seed: A seed of its own per user, so that one drawing more does not change what another draws.
    """

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self.between = self._random.randint
        self.pick = self._random.choice
        self.part = self._random.random

    def chance(self, share: float) -> bool:
        """Whether something with this probability happens."""
        return share > 0 and self._random.random() < share

    def around(self, mean: float) -> int:
        """A random duration with this mean: mostly short, sometimes long."""
        return round(self._random.expovariate(1 / mean)) if mean else 0

    def lognormal(self, sigma: float) -> float:
        """A random factor whose mean is 1 and whose logarithm has this standard deviation."""
        return self._random.lognormvariate(-(sigma**2) / 2, sigma)

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """One of the choices, each as likely as its weight."""
        return self._random.choices(choices, weights)[0]

    def new_id(self) -> str:
        """128 bits in hex."""
        return f"{self._random.getrandbits(128):032x}"


class MachineClock:
    """A machine's own clocks: the wall clock may be wrong, the other counts since the machine was switched on."""

    def __init__(self, clockwork: Clockwork, dice: Dice) -> None:
        self._clockwork = clockwork
        self._dice = dice
        self.wrong_by_us = 0
        self.boot()

    def boot(self) -> None:
        """The machine was switched on anew."""
        self._booted_us = self._clockwork.now_us - 1_000_000
        self._boot_id = self._dice.new_id()

    def now(self) -> Moment:
        """What this machine believes."""
        true = self._clockwork.now_us
        return Moment(wall_us=max(0, true + self.wrong_by_us), mono_us=true - self._booted_us, boot_id=self._boot_id)
