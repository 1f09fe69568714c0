"""What the screens may ask about the hall without waiting for anything."""

from datetime import datetime
from typing import Protocol

from hall.admission import NoNumber
from hall.catalog import Catalog
from hall.slots import Slot
from hall.waiting import Wait


class Known(Protocol):
    """The kiosk's own knowledge, answered at once from memory, with or without a server."""

    @property
    def catalog(self) -> Catalog | None:
        """The catalogue in force; None before there ever was one."""
        ...

    def local(self) -> datetime:
        """The hall's own clock."""
        ...

    def waiting(self, group_id: str) -> int | None:
        """How many wait in a group; None when that is not known now."""
        ...

    def next_free(self, group_id: str) -> Slot | None:
        """Of a group whose numbers of today are all given: the next time that can be booked, if there is one."""
        ...

    def wait(self, group_id: str, *, priority: bool = False) -> Wait | None:
        """How long who comes now waits in a group; None when that is not known now."""
        ...

    def refusal(self, group_id: str) -> NoNumber | None:
        """Why no number of the group is given now, whoever asks; None if one is."""
        ...
