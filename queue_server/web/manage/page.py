"""The manager's live page as NiceGUI elements: built once, afterwards only words and colours change."""

from functools import partial

from nicegui import ui

from hall.half_hours import USUAL_DAYS, USUAL_WEEKS
from hall.load import AWAITED_MINUTES, LONG_MINUTES, NEEDED_MINUTES
from hall.wire.commands import DeclareFault, EndFault, ManagerCommand
from queue_server.web.manage.alarm_list import AlarmList
from queue_server.web.manage.appointments import Appointments
from queue_server.web.manage.asking import Act, Asking, Question
from queue_server.web.manage.curve_card import CurveCard, Find
from queue_server.web.manage.decisions import Band, Doubles, Issuers, UnsureList
from queue_server.web.manage.elements import Lists, box, button, say, sign, text
from queue_server.web.manage.folds import LateLines
from queue_server.web.manage.picture import Alert, Picture, Row
from queue_server.web.manage.side import only_looks_note, side
from queue_server.web.manage.suppose_card import Ask, SupposeCard
from queue_server.web.manage.tide_card import TideCard
from queue_server.web.manage.tile_grid import GroupTile, Tiles
from queue_server.web.manage.tiles import Card

_LOOK_AT = f"空闲满 {NEEDED_MINUTES} 分钟而有人等它、叫了 {AWAITED_MINUTES} 分钟没来、一件办了 {LONG_MINUTES} 分钟"
_EXPLAINED = (
    ("在等", "已经取号、还没有叫到的人，也包括过号后回来重新等的人。"),
    ("最久已等", "现在还在等的人里，从取号到现在最长的一位。"),
    ("现在来的人", "照此刻的排队往前推演，再按这个大厅近来的实际等候校准：十个人里九个在上限以前叫到。"),
    ("平均等候", "今天叫到过的人，从取号到第一次叫号的平均时间。"),
    ("开窗", "现在开着、能办这一类的窗口，暂停的不算。"),
    ("今天", "这一类今天取了多少号，办完、过号、弃号各多少，过号后回来的也算一次过号；点名是不按次序叫的。"),
    ("业务的颜色", "最久已等超过目标、系统故障是红；快到目标、没有窗口能办是黄；停办是灰。旁边总写着是哪一种。"),
    ("窗口的颜色", f"{_LOOK_AT}、暂停，都是黄；听不到的是红。分钟数从现在这个状态开始算。"),
    ("往常", f"以前 {USUAL_WEEKS} 周里同一个星期几、有人取号的最近 {USUAL_DAYS} 天；取号取各天的中位数。"),
)

_FAULT, _FAULT_ENDS = "报系统故障", "解除系统故障"


class GroupCard(GroupTile):
    """A group's tile, and below it the word that it cannot be served."""

    def __init__(self, card: Card, asking: Asking) -> None:
        self._asking, self._card = asking, card
        super().__init__(card)

    def foot(self) -> None:
        """The button for a system fault 系统故障, for whoever may say so."""
        self._fault = self._asking.button("", self._ask_fault, "link")

    def show(self, card: Card) -> None:
        """Change what it says."""
        super().show(card)
        self._card = card
        say(self._fault, _FAULT_ENDS if card.down else _FAULT)

    def _ask_fault(self) -> None:
        """Something final for everybody who waits, so it is asked about first."""
        group, down = self._card.group, self._card.down

        def command(request: str, note: str) -> ManagerCommand:
            if down:
                return EndFault(request_id=request, groups=(group,))
            return DeclareFault(request_id=request, groups=(group,), reason=note)

        if down:
            words = "恢复以后照常取号、叫号。已结束的号凭取号单到窗口扫码补号，优先办理。"
            question = Question(f"{self._card.name}的系统恢复了？", words, _FAULT_ENDS)
        else:
            words = "在等、过号、挂起的号马上全部结束，不能撤销；大屏会告诉群众留好取号单，恢复后优先办理。"
            question = Question(
                f"{self._card.name}系统故障，全厅都不能办？", words, f"确定，{_FAULT}", note="原因（可以不写）"
            )
        done = f"{self._card.name}{'的系统已恢复' if down else '已报系统故障'}"
        self._asking.ask(question, Act(command, self._asking.new_id, done))


