"""预约 as NiceGUI elements: a file brought in after a look at what it would do, and one appointment at the counter."""

from collections.abc import Callable
from functools import partial

from nicegui import events, ui
from nicegui.element import Element

from hall.errors import MistakesError, OneWindowError
from queue_server.operations.booking_file import COLUMNS, Line
from queue_server.web.manage.booking_counter import Counter
from queue_server.web.manage.booking_desk import BookingDesk
from queue_server.web.manage.booking_words import Offer, brought, would_bring
from queue_server.web.manage.elements import box, button, say, text
from queue_server.web.manage.side import only_looks_note, side
from queue_server.web.manage.working import Working

ADDRESS = "/manage/appointments"
_NOTHING_TO_SEE = "这个登录是审计员：导入和现场预约是管理人员办的事。约了多少、来了多少，请看「现场」那一页"
MOST_BYTES = 990_000
"""A request of ours carries 1 MB, and the file is wrapped in it."""


class BookingPage:
    """The whole page for one browser.

    Args:
        desk: The server's side.
        hall: The hall's name.
        offset_minutes: Its clock against UTC.
        offers: What can be booked.
        token: The manager's session.
        staff: Who is signed in.
        new_id: Gives request ids.
        only_looks: Whether it is an auditor.
    """

    def __init__(
        self,
        desk: BookingDesk,
        hall: str,
        offset_minutes: int,
        offers: tuple[Offer, ...],
        token: str,
        staff: str,
        new_id: Callable[[], str],
        *,
        only_looks: bool = False,
    ) -> None:
        with box("div", "shell"):
            side(hall, staff, ADDRESS, only_looks=only_looks)
            with box("main", "main"):
                with box("header", "head"):
                    text("预约", "headline", "h1")
                    text("今天来了多少、哪一天不接受预约，在「现场」那一页。", "muted")
                only_looks_note(_NOTHING_TO_SEE, only_looks=only_looks)
                if only_looks:
                    return
                if not offers:
                    with box("section", "card"):
                        text(
                            "本大厅没有接受预约的业务。要接受，请在办事目录的 groups.toml 里写 [group.booking]。",
                            "",
                            "p",
                        )
                    return
                with box("div", "booking-cards"):
                    Counter(desk, offset_minutes, offers, token, new_id)
                    _Bringing(desk, token)


class _Bringing:
    """Files of a portal: chosen, looked through, told what would happen, and only then taken."""

    def __init__(self, desk: BookingDesk, token: str) -> None:
        self._desk, self._token = desk, token
        self._lines: tuple[Line, ...] = ()
        with box("section", "card bringing"):
            text("从文件导入", "section-name", "h2")
            text("平台导出的 CSV，第一行是：", "muted", "p")
            text("，".join(COLUMNS), "columns", "p")
            text("UTF-8 和 GBK（Excel 存的）都行，一次最多 1 MB。有一处不对就一条也不导入。", "muted", "p")
            upload = ui.upload(
                on_upload=self._came,
                on_rejected=lambda _: self._refused("文件太大：一次最多 1 MB，请按日期分成几个文件"),
                max_file_size=MOST_BYTES,
                auto_upload=True,
            )
            upload.props('accept=".csv,.txt,text/csv"').classes("unseen")
            with box("div", "acts start"):
                pick = text("选文件，先看会怎样", "button plain", "button").props('type="button"')
                pick.on("click", js_handler=f"() => getElement({upload.id}).pickFiles()")
                self._take = button("导入", self._taken)
            with box("div", "acts start"):
                self._working = Working()
            with box("div", "told").props('aria-live="polite"'):
                self._title = text("", "told-title", "p")
                self._wrong: Element = ui.element("ul").classes("rule-wrong")
        self._take.set_visibility(False)
        self._upload = upload

    async def _came(self, event: events.UploadEventArguments) -> None:
        if self._working.busy:
            return
        self._say("")
        raw = await event.file.read()
        self._upload.reset()  # the same file again, corrected, is another one
        try:
            reading = partial(self._desk.read, self._token, raw)
            self._lines, told = await self._working.run(f"正在看 {event.file.name}", reading)
        except MistakesError as error:
            self._say(f"{event.file.name} 有 {len(error.mistakes)} 处要改，一条也没有导入", tuple(error.mistakes))
            return
        except OneWindowError as error:
            self._refused(f"{error}。{error.advice}")
            return
        self._say(f"{event.file.name}：{would_bring(told)}", ready=bool(told.made))

    async def _taken(self) -> None:
        if self._working.busy:
            return
        lines, self._lines = self._lines, ()
        if not lines:
            return
        self._say("")
        try:
            told = await self._working.run("正在导入", partial(self._desk.take, self._token, lines))
        except MistakesError as error:
            self._say("没有导入", tuple(error.mistakes))
        except OneWindowError as error:
            self._lines = lines
            self._say(f"没有导入：{error}。{error.advice}", ready=True)
        else:
            self._say(brought(told))

    def _refused(self, words: str) -> None:
        self._lines = ()
        self._say(words)

    def _say(self, title: str, wrong: tuple[str, ...] = (), *, ready: bool = False) -> None:
        if self._title.is_deleted:
            return
        self._working.say("")
        say(self._title, title)
        self._wrong.clear()
        with self._wrong:
            for words in wrong:
                text(words, "", "li")
        self._take.set_visibility(ready)
