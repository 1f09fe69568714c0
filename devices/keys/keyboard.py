"""USB keypads: to the computer a keyboard, so its keys are taken before they can reach any screen."""

import threading
from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from devices.clock import wall_us
from devices.health import Health, HealthState

K = TypeVar("K")

_WAIT_S = 0.2  # how long a stop may go unnoticed


class KeySource(Protocol):
    """A keyboard of which nobody else gets a key."""

    def open(self, names: frozenset[str]) -> None:
        """Find the keyboard and grab it; what was typed before is forgotten.

        Args:
            names: The keys that matter, by the names of the Linux input layer, such as `KEY_KP1`.

        Raises:
            DeviceError: It is not there, somebody else holds it, or a name is none.
        """
        ...

    def read(self, timeout_s: float) -> list[str]:
        """The keys of `names` that went down, waiting up to `timeout_s` for the first.

        Raises:
            DeviceMissing: The keyboard went away.
        """
        ...

    def close(self) -> None:
        """Let the keyboard go; harmless when not open. Never raises."""
        ...


class KeyboardKeys(Generic[K]):
    """Drives every pad that is a keyboard. `open`, `watch` and `close` run on one thread, which also delivers the keys.

    A key that is held down counts once.

    Args:
        source: Not yet open.
        on_key: Told every key of the table; must be quick.
        keys: Name of the Linux input layer → key.
        name: In settings and logs.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        source: KeySource,
        on_key: Callable[[K], None],
        *,
        keys: Mapping[str, K],
        name: str,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._source = source
        self._on_key = on_key
        self._keys = keys
        self._name = name
        self._clock_us = clock_us
        self._since_us = 0

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    def health(self) -> Health:
        """Online while open: a keypad that nobody presses is silent and well."""
        return Health(self._name, HealthState.ONLINE, self._since_us)

    def open(self) -> None:
        """See Device."""
        self._source.open(frozenset(self._keys))
        self._since_us = self._clock_us()

    def close(self) -> None:
        """See Device."""
        self._source.close()

    def watch(self, stop: threading.Event) -> None:
        """Listen until stopped; see Device."""
        while not stop.is_set():
            for name in self._source.read(_WAIT_S):
                self._on_key(self._keys[name])
