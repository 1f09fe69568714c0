"""The card 今天和往常: by half hour how many came and how long they waited, beside the usual weekday."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from hall.errors import OneWindowError, plain_words
from hall.half_hours import half_of
from queue_server.web.manage.curve_view import CurveView
from queue_server.web.manage.day_curve import day_curves
from queue_server.web.manage.elements import box, chooser, options, say, text
from queue_server.web.manage.statistics_desk import AgainstUsual

_EVERY_S = 60.0
_ALL = "全部业务"
_NOT_YET = "今天还没有数字：有人取号后，每十分钟算一次"
Find = Callable[[], Awaitable[AgainstUsual]]


class CurveCard:
    """Today, of the whole hall or one group.

    Args:
        groups: The names of the groups by id.
        find: Asks the server.
    """

    def __init__(self, groups: dict[str, str], find: Find) -> None:
        self._find, self._group = find, ""
        self._told: AgainstUsual | None = None
        with box("section", "card day-curve"):
            with box("div", "card-head"):
                text("今天和往常", "section-name", "h2")
                self._counted = text("", "muted")
                with box("div", "summary"):
                    made = chooser("看", self._choose)
                    options(made, {"": {"": _ALL, **groups}}, empty=False)
            self._view = CurveView("今天", open_half=True)
        ui.timer(_EVERY_S, self._look)

    async def _look(self) -> None:
        """What is counted by now."""
        try:
            told = await self._find()
        except OneWindowError as error:
            if not self._view.is_deleted:
                self._view.say(plain_words(error))
            return
        if not self._view.is_deleted:
            self._told = told
            self._draw()

    def _choose(self, group: str) -> None:
        self._group = group
        self._draw()

    def _draw(self) -> None:
        told = self._told
        if told is None:
            return
        counted = told.counted
        if counted is None:
            self._view.say(_NOT_YET)
            return
        now_half = half_of(counted.hour * 60 + counted.minute) if counted.date() == told.day else None
        say(self._counted, f"算到 {counted:%H:%M}")
        self._view.show(day_curves(told.halves, told.before, told.day, self._group, now_half))
