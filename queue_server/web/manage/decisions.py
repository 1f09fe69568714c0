"""What a manager decides after an outage, as elements: the band, uncertain tickets, double numbers, issuers."""

from collections.abc import Callable

from nicegui import ui

from hall.wire.commands import Confirm, Dismiss, EndRecovery, RetireLane, SettleDouble
from queue_server.web.manage.asking import Act, Asking, Question
from queue_server.web.manage.elements import Lists, box, say, sign, text, tint
from queue_server.web.manage.folds import PastLanes
from queue_server.web.manage.mending import Double, Issuer, Mending, SetBack, Unsure

_NAMES_SHOWN = 3
_MOST_AT_ONCE = 1000  # of one command


class Band:
    """The server was set back: since when, known until, who is awaited."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._silent: tuple[str, ...] = ()
        with box("section", "set-back").props('aria-live="polite"') as self._box:
            sign("back")
            with box("div", "set-back-words"):
                self._title = text("", "set-back-title", "h2")
                self._words = text("", "", "p")
                self._awaited = text("", "set-back-awaited", "p")
            self._end = asking.button("不再等待", self._ask, "button plain")

    def show(self, told: SetBack | None) -> None:
        """Change what it says; it is gone on an ordinary day."""
        self._box.set_visibility(told is not None)
        if told is None:
            return
        tint(self._box, told.tone)
        say(self._title, told.title)
        say(self._words, told.words)
        say(self._awaited, told.awaited)
        self._silent = told.silent
        self._end.set_visibility(told.may_end)

    def _ask(self) -> None:
        question = Question(
            f"{len(self._silent)} 个还没报，不再等待？",
            f"还没报的是：{'、'.join(self._silent)}。适合设备已经坏了、今天接不上的时候。没报上来的号还在取号机和纸上：设备以后接上，照样补进来，"
            "市民拿着取号单来，窗口扫码也能补入。说不清的号不会自动叫，仍在名单里等您决定。",
            f"不再等待 {_named(self._silent)}",
            "再等等",
        )
        act = Act(lambda request, _: EndRecovery(request_id=request), self._asking.new_id, "不再等待其余设备")
        self._asking.ask(question, act)


class UnsureList:
    """The uncertain tickets 待核实: one, several or all wait again; one is over."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._rows: dict[str, UnsureRow] = {}
        self._silent: tuple[str, ...] = ()
        self._several: dict[tuple[str, ...], Act] = {}  # pressed twice, the same choice is the same request
        with box("section", "card unsure") as self._box:
            with box("div", "card-head"):
                text("待核实", "section-name", "h2")
                self._count = text("", "tag")
                text("没人知道办没办。问窗口、喊号，再决定。", "muted")
            self._list = ui.element("ul").classes("unsure-rows")
            with box("div", "acts"):
                self._chosen = asking.button("", self._confirm_several, "button plain")
                self._all = asking.button("", self._ask_all, "button")

    def show(self, tickets: tuple[Unsure, ...], set_back: SetBack | None) -> None:
        """Rows come and go one by one, so that a choice half made stays."""
        self._silent = () if set_back is None else set_back.silent
        shown = {ticket.ticket for ticket in tickets}
        if shown != set(self._rows):
            self._several.clear()
        for gone in set(self._rows) - shown:
            self._rows.pop(gone).row.delete()
        for place, ticket in enumerate(tickets):
            if ticket.ticket not in self._rows:
                with self._list:
                    self._rows[ticket.ticket] = UnsureRow(ticket, self._asking, self._count_chosen)
            self._rows[ticket.ticket].row.style(f"order: {place}")
        self._box.set_visibility(bool(tickets))
        say(self._count, f"{len(tickets)} 张")
        say(self._all, f"全部恢复（{min(len(tickets), _MOST_AT_ONCE)} 张）")
        self._count_chosen()

    @property
    def _warning(self) -> str:
        if not self._silent:
            return ""
        names = "、".join(self._silent)
        return f"{names} 还没报：这些号里可能有已经叫过、办完的，报上来以后自己就清楚了。能等就再等等。"

    @property
    def _ticked(self) -> tuple[str, ...]:
        return tuple(ticket for ticket, row in self._rows.items() if row.ticked)[:_MOST_AT_ONCE]

    def _count_chosen(self) -> None:
        count = len(self._ticked)
        self._chosen.set_visibility(count > 0)
        say(self._chosen, f"恢复选中的 {count} 张")

    async def _confirm_several(self) -> None:
        if ticked := self._ticked:
            if ticked not in self._several:
                self._several[ticked] = _confirming(ticked, self._asking.new_id, f"{len(ticked)} 张已恢复")
            await self._asking.send(self._several[ticked])

    def _ask_all(self) -> None:
        tickets = tuple(self._rows)[:_MOST_AT_ONCE]
        question = Question(
            f"{len(tickets)} 张全部恢复？",
            "在等的按原来的取号时间排回去，过号和挂起的回到各自名单，在窗口的还在窗口。"
            f"其实已经办完的人不会再来，叫到时按过号处理，不影响别人。{self._warning}",
            "全部恢复",
        )
        self._asking.ask(question, _confirming(tickets, self._asking.new_id, f"{len(tickets)} 张已恢复"))


