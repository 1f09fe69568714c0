"""回看 as NiceGUI elements: a past day is chosen, read, and played; the tiles are those of the live page."""

import asyncio
from datetime import date
from functools import partial

from nicegui import ui

from hall.clock import MINUTE_US
from hall.errors import OneWindowError, plain_words
from hall.opening import day_begins
from queue_server.operations.day_replay import PlayableDay
from queue_server.operations.progress import Progress
from queue_server.operations.views.then import hall_then
from queue_server.web.manage.curve_view import CurveView
from queue_server.web.manage.day_curve import day_curves
from queue_server.web.manage.elements import box, button, chooser, options, say, text
from queue_server.web.manage.periods import typed_day
from queue_server.web.manage.playing import SPEEDS, Playhead
from queue_server.web.manage.replay_desk import ReplayDesk
from queue_server.web.manage.replay_words import at_clock, day_name, half_hours, so_far, with_queues
from queue_server.web.manage.side import side
from queue_server.web.manage.statistics_desk import StatisticsDesk
from queue_server.web.manage.tile_grid import Tiles
from queue_server.web.manage.tiles import Thresholds, card, cell, ranked
from queue_server.web.manage.working import Working

ADDRESS = "/manage/replay"
_TICK_S = 0.5
_NOTHING = "这一天没有人取号，没有什么可以回看"


class ReplayPage:
    """The whole page for one browser.

    Args:
        desk: The server's side.
        statistics: What was usual on such a day.
        hall: The hall's name and its clock against UTC, in minutes.
        days: The day that is offered first, and the last one that can be chosen.
        who: Session, staff number, and whether it is an auditor.
        thresholds: From when a wait is shown in colour.
    """

    def __init__(
        self,
        desk: ReplayDesk,
        statistics: StatisticsDesk,
        hall: tuple[str, int],
        days: tuple[date, date],
        who: tuple[str, str, bool],
        thresholds: Thresholds,
    ) -> None:
        self._desk, self._statistics, self._thresholds = desk, statistics, thresholds
        self._offset = hall[1]
        self._token, staff, only_looks = who
        self._typed, self._speed = days[0].isoformat(), SPEEDS[2]
        self._day: PlayableDay | None = None
        self._head = Playhead(0, 0, 0)
        self._clock_s = 0.0
        self._tiles = Tiles()
        with box("div", "shell"):
            side(hall[0], staff, ADDRESS, only_looks=only_looks)
            with box("main", "main replay"):
                with box("header", "head"):
                    text("回看", "headline", "h1")
                    text("把过去的一天照流水放一遍，只看，不改任何东西", "muted")
                self._choices(days)
                with box("div", "replay-found") as self._found:
                    self._player()
        self._found.set_visibility(False)
        ui.timer(_TICK_S, self._tick)

    def _choices(self, days: tuple[date, date]) -> None:
        with box("section", "card replay-choices"):
            with box("label", "choose"):
                text("哪一天", "")
                made = ui.element("input").classes("rule-field")
                made.props(f'type="date" defaultValue="{days[0].isoformat()}" max="{days[1].isoformat()}"')
                made.on("input", lambda event: self._type(str(event.args)), js_handler="(e) => emit(e.target.value)")
            button("读这一天", self.read)
            self._working = Working("told-title")

    def _player(self) -> None:
        with box("section", "card player"):
            with box("div", "player-head"):
                self._name = text("", "section-name", "h2")
                self._clock = text("", "player-clock", "time")
            with box("div", "player-keys"):
                with box("div", "player-acts"):
                    button("前半小时", partial(self._jump, -1), "button plain")
                    self._play = button("", self._press)
                    button("后半小时", partial(self._jump, 1), "button plain")
                self._places = chooser("跳到", self._to)
                speeds = chooser("快慢", self._go_at)
                options(speeds, {"": {str(each): f"×{each}" for each in SPEEDS}}, chosen=str(self._speed), empty=False)
        with box("div", "section-head"):
            text("当时的各类业务", "section-name", "h2")
            text("「现在来的人」是当时最近一张取号单上印的", "muted")
            self._sum = text("", "muted summary")
        self._tiles.groups()
        with box("section", "card"):
            text("当时的窗口", "section-name", "h2")
            self._tiles.windows()
        with box("section", "card day-curve"):
            text("这一天和往常", "section-name", "h2")
            self._curves = CurveView("当天", open_half=False)

    def _type(self, words: str) -> None:
        self._typed = words

    async def read(self) -> None:
        """Read the day that was typed, saying how far it is; it can be stopped."""
        if self._working.busy:
            return
        try:
            self._working.say(await self._working.run("正在读流水", self._read))
        except OneWindowError as error:
            self._working.say(plain_words(error))

    async def _read(self, progress: Progress) -> str:
        """What to say of it; the page shows the day if it has anything to show."""
        day = typed_day(self._typed)
        found = await self._desk.read(self._token, day, progress)
        first, last = found.replay.span
        if self._found.is_deleted:
            return ""
        if not last:
            self._found.set_visibility(False)
            return _NOTHING
        usual = await self._statistics.against_usual(self._token, day)
        if self._found.is_deleted:
            return ""
        self._day, self._head = found, Playhead(first, last, first, self._speed)
        say(self._name, day_name(day))
        self._midnight = day_begins(day, self._offset)
        self._shown = with_queues(day_curves(usual.halves, usual.before, day), found.replay, self._midnight)
        self._curves.show(self._shown)
        options(self._places, {"": half_hours(first, last, self._offset)})
        self._found.set_visibility(True)
        self._show()
        return ""

    def _press(self) -> None:
        self._clock_s = asyncio.get_running_loop().time()
        self._change(self._head.pressed())

    def _jump(self, halves: int) -> None:
        self._change(self._head.jumped(halves, self._offset))

    def _to(self, moment: str) -> None:
        if moment.isdecimal():
            self._change(self._head.to(int(moment)))

    def _go_at(self, speed: str) -> None:
        self._speed = next((each for each in SPEEDS if str(each) == speed), self._speed)
        self._change(self._head.at_speed(self._speed))

    def _tick(self) -> None:
        if not self._head.plays:
            return
        now = asyncio.get_running_loop().time()
        passed_s, self._clock_s = now - self._clock_s, now
        self._change(self._head.after(round(passed_s * 1_000_000)))

    def _change(self, head: Playhead) -> None:
        if self._day is not None:
            self._head = head
            self._show()

    def _show(self) -> None:
        """Everything as it stood at this place of the day."""
        assert self._day is not None
        head = self._head
        then = hall_then(self._day, head.at)
        say(self._play, "暂停" if head.plays else "重放" if head.at >= head.last else "播放")
        say(self._clock, at_clock(head.at, self._offset))
        say(self._sum, so_far(then))
        self._curves.stand(self._shown.share((head.at - self._midnight) / MINUTE_US))
        groups = ranked(then.groups)
        self._tiles.show(
            tuple(card(group, place, self._thresholds, "没有记录") for place, group in enumerate(groups)),
            tuple(cell(window, then.groups, then.at) for window in then.windows),
        )
