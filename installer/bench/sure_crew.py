"""Programs that are all ended, whenever a Ctrl-C comes: never between a start and knowing of it, never while ending."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from installer.rehearsal.processes import Crew, Program

_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def held_back() -> Iterator[None]:
    """Signals that end the bench wait until the block is left. Only on the main thread.

    Handlers are swapped instead of signals blocked: a blocked signal would stay blocked in a program started here.
    """
    came: list[int] = []
    before = {number: signal.signal(number, lambda which, _: came.append(which)) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for which in came:
        signal.raise_signal(which)


class SureCrew(Crew):
    """A crew that no signal can make forget a program."""

    def start(self, name: str, *arguments: str) -> Program:
        """See Crew."""
        with held_back():
            return super().start(name, *arguments)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with held_back():
            super().__exit__(kind, error, trace)
