"""Appointments: for a city's portal, and for the manager who imports a file or lets a portal in."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hall.slots import FAR_DAYS
from hall.wire.bookings import BookingChanges, BookingList, BookingReply, Imported, PortalToken, SlotList
from queue_server.api.access import admitted
from queue_server.api.bodies import BOOK, BOOK_HERE, CANCEL_BOOKING, PORTAL_NAME, answer, read_body, takes
from queue_server.api.errors import BadBodyError
from queue_server.api.parts import parts_of
from queue_server.operations import booking_file, bookings, portals
from queue_server.operations.days import today
from queue_server.operations.views.slots import slots_now
from queue_server.store.records import STAFF_KINDS, Session, SessionKind

router = APIRouter()
MOST_DAYS = 31
MOST_CHANGES = 500


@router.get("/api/slots", response_model=SlotList)
async def slots(
    request: Request,
    day: date | None = None,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 1,
    group: str | None = None,
) -> Response:
    """The slots of some days from a day on (today unless said), with how many places are taken."""
    parts = parts_of(request)
    moment = parts.clock.now()

    def look() -> SlotList:
        with parts.store.read() as reader:
            now_day = today(reader, moment)
            if day is not None and abs((day - now_day).days) > FAR_DAYS:
                raise BadBodyError(f"地址里的值不对：day 离今天超过 {FAR_DAYS} 天", advice="请写今天前后一年以内的日期")
            return slots_now(reader, moment, day or now_day, days, group)

    return answer(await asyncio.to_thread(look))


def _portal(session: Session) -> str | None:
    """The portal that asks; None for the hall's own people."""
    return session.subject if session.kind is SessionKind.PORTAL else None


@router.post("/api/bookings", response_model=BookingReply, openapi_extra=takes("Book"))
async def book(request: Request) -> Response:
    """One appointment; the same request id always gets the same answer."""
    parts = parts_of(request)
    wanted = await read_body(request, BOOK)
    portal, moment = _portal(await admitted(request)), parts.clock.now()
    reply = await asyncio.wrap_future(
        parts.store.write(lambda t: bookings.book(t, moment, wanted, parts.hall_key, portal))
    )
    return answer(reply)


@router.post("/api/bookings/here", response_model=BookingReply, openapi_extra=takes("BookHere"))
async def book_here(request: Request) -> Response:
    """One appointment for whoever stands at the counter, without a document; the same request id, the same answer."""
    parts, staff = parts_of(request), (await admitted(request)).subject
    wanted = await read_body(request, BOOK_HERE)
    moment = parts.clock.now()
    reply = await asyncio.wrap_future(
        parts.store.write(lambda t: bookings.book_here(t, moment, wanted, staff, parts.hall_key))
    )
    return answer(reply)


@router.post("/api/bookings/cancel", response_model=BookingReply, openapi_extra=takes("CancelBooking"))
async def cancel(request: Request) -> Response:
    """An appointment is taken back by its holder; the same request id always gets the same answer.

    A portal takes back what it made itself; of another's it hears that there is none.
    """
    parts = parts_of(request)
    wanted = await read_body(request, CANCEL_BOOKING)
    session, moment = await admitted(request), parts.clock.now()
    staff = session.subject if session.kind in STAFF_KINDS else None
    reply = await asyncio.wrap_future(
        parts.store.write(lambda t: bookings.cancel(t, moment, wanted, parts.hall_key, staff, _portal(session)))
    )
    return answer(reply)


@router.get("/api/bookings", response_model=BookingList)
async def of_day(request: Request, day: date | None = None) -> Response:
    """The appointments of a day, today unless said, and what became of them; to a portal its own. Nobody is named."""
    parts, portal = parts_of(request), _portal(await admitted(request))

    def look() -> BookingList:
        with parts.store.read() as reader:
            found = reader.bookings_on(day or today(reader, parts.clock.now()))
            return BookingList(bookings=tuple(each for each in found if each.concerns(portal)))

    return answer(await asyncio.to_thread(look))


@router.get("/api/bookings/changes", response_model=BookingChanges)
async def changes(
    request: Request,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST_CHANGES)] = MOST_CHANGES,
) -> Response:
    """What became of appointments after a place of the journal: made, taken back, called off, used, missed.

    To a portal what became of its own.
    """
    parts, portal = parts_of(request), _portal(await admitted(request))

    def look() -> BookingChanges:
        with parts.store.read() as reader:
            found = reader.bookings_changed_after(after, limit, portal)
            place = found[-1].changed_seq if found else after
            return BookingChanges(bookings=tuple(found), next=place, epoch=reader.server_epoch())

    return answer(await asyncio.to_thread(look))


@router.post("/api/bookings/file", response_model=Imported)
async def import_file(
    request: Request,
    trial: Annotated[bool, Query()] = False,  # noqa: FBT002
    portal: str | None = None,
) -> Response:
    """A CSV file as the body: taken whole, or refused with all its mistakes. A `trial` tells and takes nothing.

    With a `portal` its appointments are that one's own.
    """
    parts, raw = parts_of(request), await request.body()
    moment = parts.clock.now()

    def read() -> tuple[tuple[booking_file.Line, ...], Imported]:
        with parts.store.read() as reader:
            if portal is not None:
                portals.require_portal(reader, portal)
            lines = booking_file.read_file(reader, moment, raw, parts.hall_key)
            return lines, booking_file.foretell(reader, lines)

    lines, brought = await asyncio.to_thread(read)  # beside the writer; one commit takes them
    if not trial:
        brought = await asyncio.wrap_future(parts.store.write(lambda t: booking_file.take(t, moment, lines, portal)))
    return answer(brought)


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