class UnsureRow:
    """One uncertain ticket."""

    def __init__(self, ticket: Unsure, asking: Asking, on_tick: Callable[[], None]) -> None:
        self.ticked = False
        self._ticket = ticket
        self._asking = asking
        self._on_tick = on_tick
        back = _confirming((ticket.ticket,), asking.new_id, f"{ticket.number}：{ticket.back}")
        with box("li", "unsure-row") as self.row:
            with box("label", "unsure-ticket"):
                tick = ui.element("input").props(f'type="checkbox" aria-label="选中 {ticket.number}"')
                tick.on("change", self._tick, js_handler="(event) => emit(event.target.checked)")
                text(ticket.number, "unsure-number", "b")
                with box("span", "unsure-words"):
                    text(ticket.group, "unsure-group")
                    text(f"{ticket.taken} 取号，当时{ticket.state}", "muted")
            asking.button(ticket.back, lambda: asking.send(back), "button plain")
            asking.button("已离开/已办", self._ask_over, "link")

    def _tick(self, event: object) -> None:
        self.ticked = getattr(event, "args", False) is True
        self._on_tick()

    def _ask_over(self) -> None:
        ticket = self._ticket
        question = Question(
            f"{ticket.number} 已经办完，或者人已离开？",
            "这个号从名单里拿掉，不会再叫。持号人若还在，要请他重新取号。",
            "拿掉这个号",
        )
        act = Act(
            lambda request, _: Dismiss(request_id=request, ticket=ticket.ticket),
            self._asking.new_id,
            f"{ticket.number} 已拿掉",
        )
        self._asking.ask(question, act)


class Doubles:
    """Numbers that two people hold: what to do, and that it is done."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._lists = Lists()
        with box("section", "card doubles") as self._box:
            with box("div", "card-head"):
                text("打重的号", "section-name", "h2")
                text("请找到下面这张取号单的持号人，给他重新取一个号，再按「已处理」。另一张照常叫号。", "muted")
            self._list = ui.element("ul").classes("rows")

    def show(self, doubles: tuple[Double, ...]) -> None:
        """Change what it says; it is gone when there is none."""
        self._box.set_visibility(bool(doubles))
        self._lists.show(self._list, doubles, self._row)

    def _row(self, double: Double) -> None:
        with box("li", "row"):
            text(double.number, "unsure-number", "b")
            text(double.told, "double-told")
            self._asking.button("已处理", lambda: self._ask(double), "button plain")

    def _ask(self, double: Double) -> None:
        question = Question(
            f"{double.number} 的持号人找到了吗？",
            "他拿到新的号了，再按「已处理」。",
            "已处理",
            note="换成了哪个号（可不填）",
        )
        act = Act(
            lambda request, note: SettleDouble(request_id=request, ticket=double.ticket, note=note),
            self._asking.new_id,
            f"{double.number} 已处理",
        )
        self._asking.ask(question, act)


class Issuers:
    """Whatever gives numbers, and its lane; below it the lanes of today that are only history."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._lists = Lists()
        with box("section", "card issuers"):
            with box("div", "card-head"):
                text("取号端", "section-name", "h2")
                self._summary = text("", "muted summary")
            self._list = ui.element("ul").classes("rows")
            self._past = PastLanes()

    def show(self, told: Mending) -> None:
        """Change what it says."""
        say(self._summary, told.issuers_summary)
        self._lists.show(self._list, told.issuers, self._row)
        self._past.show(told.past)

    def _row(self, issuer: Issuer) -> None:
        with box("li", f"row tone-{issuer.tone}"):
            with box("div", "issuer-words"):
                text(f"{issuer.device}，机号 {issuer.lane}", "")
                text("，".join((issuer.plan, *issuer.notes)), "muted row-note")
            text(issuer.state, "row-state", "b")
            if issuer.may_retire:
                self._asking.button("停用旧机号", lambda: self._ask(issuer), "link")

    def _ask(self, issuer: Issuer) -> None:
        question = Question(
            f"停用机号 {issuer.lane}（{issuer.device}）？",
            "只有那台机器已经关机、不会再出号时才能停用。停用后它的号从明天起让给别的机器；它若还开着，就可能打出重号。"
            "它以前打出的号仍然有效。机器只是换了硬盘或重装了系统，也停用旧的这个。",
            "机器已关，停用",
        )
        act = Act(
            lambda request, _: RetireLane(request_id=request, lane=issuer.lane),
            self._asking.new_id,
            f"机号 {issuer.lane} 已停用",
        )
        self._asking.ask(question, act)


def _named(silent: tuple[str, ...]) -> str:
    """Names that fit on a button."""
    shown = "、".join(silent[:_NAMES_SHOWN])
    return shown if len(silent) <= _NAMES_SHOWN else f"{shown}等 {len(silent)} 个"


def _confirming(tickets: tuple[str, ...], new_id: Callable[[], str], done: str) -> Act:
    return Act(lambda request, _: Confirm(request_id=request, tickets=tickets), new_id, done)
