"""Puts the manager's pages under /manage of an application; nothing below it opens without a manager's session."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from nicegui import app as nicegui_app
from nicegui import ui

from hall.opening import local_time
from hall.wire.commands import ManagerCommand
from hall.wire.replies import Reply
from hall.wire.views import HallNow
from queue_server.web import look
from queue_server.web.manage.asking import Asking
from queue_server.web.manage.booking_desk import BookingDesk
from queue_server.web.manage.booking_page import BookingPage
from queue_server.web.manage.guard import COOKIE, SIGN_IN, Guard
from queue_server.web.manage.page import LivePage
from queue_server.web.manage.picture import Picture, picture
from queue_server.web.manage.replay_desk import ReplayDesk
from queue_server.web.manage.replay_page import ReplayPage
from queue_server.web.manage.rule_page import RulePage, Rules
from queue_server.web.manage.settings.desk import SettingsDesk
from queue_server.web.manage.settings.page import SettingsPage
from queue_server.web.manage.settings.sections import SECTIONS, section_of
from queue_server.web.manage.statistics_desk import StatisticsDesk
from queue_server.web.manage.statistics_page import StatisticsPage
from queue_server.web.manage.suppose_card import Ask
from queue_server.web.manage.tiles import Thresholds

PATH = "/manage"
_WAY_IN = SIGN_IN.removeprefix(PATH)  # NiceGUI puts the path where it is mounted before it
_PAUSE_S = 0.02
"""Between the pages of two browsers: time in which a clerk's call is answered."""
_HEARTBEAT, _ALERTS = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("heartbeat.js", "alerts.js")
)
_HEAD = (
    '<link rel="stylesheet" href="/look/standard.css"><link rel="stylesheet" href="/look/manage.css">'
    f'<meta name="referrer" content="same-origin"><script>{_HEARTBEAT}</script><script>{_ALERTS}</script>'
    # Socket.IO waits up to 7.5 s between tries; like every screen this page is back within 5 s of its server.
    '<script>addEventListener("load", () => socket.io.reconnectionDelayMax(2000))</script>'
)


class HallLine(Protocol):
    """Where `HallNow` texts come from, one at each change."""

    async def take(self) -> str:
        """The next one, waiting for it."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """What the pages need from the server.

    Attributes:
        watch: A line of `HallNow` texts, first the present one.
        staff_of: The staff number of a manager's session token, None if it is not one (any more).
        manager_of: The same, None of who may only look.
        do: Carries out a command with a manager's session token.
        ask: Asks the forecast about windows.
        new_id: Gives request ids.
        voice_problem: Why calls make no sound, empty while they do.
        offset_minutes: The hall's clock against UTC.
        thresholds: From when a wait is shown in colour.
    """

    watch: Callable[[], AbstractAsyncContextManager[HallLine]]
    staff_of: Callable[[str], Awaitable[str | None]]
    manager_of: Callable[[str], Awaitable[str | None]]
    do: Callable[[str, ManagerCommand], Awaitable[Reply]]
    ask: Ask
    new_id: Callable[[], str]
    voice_problem: Callable[[], str]
    offset_minutes: Callable[[], int]
    thresholds: Thresholds

    def picture(self, text: str) -> tuple[Picture, str]:
        """The page for a `HallNow` text, and the time on the hall's clock."""
        now = HallNow.model_validate_json(text)
        offset = self.offset_minutes()
        clock = local_time(now.at, offset).strftime("%H:%M")
        return picture(now, self.thresholds, self.voice_problem(), offset_minutes=offset), clock


class Pictures:
    """The newest picture, made once for however many browsers show it.

    Args:
        make: Makes the picture of a text, and the time on the hall's clock.
    """

    def __init__(self, make: Callable[[str], tuple[Picture, str]]) -> None:
        self._make = make
        self._text = ""
        self._made: tuple[Picture, str] | None = None
        self._turn = asyncio.Lock()

    def of(self, text: str) -> tuple[Picture, str]:
        """The picture of a text; of the same text the same one."""
        if self._made is None or text != self._text:
            self._text, self._made = text, self._make(text)
        return self._made

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """While one browser's page is drawn no other is, nor right after: a call waits for one of them at most."""
        async with self._turn:
            yield
            await asyncio.sleep(_PAUSE_S)


