"""A change that says which one it takes back: the record must not say so of another."""

from collections.abc import Callable

from hall.facts import Body
from queue_server.store import Reader


def is_taken_back(reader: Reader, place: int | None, fits: Callable[[Body], bool]) -> bool:
    """Whether a change is what it says of itself.

    Args:
        reader: The hall's store.
        place: Of the journal entry it says it takes back; None if it says nothing.
        fits: Whether that entry's fact is one that the change takes back.
    """
    return place is None or any(fits(entry.fact.body) for entry in reader.entries(place - 1, 1))
