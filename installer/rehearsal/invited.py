"""Invented people with appointments, so that a demonstration shows a check-in: a card to lay, numbers to type."""

import secrets
from collections.abc import Iterator
from random import Random

from devices.id_card.people import invented_person
from hall.booking import Booking
from hall.catalog import Catalog
from hall.wire.bookings import Book, SlotNow
from installer.hall_api import HallApi
from queue_server.link.clock import new_id

SEED = 20260901
"""Makes the invented person whose card the panel lays for an appointment."""
_OTHERS = 6


def bookable(catalog: Catalog) -> dict[str, str]:
    """The first service of each group that takes appointments."""
    groups = (group.id for group in catalog.groups if group.booking is not None)
    return {group: next(catalog.services_of(group)).id for group in groups}


def invite(api: HallApi, services: dict[str, str]) -> list[Booking]:
    """Book the next slots of today: the first for whoever is made by `SEED`, the others for people made at random.

    Args:
        api: A manager's session.
        services: A bookable service for each group that takes appointments.

    Returns:
        What was booked, the first one that of `SEED`; empty when today has no slot left.
    """
    seeds = (SEED, *(secrets.randbits(48) for _ in range(_OTHERS)))
    booked = (_book(api, seed, slot, services) for seed, slot in zip(seeds, _next_slots(api), strict=False))
    return [booking for booking in booked if booking is not None]


def _next_slots(api: HallApi) -> Iterator[SlotNow]:
    """Places of today's slots to come, the earliest first."""
    slots = sorted((slot for slot in api.slots() if slot.free), key=lambda slot: slot.at)
    return (slot for slot in slots for _ in range(slot.free))


def _book(api: HallApi, seed: int, slot: SlotNow, services: dict[str, str]) -> Booking | None:
    person = invented_person(Random(seed))
    request = Book(
        request_id=new_id(),
        service=services[slot.group],
        day=slot.day,
        time=slot.start,
        document=person.kind,
        document_number=person.number,
        name=person.name,
    )
    return api.book(request).booking
