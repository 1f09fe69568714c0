"""现场预约: one appointment for whoever stands there, its slip with number and code, and taking one back by number."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

import segno
from nicegui import ui

from hall.booking import Booking, BookingState
from hall.errors import OneWindowError
from hall.wire.bookings import BookHere, CancelBooking
from queue_server.web.manage.booking_desk import BookingDesk
from queue_server.web.manage.booking_words import REFUSED, STATES, FreeDay, Offer, time_words
from queue_server.web.manage.elements import box, button, chooser, options, say, text


class Counter:
    """Its two cards: book, and take back.

    Args:
        desk: The server's side.
        offset_minutes: The hall's clock against UTC.
        offers: What can be booked.
        token: The manager's session.
        new_id: Gives request ids.
    """

    def __init__(
        self, desk: BookingDesk, offset_minutes: int, offers: tuple[Offer, ...], token: str, new_id: Callable[[], str]
    ) -> None:
        self._desk, self._offset, self._token, self._new_id = desk, offset_minutes, token, new_id
        self._names = {offer.service: offer.name for offer in offers}
        self._free: tuple[FreeDay, ...] = ()
        self._service, self._day, self._time = "", "", ""
        self._request, self._under_way = new_id(), False
        with box("section", "card counter"):
            text("现场约一个", "section-name", "h2")
            text("不用证件，也不记姓名：凭预约号或二维码取号，所以请把单子交给本人。", "muted", "p")
            with box("div", "chooses"):
                self._services = chooser("事项", self._choose_service)
                self._days = chooser("哪一天", self._choose_day)
                self._times = chooser("时段", self._choose_time)
            with box("div", "acts start"):
                self._book = button("约好", self._send)
                self._again = button("再约一个", self._next, "button plain")
            self._told = text("", "told-title", "p").props('aria-live="polite"')
            self._slip = box("div", "booking-slip")
        options(
            self._services,
            {
                name: {offer.service: offer.name for offer in some}
                for name, some in groupby(offers, lambda each: each.group)
            },
        )
        _TakingBack(desk, offset_minutes, self._names, token, new_id)
        self._anew()

    def _anew(self) -> None:
        self._request = self._new_id()
        self._slip.clear()
        self._slip.set_visibility(False)
        self._again.set_visibility(False)
        self._book.set_visibility(True)
        say(self._told, "")

    async def _next(self) -> None:
        """Another one of the same service; what is free now may be another time."""
        await self._choose_service(self._service)

    async def _choose_service(self, service: str) -> None:
        self._anew()
        self._service, self._day, self._time = service, "", ""
        self._free = await self._desk.free(service) if service in self._names else ()
        if self._told.is_deleted:
            return
        options(self._days, {"": {each.day.isoformat(): each.words for each in self._free}})
        options(self._times, {})
        if service and not self._free:
            say(self._told, "以后几天都约满了，或者不接受预约")

    def _choose_day(self, day: str) -> None:
        self._anew()
        self._day, self._time = day, ""
        options(self._times, {"": next((each.times for each in self._free if each.day.isoformat() == day), {})})

    def _choose_time(self, time: str) -> None:
        self._anew()
        self._time = time

    async def _send(self) -> None:
        if self._under_way:
            return
        if not (self._service and self._day and self._time):
            say(self._told, "请先选事项、哪一天和时段")
            return
        wanted = BookHere(
            request_id=self._request, service=self._service, day=date.fromisoformat(self._day), time=self._time
        )
        self._under_way = True
        try:
            reply = await self._desk.book(self._token, wanted)
        except OneWindowError as error:  # under the same id it may be tried again
            say(self._told, f"没有约成：{error}。{error.advice}")
            return
        finally:
            self._under_way = False
        if self._told.is_deleted:
            return
        if reply.booking is None:
            self._request = self._new_id()
            say(self._told, f"没有约成：{REFUSED.get(reply.refusal, '现在不能约') if reply.refusal else '现在不能约'}")
            return
        self._show(reply.booking, reply.code)

    def _show(self, booking: Booking, code: str) -> None:
        say(self._told, "约好了，请打印或让市民拍照")
        self._book.set_visibility(False)
        self._again.set_visibility(True)
        with self._slip:
            ui.html(_qr(code), sanitize=False).classes("booking-code")
            with box("div", "booking-words"):
                text("预约号", "muted")
                text(booking.number, "booking-number", "b")
                text(time_words(booking, self._offset), "booking-when", "b")
                text(self._names[booking.service], "")
                text("到时在取号机上扫这个码，或按「预约取号」输入预约号", "muted")
                printing = text("打印", "button plain no-print", "button").props('type="button"')
                printing.on("click", js_handler="() => window.print()")
        self._slip.set_visibility(True)


class _TakingBack:
    """One found by its number, then taken back for whoever stands there."""

    def __init__(
        self,
        desk: BookingDesk,
        offset_minutes: int,
        names: dict[str, str],
        token: str,
        new_id: Callable[[], str],
    ) -> None:
        self._desk, self._offset, self._names, self._token, self._new_id = desk, offset_minutes, names, token, new_id
        self._typed, self._found = "", ""
        self._request = new_id()
        with box("section", "card taking-back"):
            text("取消一个", "section-name", "h2")
            with box("label", "choose"):
                text("预约号", "")
                typed = ui.element("input").classes("rule-field")
                typed.props('inputmode="numeric" maxlength="24" autocomplete="off"')
                typed.on("input", self._type, js_handler="(e) => emit(e.target.value)")
            with box("div", "acts start"):
                button("查一下", self._find, "button plain")
                self._cancel = button("取消这个预约", self._send)
            self._told = text("", "told-title", "p").props('aria-live="polite"')
        self._cancel.set_visibility(False)

    def _type(self, event: Any) -> None:
        self._typed = str(event.args)
        self._cancel.set_visibility(False)

    async def _find(self) -> None:
        found = await self._desk.find(self._typed)
        if self._told.is_deleted:
            return
        self._cancel.set_visibility(found is not None and found.state is BookingState.BOOKED)
        if found is None:
            say(self._told, "没有这个预约号，请核对")
            return
        self._found, self._request = found.number, self._new_id()
        name = self._names.get(found.service, found.service)
        say(self._told, f"{time_words(found, self._offset)}，{name}：{STATES[found.state]}")

    async def _send(self) -> None:
        try:
            reply = await self._desk.cancel(self._token, CancelBooking(request_id=self._request, number=self._found))
        except OneWindowError as error:
            say(self._told, f"没有取消：{error}。{error.advice}")
            return
        if self._told.is_deleted:
            return
        if reply.refusal is not None:
            say(self._told, f"没有取消：{REFUSED.get(reply.refusal, '现在不能取消')}")
            return
        self._cancel.set_visibility(False)
        say(self._told, f"{self._found} 已取消，位子又可以约了")


def _qr(code: str) -> str:
    return segno.make(code, error="m", micro=False).svg_inline(border=2, omitsize=True)
