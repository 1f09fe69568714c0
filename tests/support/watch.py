"""What callbacks brought, and waiting for it."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Watch(Generic[T]):
    """Collects what a callback is given; `until` waits for the first that fits, also among those that came before."""

    def __init__(self) -> None:
        self.seen: list[T] = []
        self._news = threading.Condition()

    def __call__(self, value: T) -> None:
        with self._news:
            self.seen.append(value)
            self._news.notify_all()

    def until(self, fits: Callable[[T], bool], timeout_s: float = 20.0) -> T:
        with self._news:
            found = self._news.wait_for(lambda: any(fits(value) for value in self.seen), timeout_s)
            assert found, f"never came; seen: {self.seen}"
            return next(value for value in self.seen if fits(value))

    def clear(self) -> None:
        with self._news:
            self.seen.clear()
