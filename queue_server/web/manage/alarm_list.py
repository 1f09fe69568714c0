"""Alerts at the top of the page: each acknowledged by one press, with a note; a new one sounds once in each browser."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from hall.wire.commands import AcknowledgeAlert
from queue_server.web.manage.alarms import Alarm
from queue_server.web.manage.asking import Act, Asking, Question
from queue_server.web.manage.elements import Lists, box, button, sign, text


class AlarmList:
    """All alerts that are not over; alerts.js sounds for those in `data-rings`.

    Args:
        asking: Sends what is decided.
        on_wait: Asks what one more window would bring for a group.
    """

    def __init__(self, asking: Asking, on_wait: Callable[[str], Awaitable[None]]) -> None:
        self._asking = asking
        self._on_wait = on_wait
        self._lists = Lists()
        self._box = ui.element("section").classes("alarms").props('aria-live="assertive"')

    def show(self, alarms: tuple[Alarm, ...]) -> None:
        """Change what it says."""
        rings = " ".join(alarm.ring for alarm in alarms if alarm.ring)
        self._box.props(f'data-rings="{rings}"')
        self._lists.show(self._box, alarms, self._alarm)

    def _alarm(self, alarm: Alarm) -> None:
        with box("div", f"alert alarm tone-{alarm.tone}"):
            sign(alarm.icon)
            with box("div", "alarm-words"):
                text(alarm.title, "alert-title", "b")
                text(f"{alarm.advice}。" if alarm.button else "", "alert-advice", "p")
                text(alarm.state, "muted", "p")
            if alarm.button and alarm.group:
                button("加开会怎样", lambda: self._on_wait(alarm.group), "link")
            if alarm.button:
                self._asking.button(alarm.button, lambda: self._ask(alarm))

    def _ask(self, alarm: Alarm) -> None:
        question = Question(
            alarm.title,
            "记下以后，这条警报不再响；事情解决了，它自己会消失。",
            alarm.button,
            note="怎么处理的（可以不写）",
        )
        act = Act(
            lambda request, note: AcknowledgeAlert(
                request_id=request,
                about=alarm.about,
                subject=alarm.subject,
                raised_at=alarm.raised_at,
                note=note,
            ),
            self._asking.new_id,
            "已记下，警报不再响",
        )
        self._asking.ask(question, act)
