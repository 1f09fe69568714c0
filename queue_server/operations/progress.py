"""Long work tells how far it is, and whoever asked for it may stop it; then nothing of it is kept."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from queue_server.operations.errors import StoppedError

T = TypeVar("T")
EVERY = 25
"""So many small steps between two looks; a look can cost a rest."""


class Progress(Protocol):
    """Told now and then how far a work is, on whatever thread does it."""

    def __call__(self, done: int, total: int, /) -> bool:
        """So many of so many steps; whether to go on."""
        ...


def unheard(_done: int, _total: int, /) -> bool:
    """For work that nobody watches."""
    return True


def counted(items: Iterable[T], total: int, progress: Progress) -> Iterator[T]:
    """The items, one after the other, telling how many of `total` there were.

    Raises:
        StoppedError: If the work shall not go on.
    """
    for done, item in enumerate(items):
        if done % EVERY == 0 and not progress(min(done, total), total):
            raise StoppedError("已停止")
        yield item