class Shown(Protocol):
    """A browser's end of a page: gone once the browser has been away for a while."""

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone."""
        ...


class Page(Protocol):
    """What is kept up to date."""

    def show(self, picture: Picture, clock: str) -> None:
        """Change it to this moment."""
        ...


async def keep_up(
    client: Shown, line: HallLine, page: Page, pictures: Pictures, seen_by: Callable[[], Awaitable[str | None]]
) -> bool:
    """Keep a page up to date for as long as somebody has it open and may see it.

    A page can be closed in any wait, so what is drawn on is looked at after each: its elements are gone with it.

    Returns:
        False if the session ended while it is open.
    """
    while not client.is_deleted:
        text = await line.take()
        async with pictures.turn():
            known = await seen_by()
            if client.is_deleted:
                break
            if known is None:
                return False
            page.show(*pictures.of(text))
    return True


def mount(
    application: Any,  # a FastAPI; its door is queue_server.api
    source: Source,
    rules: Rules,
    desk: BookingDesk,
    statistics: StatisticsDesk,
    replays: ReplayDesk,
    settings: SettingsDesk,
) -> None:
    """Mount the pages. Once per process: NiceGUI keeps its pages in the process.

    Args:
        application: The FastAPI application of the server.
        source: What the pages show.
        rules: The rule of calling, to be looked at and tried.
        desk: Appointments, to be brought in and made at the counter.
        statistics: Figures of days.
        replays: Past days, to be played.
        settings: The parts of the catalogue that managers change.
    """
    ui.page("/")(partial(_live_page, source, Pictures(source.picture), statistics))
    ui.page("/rule", title="叫号规则 一窗通")(partial(_rule_page, source, rules))
    ui.page("/appointments", title="预约 一窗通")(partial(_booking_page, source, rules, desk))
    ui.page("/statistics", title="统计 一窗通")(partial(_statistics_page, source, statistics))
    ui.page("/replay", title="回看 一窗通")(partial(_replay_page, source, statistics, replays))
    for address in ("/settings", "/settings/{name}", "/settings/{name}/{item}"):
        ui.page(address, title="设置 一窗通")(partial(_settings_page, source, settings))
    nicegui_app.add_middleware(Guard, staff_of=source.staff_of)
    ui.run_with(
        application,
        mount_path=PATH,
        title="现场 一窗通",
        favicon=look.FOLDER / "mark.svg",
        language="zh-CN",
        tailwind=False,
        binding_refresh_interval=None,
        show_welcome_message=False,
    )


@dataclass(frozen=True, slots=True)
class _Visitor:
    """Who has a page open; an auditor only looks."""

    token: str
    staff: str
    only_looks: bool

    def asking(self, source: Source) -> Asking:
        """What asks on the page, and sends."""
        return Asking(partial(source.do, self.token), source.new_id, only_looks=self.only_looks)


async def _come_in(source: Source) -> _Visitor | None:
    """Who opens a page; None, and on the way to the form, for who may not."""
    token = ui.context.client.request.cookies.get(COOKIE, "")
    staff = await source.staff_of(token)
    if staff is None:
        ui.navigate.to(_WAY_IN)
        return None
    ui.add_head_html(_HEAD)
    return _Visitor(token, staff, await source.manager_of(token) is None)


async def _live_page(source: Source, pictures: Pictures, statistics: StatisticsDesk) -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    async with source.watch() as line:
        first = pictures.of(await line.take())
        if client.is_deleted:
            return
        find = partial(statistics.against_usual, visitor.token)
        page = LivePage(*first, staff=visitor.staff, asking=visitor.asking(source), ask=source.ask, find=find)
        await client.connected()
        if not await keep_up(client, line, page, pictures, partial(source.staff_of, visitor.token)):
            ui.navigate.to(_WAY_IN)


async def _rule_page(source: Source, rules: Rules) -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    catalog, version = await rules.in_force()
    if not client.is_deleted:
        RulePage(rules, catalog, version, visitor.staff, visitor.asking(source))


async def _booking_page(source: Source, rules: Rules, desk: BookingDesk) -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    (catalog, _), offers = await rules.in_force(), await desk.offers()
    if not client.is_deleted:
        hall = catalog.hall
        who = visitor.token, visitor.staff
        BookingPage(desk, hall.name, hall.offset_minutes, offers, *who, source.new_id, only_looks=visitor.only_looks)


async def _statistics_page(source: Source, desk: StatisticsDesk) -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    catalog, today = await desk.today()
    if client.is_deleted:
        return
    page = StatisticsPage(desk, catalog, today, visitor.token, visitor.staff, only_looks=visitor.only_looks)
    await client.connected()
    if not client.is_deleted:
        await page.look()


async def _replay_page(source: Source, statistics: StatisticsDesk, desk: ReplayDesk) -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    catalog, today, newest = await desk.begin()
    if client.is_deleted:
        return
    hall = catalog.hall.name, catalog.hall.offset_minutes
    who = visitor.token, visitor.staff, visitor.only_looks
    ReplayPage(desk, statistics, hall, (newest, today), who, source.thresholds)


async def _settings_page(source: Source, desk: SettingsDesk, name: str = SECTIONS[0].name, item: str = "") -> None:
    client, visitor = ui.context.client, await _come_in(source)
    if visitor is None:
        return
    own = replace(desk, token=visitor.token)
    catalog, once_made = await own.catalog(), await own.once_made()
    if client.is_deleted:
        return
    page = SettingsPage(own, section_of(name), item, catalog, once_made, visitor.staff, visitor.asking(source))
    await client.connected()
    if not client.is_deleted:
        await page.show()
