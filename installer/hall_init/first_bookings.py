"""Invented appointments for the sample hall, made while its server is stopped, so that a check-in can be tried at once.

The first of a day is always that of the invented person whose card the twins lay by `invited.SEED`; nobody of them
exists. They follow the hall's rules like any other, and only a day without appointments gets some.
"""

import secrets
from collections.abc import Iterator
from datetime import date
from random import Random

from devices.id_card.people import invented_person
from hall.booking import Booking
from hall.clock import Moment
from hall.errors import InputError
from hall.slots import Slot, clock, days_from
from hall.wire.bookings import Book
from installer.rehearsal.invited import SEED, bookable
from queue_server.link.clock import new_id
from queue_server.operations.bookings import book
from queue_server.operations.days import today
from queue_server.store import Transaction

SAMPLE_ID = "qinghe"
_DAYS, _EACH_DAY = 4, 7


class NotSampleError(InputError):
    """Invented people have no place in the record of a real hall."""

    code = "hall_init.not_sample"
    advice = "只有示例大厅能放虚构的预约；自己的大厅请导入预约，或在管理页上约一个"


def invite(transaction: Transaction, moment: Moment, hall_key: bytes) -> list[Booking]:
    """Book some of the next slots of today and the days after, for people who do not exist.

    Raises:
        NotSampleError: If this is not the sample hall.
    """
    catalog = transaction.catalog()
    if catalog.hall.id != SAMPLE_ID:
        raise NotSampleError(f"{catalog.hall.name} 不是示例大厅")
    made: list[Booking] = []
    for day in days_from(today(transaction, moment), _DAYS):
        seeds = (SEED, *(secrets.randbits(48) for _ in range(_EACH_DAY - 1)))
        if not transaction.bookings_on(day):
            free = _some_slots(transaction, moment, day)
            requests = (_request(seed, *place) for seed, place in zip(seeds, free, strict=False))
            replies = (book(transaction, moment, request, hall_key) for request in requests)
            made += [reply.booking for reply in replies if reply.booking is not None]
    return made


def _some_slots(transaction: Transaction, moment: Moment, day: date) -> Iterator[tuple[str, Slot]]:
    """Services with a slot to come, the earliest first, group by group."""
    catalog, changes = transaction.catalog(), transaction.slot_changes(day)
    found = [
        (slot.at, service, slot)
        for group, service in bookable(catalog).items()
        for slot in catalog.slots_of(group, day, changes)
        if slot.at > moment.wall_us and slot.capacity
    ]
    return ((service, slot) for _, service, slot in sorted(found, key=lambda each: each[:2]))


def _request(seed: int, service: str, slot: Slot) -> Book:
    person = invented_person(Random(seed))
    return Book(
        request_id=new_id(),
        service=service,
        day=slot.day,
        time=clock(slot.start),
        document=person.kind,
        document_number=person.number,
        name=person.name,
    )
