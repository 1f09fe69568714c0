"""What the page of appointments asks the server to do, each time for whoever is still signed in.

Of a file only what was read stays with the page: tokens, no documents.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from hall.booking import Booking, booking_number
from hall.clock import Clock
from hall.wire.bookings import BookHere, BookingReply, CancelBooking, Imported
from queue_server.operations import booking_file, bookings
from queue_server.operations.days import today
from queue_server.operations.errors import SignInError
from queue_server.operations.progress import Progress, unheard
from queue_server.operations.views.slots import slots_now
from queue_server.store import Reader, Store, Transaction
from queue_server.web.manage.booking_words import FreeDay, Offer, free_days

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BookingDesk:
    """Over the hall's store; every act raises `SignInError` once the session has ended."""

    store: Store
    clock: Clock
    staff_of: Callable[[str], Awaitable[str | None]]
    hall_key: bytes = field(repr=False)

    async def offers(self) -> tuple[Offer, ...]:
        """The services that can be booked, by group."""

        def look(reader: Reader) -> tuple[Offer, ...]:
            catalog = reader.catalog()
            groups = [group for group in catalog.groups if group.booking is not None]
            return tuple(
                Offer(service.id, service.name, group.name)
                for group in groups
                for service in catalog.services_of(group.id)
            )

        return await self._look(look)

    async def free(self, service: str) -> tuple[FreeDay, ...]:
        """When a service can be booked, from now on."""
        moment = self.clock.now()

        def look(reader: Reader) -> tuple[FreeDay, ...]:
            catalog = reader.catalog()
            days = catalog.hall.booking.days_ahead + 1
            slots = slots_now(reader, moment, today(reader, moment), days, catalog.service(service).group)
            return free_days(slots.slots)

        return await self._look(look)

    async def find(self, number: str) -> Booking | None:
        """The appointment of a number as somebody typed it."""
        digits = booking_number(number)
        return None if digits is None else await self._look(lambda reader: reader.booking_of_number(digits))

    async def read(
        self, token: str, raw: bytes, progress: Progress = unheard
    ) -> tuple[tuple[booking_file.Line, ...], Imported]:
        """A file, and what taking it would bring. Raises `BookingFileError` with all mistakes, or `StoppedError`."""
        await self._staff(token)
        moment = self.clock.now()

        def look(reader: Reader) -> tuple[tuple[booking_file.Line, ...], Imported]:
            lines = booking_file.read_file(reader, moment, raw, self.hall_key, progress)
            return lines, booking_file.foretell(reader, lines)

        return await self._look(look)

    async def take(self, token: str, lines: tuple[booking_file.Line, ...], progress: Progress = unheard) -> Imported:
        """Take what was read; twice is harmless. Raises `StoppedError`: then nothing was taken."""
        await self._staff(token)
        moment = self.clock.now()
        return await self._write(lambda transaction: booking_file.take(transaction, moment, lines, progress=progress))

    async def book(self, token: str, request: BookHere) -> BookingReply:
        """One appointment at the counter."""
        staff, moment = await self._staff(token), self.clock.now()
        return await self._write(lambda t: bookings.book_here(t, moment, request, staff, self.hall_key))

    async def cancel(self, token: str, request: CancelBooking) -> BookingReply:
        """Its holder takes one back at the counter."""
        staff, moment = await self._staff(token), self.clock.now()
        return await self._write(lambda t: bookings.cancel(t, moment, request, self.hall_key, staff))

    async def _staff(self, token: str) -> str:
        staff = await self.staff_of(token)
        if staff is None:
            raise SignInError("登录已经结束，或者这个工号只能看", advice="请用管理人员的工号登录")
        return staff

    async def _look(self, look: Callable[[Reader], T]) -> T:
        def read() -> T:
            with self.store.read() as reader:
                return look(reader)

        return await asyncio.to_thread(read)

    async def _write(self, act: Callable[[Transaction], T]) -> T:
        return await asyncio.wrap_future(self.store.write(act))
