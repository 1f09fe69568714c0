"""How often something may be asked for: so many times at once, then at a steady rate; too often waits a moment."""

from collections import OrderedDict
from dataclasses import dataclass

_REMEMBERED = 10_000


@dataclass(slots=True)
class _Purse:
    left: float
    at: float


class Allowance:
    """A purse of requests for each slip, address or whatever is told apart, filled at a steady rate up to its size.

    Args:
        at_once: So many may come together.
        per_second: So many are given back each second.
    """

    def __init__(self, at_once: float, per_second: float) -> None:
        self._at_once = at_once
        self._per_second = per_second
        self._purses: OrderedDict[str, _Purse] = OrderedDict()

    def spend(self, of: str, now: float) -> bool:
        """Take one, if there is one left; `now` in seconds of a clock that never goes back."""
        purse = self._filled(of, now)
        if purse.left < 1:
            return False
        purse.left -= 1
        return True

    def __len__(self) -> int:
        """How many purses are remembered."""
        return len(self._purses)

    def _filled(self, of: str, now: float) -> _Purse:
        purse = self._purses.setdefault(of, _Purse(self._at_once, now))
        self._purses.move_to_end(of)
        purse.left = min(self._at_once, purse.left + (now - purse.at) * self._per_second)
        purse.at = now
        while len(self._purses) > _REMEMBERED:  # the one that asked longest ago has long got everything back
            self._purses.popitem(last=False)
        return purse
