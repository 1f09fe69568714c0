"""The composition root: opens the store, puts the parts together, serves until told to stop.

It is long because every part of the server is made and joined in this one place.
"""

import asyncio
import ipaddress
import json
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import uvicorn
from fastapi import FastAPI

from hall.catalog import Catalog
from hall.clock import Clock
from hall.errors import OneWindowError
from hall.keys import Purpose, derive
from queue_server.advertise import advertised
from queue_server.api.application import Pages, create
from queue_server.api.live import Live
from queue_server.api.parts import Parts
from queue_server.api.phones import Phones
from queue_server.api.problems import log_bug
from queue_server.api.screens import live as view_of
from queue_server.api.screens import looking
from queue_server.api.windows import ask
from queue_server.backup.backups import backups_of
from queue_server.backup.rounds import Rounds
from queue_server.config import ServerSettings
from queue_server.foresight import Foresight
from queue_server.link.clock import SystemClock
from queue_server.link.relay_link import RelayLink
from queue_server.link.webhook_link import WebhookLink
from queue_server.nearing import Nearing
from queue_server.operations.auto_call import call_by_itself, is_wanted
from queue_server.operations.recovery import begin_if_restored
from queue_server.operations.tick import tick
from queue_server.operations.troubles import Trouble, tell
from queue_server.operations.trusted_clock import SERVER, trust
from queue_server.relaying import RELAY, Relaying
from queue_server.rule_trials import RuleTrials
from queue_server.serving import Server
from queue_server.startup import Ready, prepare
from queue_server.store.writer import GROUP
from queue_server.summing import Summing
from queue_server.voice import Announcer, Call
from queue_server.watching import Watching
from queue_server.web import pages
from queue_server.web.manage.booking_desk import BookingDesk
from queue_server.web.manage.door import ManagersDoor
from queue_server.web.manage.mount import Source, mount
from queue_server.web.manage.replay_desk import ReplayDesk
from queue_server.web.manage.rule_page import Rules
from queue_server.web.manage.settings.desk import SettingsDesk
from queue_server.web.manage.statistics_desk import StatisticsDesk
from queue_server.web.manage.tiles import Thresholds
from queue_server.web.ticket.routes import PhonePage

log = logging.getLogger("onewindow.server.app")
TICK_SECONDS = 5.0
WATCH_SECONDS = 5.0
AUTO_CALL_SECONDS = 1.0
Beside = Callable[[], AbstractAsyncContextManager[None]]
_STOP_SECONDS = 3
_FIRST_WORDS = Call("A001", 1)
_FRAME_BYTES = 16_384  # nothing is asked over our sockets


_AS_SET_BACK = "启动后按「服务器退回过」处理：说不清的号等设备补报，不自动叫"
_PERHAPS_MOVED = (
    f"{_AS_SET_BACK}。因为数据文件夹像是从别处拷来的，可能是旧的一份；"
    "若是停着服务器整个搬来（或改过属主、权限），旧的一处不再用，请加 --moved 启动一次"
)


def check(settings: ServerSettings, *, moved: bool = False) -> str:
    """Everything a start needs, opened and given back; a damaged database is told of, not replaced.

    Returns:
        What a start would do that somebody should know before, empty if nothing.

    Raises:
        StartError: With every trouble at once.
    """
    ready = prepare(settings, mend=False, moved=moved)
    try:
        with ready.store.read() as reader:
            restored = reader.restored()
    finally:
        ready.close()
    if restored is None:
        return ""
    return _PERHAPS_MOVED if restored.by_touch else _AS_SET_BACK


