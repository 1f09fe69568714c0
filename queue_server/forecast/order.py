"""Head starts read off a log whose rule nobody wrote down: those under which the calls were most often in order."""

from collections import defaultdict

import numpy as np

from queue_server.forecast.scene import Floats

_SWEEPS = 3


class SeenOrder:
    """Who was called before whom, by class, and how much later that person had come."""

    def __init__(self) -> None:
        self._later: dict[tuple[str, str], list[float]] = defaultdict(list)

    def note(self, called: str, passed: str, later_s: float) -> None:
        """A person of one class was called before a waiting one of another, having come `later_s` later."""
        self._later[called, passed].append(later_s)

    def head_starts(self) -> dict[str, float]:
        """The head start of each class in seconds, the least of them 0.

        One class after another is moved to where the fewest calls contradict the order, the others held, until nothing
        moves.
        """
        head = dict.fromkeys(sorted({name for pair in self._later for name in pair}), 0.0)
        pairs = [(first, second, np.array(later)) for (first, second), later in self._later.items()]
        for _ in range(_SWEEPS):
            for name in head:
                least = [later + head[second] for first, second, later in pairs if first == name]
                most = [head[first] - later for first, second, later in pairs if second == name]
                head[name] = _fewest_outside(np.concatenate([*least, []]), np.concatenate([*most, []]))
        lowest = min(head.values(), default=0.0)
        return {name: seconds - lowest for name, seconds in head.items()}


def _fewest_outside(least: Floats, most: Floats) -> float:
    """The point nearest to 0 that falls short of the fewest of `least` and exceeds the fewest of `most`."""
    at = np.concatenate([[0.0], least, most])
    short = len(least) - np.searchsorted(np.sort(least), at, side="right")
    beyond = np.searchsorted(np.sort(most), at, side="left")
    wrong = short + beyond
    return float(min(at[wrong == wrong.min()], key=abs))
