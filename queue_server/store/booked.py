"""The present of appointments: what a fact makes of one, and what a manager's word makes of a day's slots."""

from hall.booking import Booking, CapacitySet
from hall.booking_projection import booking_after, booking_named
from hall.facts import JournalEntry
from hall.slots import WHOLE_DAY
from queue_server.store.promise import Present
from queue_server.store.records import SlotChange


def book(present: Present, entry: JournalEntry) -> None:
    """Change the appointment that an entry concerns, if it concerns one that is known or makes one."""
    named = booking_named(entry)
    if named is None:
        return
    before = present.get(Booking, named)
    after = booking_after(before, entry)
    if after is not None and after != before:
        present.put(after)


def change_slots(present: Present, body: CapacitySet) -> None:
    """Keep what a manager said."""
    start = WHOLE_DAY if body.start is None else body.start
    if body.capacity is None:
        present.drop(SlotChange, body.day, body.group or "", start)
    else:
        present.put(SlotChange(body.day, body.group or "", start, body.capacity))