def serve(
    settings: ServerSettings,
    on_ready: Callable[[str], None],
    most_at_once: int = GROUP,
    *,
    new_key: bool = False,
    moved: bool = False,
    clock: Clock | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun.

    Args:
        settings: The server's settings.
        on_ready: Called with the server's address once it serves.
        most_at_once: As for `Store.open`.
        new_key: Whether the hall key was replaced on purpose.
        moved: Whether the data folder was copied here whole while the hall stood still.
        clock: Tells the time; None takes the machine's own. Only a rehearsal has another.

    Raises:
        StartError: With every trouble at once, before anything was served.
    """
    ready = prepare(settings, most_at_once, new_key=new_key, moved=moved)
    parts = _parts(settings, ready, clock or SystemClock())
    parts.store.write(partial(begin_if_restored, moment=parts.clock.now())).result()
    parts.store.write(partial(trust, moment=parts.clock.now())).result()
    if not settings.relay:  # nor is one missing any more
        parts.store.write(lambda t: tell(t, parts.clock.now(), SERVER, RELAY, None)).result()
    try:
        # uvicorn raises the signals again that stopped it; by then all is done and the exit is a good one.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        _warn_if_reachable(settings)
        config = uvicorn.Config(
            application(parts, ready.port),
            ws="websockets-sansio",
            ws_max_size=_FRAME_BYTES,
            ws_per_message_deflate=False,  # two hundred boards would each cost a compressor and the same work again
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
        address = f"http://{_in_address(settings.host)}:{ready.port}"
        Server(config, lambda: on_ready(address), partial(_send_home, parts)).run(sockets=[ready.listener])
    finally:
        if parts.announcer:
            parts.announcer.close()
        # Nobody can take an end back any more: who it was is forgotten now, not when the server starts again.
        parts.store.write(lambda t: t.forget_holders(ended_before=parts.clock.now().wall_us)).result()
        ready.close()
        log.info("server.stopped 服务器已停止")


def _send_home(parts: Parts) -> None:
    """Whoever waits for something that may take long gets an answer now."""
    parts.live.phones.close()
    parts.store.end_checks()


def announcement(address: str) -> str:
    """The line a program that started the server waits for."""
    return json.dumps(
        {"event": "ready", "address": address, "board": f"{address}/board", "manage": f"{address}/manage"}
    )


def application(parts: Parts, port: int) -> FastAPI:
    """The whole application: API, pages, the passing of time, the advertisement, the manager's pages."""
    settings = parts.settings
    beside: list[Beside] = [partial(_ticking, parts), partial(_calling, parts), partial(_backing_up, parts)]
    beside.append(partial(_watching, parts))
    beside.append(partial(_trying_rules, parts.rule_trials))
    beside.append(partial(_summing, parts))
    if parts.foresight is not None:
        beside.append(partial(_foreseeing, parts.foresight))
    if settings.relay:
        key = derive(parts.hall_key, Purpose.RELAY)
        relaying = Relaying(
            RelayLink(settings.relay, key), Phones(parts), parts.look, parts.clock, partial(_say_of_relay, parts)
        )
        beside.append(partial(_outbound, relaying, Relaying.SECONDS, "relay"))
    if settings.webhook:
        way = WebhookLink(settings.webhook, derive(parts.hall_key, Purpose.WEBHOOK), parts.clock)
        beside.append(partial(_outbound, Nearing(way, parts.look, parts.clock), Nearing.SECONDS, "webhook"))
    if settings.advertise:
        beside.append(partial(advertised, settings.host, port, settings.hall_id))
    app = create(parts, pages_of(parts), tuple(beside))
    door = ManagersDoor(parts.store, parts.clock, parts.hall_key)
    source = Source(
        watch=lambda: parts.live.managers.watching("hall", lambda scene: view_of(scene.hall())),
        staff_of=door.staff_of,
        manager_of=door.manager_of,
        do=door.do,
        ask=partial(ask, parts.foresight),
        new_id=lambda: secrets.token_hex(16),
        voice_problem=lambda: parts.voice_problem,
        offset_minutes=partial(_offset_minutes, parts),
        thresholds=Thresholds(settings.warn_minutes, settings.alert_minutes),
    )
    desk = BookingDesk(parts.store, parts.clock, door.manager_of, parts.hall_key)
    figures = StatisticsDesk(parts.store, parts.clock, door.staff_of, int(settings.alert_minutes))
    rules = Rules(partial(_rule_in_force, parts), parts.rule_trials.preview)
    replays = ReplayDesk(parts.store, parts.clock, door.staff_of)
    arrangements = SettingsDesk(parts.store, parts.clock, door.staff_of, door.manager_of)
    mount(app, source, rules, desk, figures, replays, arrangements)
    return app


async def _say_of_relay(parts: Parts, trouble: Trouble | None) -> None:
    await asyncio.wrap_future(parts.store.write(lambda t: tell(t, parts.clock.now(), SERVER, RELAY, trouble)))


async def _rule_in_force(parts: Parts) -> tuple[Catalog, str]:
    def look() -> tuple[Catalog, str]:
        with parts.store.read() as reader:
            return reader.catalog(), reader.catalog_version()

    return await asyncio.to_thread(look)


def pages_of(parts: Parts) -> Pages:
    """The pages that need no mounting: the boards, the phone page, the manager's way in, the files of all."""
    public = pages.routes(partial(_catalog, parts))
    door = ManagersDoor(parts.store, parts.clock, parts.hall_key)
    return Pages((public, PhonePage(Phones(parts)).routes(), door.routes()), pages.FOLDERS, pages.lost)


def _parts(settings: ServerSettings, ready: Ready, clock: Clock) -> Parts:
    announcer = Announcer(settings.voice_folder, settings.voice_clips) if settings.voice else None
    if announcer:
        announcer.announce(_FIRST_WORDS)  # a hall without a voice is told at once, not at the first call
    foresight = None
    if settings.forecast:
        foresight = Foresight(ready.store, clock, secrets.randbits(32), lambda: live.foreseen(), log_bug)
    live = Live(looking(ready.store, clock, lambda: foresight.outlook if foresight else None))
    return Parts(
        settings=settings,
        store=ready.store,
        backups=backups_of(settings, ready.store, ready.hall_key, clock),
        clock=clock,
        hall_key=ready.hall_key,
        live=live,
        rule_trials=RuleTrials(ready.store, clock),
        announcer=announcer,
        foresight=foresight,
    )


def _catalog(parts: Parts) -> Catalog:
    with parts.store.read() as reader:
        return reader.catalog()


def _offset_minutes(parts: Parts) -> int:
    return _catalog(parts).hall.offset_minutes


def _ticking(parts: Parts) -> AbstractAsyncContextManager[None]:
    async def pass_time() -> None:
        await asyncio.wrap_future(parts.store.write(partial(tick, moment=parts.clock.now())))
        await asyncio.to_thread(parts.store.keep_place)

    return _again_and_again(pass_time, TICK_SECONDS, "tick")


def _calling(parts: Parts) -> AbstractAsyncContextManager[None]:
    def wanted() -> bool:
        with parts.store.read() as reader:
            return is_wanted(reader)

    async def call() -> None:
        if await asyncio.to_thread(wanted):
            await asyncio.wrap_future(parts.store.write(partial(call_by_itself, moment=parts.clock.now())))

    return _again_and_again(call, AUTO_CALL_SECONDS, "auto_call")


def _watching(parts: Parts) -> AbstractAsyncContextManager[None]:
    watching = Watching(parts.store, parts.clock, parts.look, parts.settings.alert_minutes)

    async def look() -> None:
        await asyncio.to_thread(watching.look)

    return _again_and_again(look, WATCH_SECONDS, "alerts")


@asynccontextmanager
async def _again_and_again(act: Callable[[], Awaitable[None]], seconds: float, name: str) -> AsyncIterator[None]:
    """Something that happens by itself while the server serves."""

    async def go_on() -> None:
        while True:
            try:
                await act()
            except OneWindowError as error:
                log.error("%s.failed %s", name, error.code)  # the next one tries again
            except Exception as error:
                log_bug(error)
            await asyncio.sleep(seconds)

    passing = asyncio.create_task(go_on())
    try:
        yield
    finally:
        passing.cancel()
        await asyncio.gather(passing, return_exceptions=True)


@asynccontextmanager
async def _backing_up(parts: Parts) -> AsyncIterator[None]:
    if parts.settings.backup_copy is None:
        log.warning("backup.one_place 备份只有一处，磁盘坏了就一起没了：请在设置里写 backup_copy（另一块盘或网络盘）")
    seconds = parts.settings.backup_minutes * 60
    rounds = Rounds(parts.backups, parts.clock, seconds, partial(_offset_minutes, parts), log_bug)
    rounds.start()
    try:
        yield
    finally:
        await asyncio.to_thread(rounds.close)


@asynccontextmanager
async def _foreseeing(foresight: Foresight) -> AsyncIterator[None]:
    foresight.start()
    try:
        yield
    finally:
        await asyncio.to_thread(foresight.close)


@asynccontextmanager
async def _outbound(talker: Relaying | Nearing, seconds: float, name: str) -> AsyncIterator[None]:
    """Somebody who speaks to the world outside, round after round."""
    try:
        async with _again_and_again(talker.round, seconds, name):
            yield
    finally:
        talker.close()


@asynccontextmanager
async def _summing(parts: Parts) -> AsyncIterator[None]:
    summing = Summing(parts.store, parts.clock, log_bug)
    summing.start()
    try:
        yield
    finally:
        await asyncio.to_thread(summing.close)


@asynccontextmanager
async def _trying_rules(trials: RuleTrials) -> AsyncIterator[None]:
    try:
        yield
    finally:
        trials.close()


def _warn_if_reachable(settings: ServerSettings) -> None:
    if not settings.loopback:
        log.warning(
            "server.reachable 服务器对局域网开放（%s）。设备证书启用之前，设备只凭大厅密钥证明自己，"
            "连接不加密：请只接入大厅专用、与访客隔开的网络",
            settings.host,
        )


def _in_address(host: str) -> str:
    address = ipaddress.ip_address(host)
    if address.is_unspecified:
        return "127.0.0.1" if address.version == 4 else "[::1]"
    return host if address.version == 4 else f"[{host}]"
