"""What is asked before a change is sent: nothing where it touches nobody, else what becomes of those it touches."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from hall.arrangements import Waiting
from hall.catalog import Catalog
from queue_server.operations.views.changes import Touched
from queue_server.web.manage.elements import box, button, say, text
from queue_server.web.manage.settings.change_words import booking_words, people_words

_CLOSED = "从现在起不再放号；照常办完，还是号作废、凭取号单改天来优先？"
_ALONE = "这样改就没有窗口能办他们的号了：请返回，等办完再改；或者号作废、凭取号单改天来优先。"
Send = Callable[[Waiting | None], Awaitable[None]]


class Deciding:
    """One dialog of a page."""

    def __init__(self) -> None:
        self._send: Send | None = None
        with ui.dialog() as self._dialog, box("div", "card ask set-ask").props('role="alertdialog"'):
            self._title = text("", "section-name", "h2")
            self._words = text("", "", "p")
            self._bookings = text("", "", "p")
            with box("div", "acts"):
                button("返回", self._dialog.close, "button plain")
                self._end = button("号作废", lambda: self._decided(Waiting.END), "button plain")
                self._go = button("保存", lambda: self._decided(Waiting.SERVE))

    async def ask(self, touched: Touched, catalog: Catalog, send: Send, *, about: str = "") -> None:
        """Send at once if it touches nobody and nothing is said of it (`about`), else ask first."""
        bookings = booking_words(touched)
        if not touched.waiting and not bookings and not about:
            await send(None)
            return
        self._send = send
        waits = bool(touched.waiting)
        say(self._title, f"还有 {sum(touched.waiting.values())} 人拿着号在等" if waits else "确定这样改？")
        people = people_words(touched, catalog)
        said = f"{people}。{_ALONE if touched.alone else _CLOSED}" if waits else ""
        say(self._words, " ".join(filter(None, (about, said))))
        say(self._bookings, bookings)
        self._end.set_visibility(waits)
        self._go.set_visibility(not touched.alone)
        say(self._go, "照常办完" if waits else "保存")
        self._dialog.open()

    async def _decided(self, waiting: Waiting) -> None:
        self._dialog.close()
        if self._send is not None:
            await self._send(waiting)
