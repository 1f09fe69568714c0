"""A slot between threads that keeps only the newest thing: what a display shall show, what a pad shall be told."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Whoever puts never waits; whoever takes gets the newest once, and again after `renew`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None
        self._due = False

    def put(self, value: T) -> None:
        """Replace what is there."""
        with self._changed:
            self._value, self._due = value, True
            self._changed.notify_all()

    def take(self, timeout_s: float = 0.0) -> T | None:
        """The newest, if it was not taken yet, else None when `timeout_s` has passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._due, timeout_s)
            if not self._due:
                return None
            self._due = False
            return self._value

    def renew(self) -> None:
        """The far end may have forgotten: what was taken last is due again."""
        with self._changed:
            self._due = self._value is not None
            self._changed.notify_all()

    def forget(self) -> None:
        """What was put and not taken is of no use any more."""
        with self._changed:
            self._value, self._due = None, False
