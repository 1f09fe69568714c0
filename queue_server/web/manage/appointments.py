"""The manager's card of appointments 预约: who is expected today by group and slot, and closing a day to come."""

from nicegui import ui

from hall.wire.commands import SetCapacity
from queue_server.web.manage.asking import Act, Asking, Question
from queue_server.web.manage.booked import Booked, DayLine, GroupLine, SlotLine
from queue_server.web.manage.elements import Lists, box, say, text
from queue_server.web.manage.folds import Fold


class Appointments:
    """Today's appointments, a line that opens for each group, and the days to come."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._lists = Lists()
        self._folds: dict[str, Fold] = {}
        with box("section", "card booked") as self._box:
            with box("div", "card-head"):
                text("预约", "section-name", "h2")
                text("导入、现场约一个", "link", "a").props('href="/manage/appointments"')
                self._summary = text("", "muted summary")
            self._groups = ui.element("div")
            self._days = Fold("booked-days")
            say(self._days.title, "以后几天，可以关一天")

    def show(self, told: Booked) -> None:
        """Change what it says; it is gone in a hall that takes no appointments."""
        self._box.set_visibility(told.taken)
        say(self._summary, f"今天{told.summary}" if told.groups else told.summary)
        for gone in set(self._folds) - {group.group for group in told.groups}:
            self._folds.pop(gone).box.delete()
        for group in told.groups:
            self._show_group(group)
        self._lists.show(self._days.body, told.days, self._day)

    def _show_group(self, group: GroupLine) -> None:
        if group.group not in self._folds:
            with self._groups:
                self._folds[group.group] = Fold("booked-group")
        fold = self._folds[group.group]
        say(fold.title, group.title)
        self._lists.show(fold.body, group.slots, self._slot)

    def _slot(self, slot: SlotLine) -> None:
        with box("div", "row"):
            text(slot.time, "slot-time", "b")
            text(slot.told, "muted row-note")
            for words, capacity in (("少约 1 人", slot.capacity - 1), ("多约 1 人", slot.capacity + 1)):
                if capacity >= 0 and not slot.past:
                    act = self._setting(slot, capacity)
                    self._asking.button(words, lambda act=act: self._asking.send(act), "link")  # type: ignore[misc]

    def _setting(self, slot: SlotLine, capacity: int) -> Act:
        return Act(
            lambda request, _: SetCapacity(
                request_id=request, day=slot.day, group=slot.group, start=slot.start, capacity=capacity
            ),
            self._asking.new_id,
            f"{slot.time} 现在可约 {capacity} 人",
        )

    def _day(self, day: DayLine) -> None:
        with box("div", "row"):
            text(day.name, "slot-time", "b")
            text(day.told, "muted row-note")
            if day.closed:
                act = Act(
                    lambda request, _: SetCapacity(request_id=request, day=day.day),
                    self._asking.new_id,
                    f"{day.name} 按原来的时段接受预约",
                )
                self._asking.button("恢复预约", lambda: self._asking.send(act), "link")
            else:
                self._asking.button("这天不接受预约", lambda: self._ask(day), "link")

    def _ask(self, day: DayLine) -> None:
        question = Question(
            f"{day.name} 不接受预约？",
            f"已经约了这一天的 {day.booked} 个预约会取消（因停办取消），名单会交给预约平台，由平台通知市民。"
            "以后可以恢复这一天，取消的要重新约。",
            "关这一天",
        )
        act = Act(
            lambda request, _: SetCapacity(request_id=request, day=day.day, capacity=0),
            self._asking.new_id,
            f"{day.name} 已关，预约已取消",
        )
        self._asking.ask(question, act)
