"""修改记录 as NiceGUI elements: who changed what and when, each with a way back."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from nicegui import ui

from hall.arrangements import Waiting
from hall.errors import OneWindowError
from hall.wire.arrangements import ChangeTold
from hall.wire.commands import ChangeArrangement
from hall.wire.replies import Refusal
from queue_server.web.manage.asking import REFUSED, Act, Asking
from queue_server.web.manage.elements import box, button, text
from queue_server.web.manage.settings.change_words import ChangeLine, line_of
from queue_server.web.manage.settings.deciding import Deciding
from queue_server.web.manage.settings.desk import About, SettingsDesk
from queue_server.web.manage.settings.forms import differences
from queue_server.web.manage.tones import Tone

T = TypeVar("T")
_SHOWN = 20


def change_row(line: ChangeLine, ask_back: Callable[[], Awaitable[None]] | None) -> None:
    """One change of the list, with its way back if there is one."""
    with box("li", "set-change"):
        with box("div", "set-change-head"):
            text(line.title, "", "b")
            text(f"{line.when}　工号 {line.staff}　第 {line.seq} 号", "muted")
            if ask_back is not None:
                button("退回到改之前", ask_back, "link")
        with box("dl", "set-differences"):
            for label, before, after in line.differences:
                text(label, "muted", "dt")
                text(f"{before} → {after}", "", "dd")
        for note in line.notes:
            text(note, "muted", "p")


class Longer:
    """How much of a list is shown, and the button under it that shows more."""

    def __init__(self, show: Callable[[], Awaitable[None]]) -> None:
        self._show, self._most = show, _SHOWN
        self._button = button("更早的", self._more, "link")
        self._button.set_visibility(False)

    @property
    def asked(self) -> int:
        """So many are asked for: one more than is shown, to know whether there are more."""
        return self._most + 1

    def shown(self, found: tuple[T, ...]) -> tuple[T, ...]:
        """Those that are shown."""
        self._button.set_visibility(len(found) > self._most)
        return found[: self._most]

    async def _more(self) -> None:
        self._most += _SHOWN
        await self._show()


class History:
    """The card of the latest changes of some parts, `about`; also of those that are gone since."""

    def __init__(
        self,
        desk: SettingsDesk,
        about: About,
        asking: Asking,
        deciding: Deciding,
        on_saved: Callable[[], Awaitable[None]],
    ) -> None:
        self._desk, self._about = desk, about
        self._asking, self._deciding, self._on_saved = asking, deciding, on_saved
        with box("section", "card set-history"):
            text("修改记录", "section-name", "h2")
            self._rows = ui.element("ul").classes("rows")
            self._longer = Longer(self.show)

    async def show(self) -> None:
        """Read it anew."""
        client = ui.context.client
        catalog, changes = await self._desk.catalog(), await self._desk.changes(self._about, self._longer.asked)
        if client.is_deleted:
            return
        self._rows.clear()
        with self._rows:
            for change in self._longer.shown(changes):
                line = line_of(change, catalog)
                may_go_back = bool(line.differences) and not self._asking.only_looks
                change_row(line, partial(self._ask_back, change) if may_go_back else None)

    async def _ask_back(self, change: ChangeTold) -> None:
        try:
            catalog = await self._desk.catalog()
            present = change.before.as_in(catalog)
            touched = await self._desk.touched(change.before)
        except (OneWindowError, KeyError) as error:
            self._asking.say(Tone.ALARM, f"退不回去：{error}")
            return
        if present == change.before:
            self._asking.say(Tone.CAUTION, "现在就是改之前的样子")
            return
        wrong = [REFUSED[Refusal.NUMBERS_GIVEN]] if touched.asked_for else [*change.before.troubles(catalog)]
        if wrong:
            self._asking.say(Tone.CAUTION, f"退不回去：{'；'.join(wrong)}")
            return
        told = "；".join(
            f"{label}：{now} → {then}" for label, now, then in differences(present, change.before, catalog)
        )

        async def send(waiting: Waiting | None) -> None:
            await self._send(change, present, waiting if touched.waiting else None)

        await self._deciding.ask(touched, catalog, send, about=f"退回到第 {change.seq} 号修改之前。{told}。")

    async def _send(self, change: ChangeTold, present: object, waiting: Waiting | None) -> None:
        act = Act(
            lambda id_, _: ChangeArrangement(
                request_id=id_,
                before=present,  # type: ignore[arg-type]
                after=change.before,
                waiting=waiting,
                reverts=change.seq,
            ),
            self._asking.new_id,
            "已退回，各台取号机马上换成原来的",
        )
        reply = await self._asking.send(act)
        if reply is not None and reply.done:
            await self._on_saved()
