"""A hall at one moment, as the forecast sees it: who waits, what each window is doing. Times in seconds from now."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]

NOT_BUSY = -1


@dataclass(frozen=True, slots=True)
class Waiting:
    """The waiting tickets, in the order of issue: an entry each.

    Attributes:
        effective: Effective time E (`hall.calling`), before now if negative.
        group: Which service group, from 0.
        waited: How long the person has waited.
    """

    effective: Floats
    group: Ints
    waited: Floats

    def __len__(self) -> int:
        return len(self.effective)


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows that serve or will serve, an entry each. A window that is closed, or paused for good, is left out.

    Attributes:
        penalty: Window × group: seconds added to a ticket's effective time, inf if it may not serve the group.
        serving: The group being served, `NOT_BUSY` if none.
        elapsed: Since when: of the service if busy; else of standing free while somebody waits whom it may serve,
            0 if nobody does: it is ready.
        returns: Paused: the seconds until the stated return; 0 for an open window.
        pace: How many times as long as usual its services take.
    """

    penalty: Floats
    serving: Ints
    elapsed: Floats
    returns: Floats
    pace: Floats

    def __len__(self) -> int:
        return len(self.serving)


@dataclass(frozen=True, slots=True)
class Newcomers:
    """The streams of people who are still to come and may overtake, an entry each.

    Attributes:
        group: Which service group.
        head_start: By how much their effective time lies before their arrival.
        rate: Arrivals a second, above 0.
    """

    group: Ints
    head_start: Floats
    rate: Floats

    def __len__(self) -> int:
        return len(self.group)


NOBODY = Newcomers(np.empty(0, np.intp), np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a forward run starts from."""

    waiting: Waiting
    windows: Windows
    newcomers: Newcomers = NOBODY
