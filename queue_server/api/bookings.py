"""Appointments: for a city's portal, and for the manager who imports a file or lets a portal in."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hall.wire.bookings import BookingList, BookingReply, Imported, PortalToken, SlotList
from queue_server.api.bodies import BOOK, CANCEL_BOOKING, PORTAL_NAME, answer, read_body, takes
from queue_server.api.parts import Parts, parts_of
from queue_server.operations import booking_file, bookings, portals
from queue_server.operations.days import today
from queue_server.operations.views.slots import slots_now

router = APIRouter()
MOST_DAYS = 31


@router.get("/api/slots", response_model=SlotList)
async def slots(
    request: Request,
    day: date | None = None,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 1,
    group: str | None = None,
) -> Response:
    """The slots of some days from a day on (today unless said), with how many places are taken."""
    parts = parts_of(request)

    def look() -> SlotList:
        with parts.store.read() as reader:
            return slots_now(reader, day or today(reader, parts.clock.now()), days, group)

    return answer(await asyncio.to_thread(look))


@router.post("/api/bookings", response_model=BookingReply, openapi_extra=takes("Book"))
async def book(request: Request) -> Response:
    """One appointment; the same request id always gets the same answer."""
    parts = parts_of(request)
    wanted = await read_body(request, BOOK)
    moment = parts.clock.now()
    reply = await asyncio.wrap_future(parts.store.write(lambda t: bookings.book(t, moment, wanted, parts.hall_key)))
    return answer(reply)


@router.post("/api/bookings/cancel", response_model=BookingReply, openapi_extra=takes("CancelBooking"))
async def cancel(request: Request) -> Response:
    """An appointment is taken back by its holder; the same request id always gets the same answer."""
    parts = parts_of(request)
    wanted = await read_body(request, CANCEL_BOOKING)
    moment = parts.clock.now()
    reply = await asyncio.wrap_future(parts.store.write(lambda t: bookings.cancel(t, moment, wanted, parts.hall_key)))
    return answer(reply)


@router.get("/api/bookings", response_model=BookingList)
async def of_day(request: Request, day: date | None = None) -> Response:
    """The appointments of a day, today unless said, and what became of them; nobody is named."""
    parts = parts_of(request)

    def look() -> BookingList:
        with parts.store.read() as reader:
            return BookingList(bookings=tuple(reader.bookings_on(day or today(reader, parts.clock.now()))))

    return answer(await asyncio.to_thread(look))


@router.post("/api/bookings/file", response_model=Imported)
async def import_file(request: Request) -> Response:
    """A CSV file as the body: taken whole, or refused with all its mistakes."""
    return answer(await take_file(parts_of(request), await request.body()))


async def take_file(parts: Parts, raw: bytes) -> Imported:
    """Read a file beside the writer, then record it in one commit.

    Raises:
        BookingFileError: With all mistakes.
    """
    moment = parts.clock.now()

    def read() -> tuple[booking_file.Line, ...]:
        with parts.store.read() as reader:
            return booking_file.read_file(reader, moment, raw, parts.hall_key)

    lines = await asyncio.to_thread(read)
    return await asyncio.wrap_future(parts.store.write(lambda t: booking_file.take(t, moment, lines)))


@router.post("/api/portals", response_model=PortalToken, openapi_extra=takes("PortalName"))
async def open_portal(request: Request) -> Response:
    """A token for a portal, told this once."""
    parts = parts_of(request)
    wanted = await read_body(request, PORTAL_NAME)
    moment = parts.clock.now()
    return answer(await asyncio.wrap_future(parts.store.write(lambda t: portals.open_portal(t, moment, wanted.name))))


@router.delete("/api/portals/{portal}", status_code=204)
async def close_portal(request: Request, portal: str) -> Response:
    """A portal's token opens nothing any more."""
    await asyncio.wrap_future(parts_of(request).store.write(lambda t: portals.close_portal(t, portal)))
    return Response(status_code=204)
