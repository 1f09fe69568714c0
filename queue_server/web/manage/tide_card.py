"""The card of window plans 潮汐方案: a line for each, one press to switch, what came of today's switches."""

from nicegui import ui

from hall.wire.commands import SwitchPlan
from queue_server.web.manage.asking import Act, Asking, Question
from queue_server.web.manage.elements import Lists, box, say, text
from queue_server.web.manage.tides import PlanLine, Tides


class TideCard:
    """Gone in a hall without plans."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._lists = Lists()
        with box("section", "card tides") as self._box:
            with box("div", "card-head"):
                text("潮汐方案", "section-name", "h2")
                text("等候按未来一小时来的人里九成算", "muted")
                self._summary = text("", "muted summary")
            self._plans = ui.element("ul").classes("rows")
            self._switches = ui.element("ul").classes("rows tide-switches")

    def show(self, told: Tides) -> None:
        """Change what it says."""
        self._box.set_visibility(bool(told.plans))
        say(self._summary, told.summary)
        self._lists.show(self._plans, told.plans, self._plan)
        self._lists.show(self._switches, told.switches, _switch)
        self._switches.set_visibility(bool(told.switches))

    def _plan(self, line: PlanLine) -> None:
        with box("li", f"row tone-{line.tone}"):
            with box("div", "issuer-words"):
                text(line.name, "")
                text(line.words, "muted row-note")
            text(line.state, "row-state", "b")
            if not line.in_force:
                self._asking.button("启用" if line.plan else "恢复平时", lambda: self._ask(line), "button plain")

    def _ask(self, line: PlanLine) -> None:
        question = Question(
            f"现在换成「{line.name}」？",
            f"{line.words}。正在办的照常办完，下一个就按新的叫。随时可以换回来。",
            "换成它",
        )
        act = Act(
            lambda request, _: SwitchPlan(request_id=request, plan=line.plan, as_is=line.as_is, expected=line.expected),
            self._asking.new_id,
            f"已换成「{line.name}」",
        )
        self._asking.ask(question, act)


def _switch(words: str) -> None:
    with box("li", "row"):
        text(words, "muted")