class LivePage:
    """The whole page for one browser."""

    def __init__(self, picture: Picture, clock: str, staff: str, asking: Asking, ask: Ask, find: Find) -> None:
        self._beat = 0
        self._asking = asking
        self._tiles = Tiles(partial(GroupCard, asking=asking))
        self._lists = Lists()
        self._heart = ui.element("span").classes("heart")
        with box("div", "shell"):
            side(picture.hall, staff, "/manage/", only_looks=asking.only_looks)
            with box("main", "main"):
                with box("header", "head"):
                    self._headline = text("", "headline", "h1")
                    text("随时更新", "muted")
                    self._clock = text("", "clock", "time")
                only_looks_note(only_looks=asking.only_looks)
                text("有警报要响：请点一下页面任意处，打开提示音", "silent", "p")
                self._alarms = AlarmList(asking, self._suppose_for)
                self._band = Band(asking)
                self._doubles = Doubles(asking)  # what has to be decided comes before what has to be known
                self._unsure = UnsureList(asking)
                self._alerts = ui.element("section").classes("alerts").props('aria-live="polite"')
                self._late = LateLines()
                with box("div", "section-head"):
                    text("各类业务", "section-name", "h2")
                    text("要紧的排前面", "muted")
                    self._explain_button()
                    self._summary = text("", "muted summary")
                self._tiles.groups()
                with box("section", "card"):
                    self._windows_summary = self._head("窗口")
                    self._tiles.windows()
                self._booked = Appointments(asking)
                with box("div", "below"):
                    with box("section", "card"):
                        self._devices_summary = self._head("设备")
                        self._devices = ui.element("ul").classes("rows")
                    with box("section", "card"):
                        self._ratings_summary = self._head("今天的评价")
                        self._ratings = ui.element("ul").classes("rows")
                CurveCard({card.group: card.name for card in sorted(picture.cards, key=_prefix)}, find)
                self._suppose = SupposeCard(picture, ask)
                self._tides = TideCard(asking)
                self._issuers = Issuers(asking)
        self.show(picture, clock)

    async def _suppose_for(self, group: str) -> None:
        await self._suppose.ask_about(group)

    @staticmethod
    def _head(name: str) -> ui.html:
        with box("div", "card-head"):
            text(name, "section-name", "h2")
            return text("", "muted summary")

    @staticmethod
    def _explain_button() -> None:
        with ui.dialog() as dialog, box("div", "card explain"):
            text("怎么算的", "section-name", "h2")
            with box("dl", ""):
                for name, words in _EXPLAINED:
                    text(name, "", "dt")
                    text(words, "muted", "dd")
            button("知道了", dialog.close, "link")
        button("怎么算的", dialog.open, "link explain-button")

    def show(self, picture: Picture, clock: str) -> None:
        """Change the page to this moment."""
        say(self._headline, picture.headline)
        say(self._clock, clock)
        self._suppose.show(clock)
        say(self._summary, picture.summary)
        say(self._windows_summary, picture.windows_summary)
        say(self._devices_summary, picture.devices_summary)
        say(self._ratings_summary, f"{sum(count for _, count in picture.ratings)} 次")
        self._tiles.show(picture.cards, picture.windows)
        self._alarms.show(picture.alarms)
        self._band.show(picture.mending.set_back)
        self._doubles.show(picture.mending.doubles)
        self._unsure.show(picture.mending.unsure, picture.mending.set_back)
        self._late.show(picture.mending.late)
        self._issuers.show(picture.mending)
        self._booked.show(picture.booked)
        self._tides.show(picture.tides)
        self._lists.show(self._alerts, picture.alerts, _alert)
        self._lists.show(self._devices, picture.devices, _device)
        self._lists.show(self._ratings, picture.ratings, _rating)
        self._beat += 1
        self._heart.props(f'data-beat="{self._beat}" data-clock="{clock}"')  # heartbeat.js listens to it


def _prefix(card: Card) -> str:
    return card.prefix


def _alert(alert: Alert) -> None:
    with box("div", f"alert tone-{alert.tone}"):
        sign(alert.icon)
        with box("div", ""):
            text(alert.title, "alert-title", "b")
            text(alert.advice, "alert-advice", "p")


def _device(row: Row) -> None:
    with box("li", f"row tone-{row.tone}"):
        with box("div", ""):
            text(row.name, "")
            if row.note:
                text(row.note, "muted row-note")
        text(row.state, "row-state", "b")


def _rating(rating: tuple[str, int]) -> None:
    words, count = rating
    with box("li", "row"):
        text(words, "")
        text(str(count), "row-state", "b")
