"""Who is waiting, in memory and in order, so that a call costs the same after ten tickets or ten million.

The same answer as `hall.calling.next_ticket` over all waiting tickets: within one group the penalty of a window is
the same for everybody, so the first two of each group that it may call are the only candidates for next and second.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import islice

from hall.calling import Choice, OrderKey, choose, may_call, order_key
from hall.ticket import Ticket
from hall.window import Window


class Order:
    """The waiting tickets of each group by order key; uncertain ones are in no order."""

    def __init__(self, tickets: Iterable[Ticket] = ()) -> None:
        self._groups: dict[str, list[OrderKey]] = {}
        self._tickets: dict[OrderKey, Ticket] = {}
        for ticket in tickets:
            self.change(None, ticket)

    def change(self, before: Ticket | None, after: Ticket | None) -> None:
        """Follow a ticket from one form to the next; the inverse call takes it back."""
        if before is not None and before.in_order:
            key = order_key(before)
            keys = self._groups[before.group]
            del keys[bisect_left(keys, key)]
            del self._tickets[key]
        if after is not None and after.in_order:
            key = order_key(after)
            insort(self._groups.setdefault(after.group, []), key)
            self._tickets[key] = after

    def next_for(self, window: Window) -> Choice | None:
        """The ticket this window calls next, None if nobody it may serve is waiting."""
        return choose(
            (ticket, window.penalty_us(group))
            for group in {*window.groups, *window.helps}
            for ticket in islice((each for each in self.waiting(group) if may_call(window, each)), 2)
        )

    def waiting(self, group: str) -> Iterator[Ticket]:
        """The waiting tickets of one group, first first."""
        return (self._tickets[key] for key in self._groups.get(group, ()))

    def __len__(self) -> int:
        return len(self._tickets)

    def __iter__(self) -> Iterator[Ticket]:
        return iter(self._tickets.values())
