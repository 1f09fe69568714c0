"""One part of the catalogue to be changed: its fields, what is wrong, and what somebody else changed first."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from hall.arrangements import Arrangement, Waiting, WindowPart
from hall.catalog import Catalog
from hall.errors import OneWindowError
from hall.wire.commands import ChangeArrangement
from hall.wire.replies import Refusal
from queue_server.web.manage.asking import Act, Asking
from queue_server.web.manage.elements import box, button, say, text
from queue_server.web.manage.settings import controls
from queue_server.web.manage.settings.change_words import line_of
from queue_server.web.manage.settings.deciding import Deciding
from queue_server.web.manage.settings.desk import SettingsDesk
from queue_server.web.manage.settings.findable import findable
from queue_server.web.manage.settings.forms import both, drafts, fields_of, is_draft, read, removal_of, title_of
from queue_server.web.manage.tones import Tone


class Editor:
    """The card of one part, for one browser.

    Args:
        desk: The server's side.
        part: The part as it stands.
        catalog: The catalogue in force.
        asking: Sends what is decided and says what came of it.
        deciding: Asks what becomes of those who are touched.
        on_saved: Called with the part as it now stands when a change took force.
    """

    def __init__(
        self,
        desk: SettingsDesk,
        part: Arrangement,
        catalog: Catalog,
        asking: Asking,
        deciding: Deciding,
        on_saved: Callable[[Arrangement], Awaitable[None]],
    ) -> None:
        self._desk, self._catalog, self._asking = desk, catalog, asking
        self._deciding, self._on_saved = deciding, on_saved
        self._seen = part
        self._typed: dict[str, str] = {}
        self._sometimes: list[tuple[Element, str, str]] = []
        self._act: tuple[Arrangement, Arrangement, Waiting | None, Act] | None = None
        with box("section", "card set-card"):
            self._title = text("", "section-name", "h2")
            self._fields = box("div", "set-fields")
            self._wrong = ui.element("ul").classes("rule-wrong").props('role="alert"')
            self._theirs = box("div", "set-theirs").props('role="alert"')
            if not asking.only_looks:
                with box("div", "acts"):
                    self._taking_away = button("撤掉", self._remove, "link")
                    button("恢复成现在的", self._forget, "button plain")
                    button("保存", self._save)
        self._draw()

    def _draw(self) -> None:
        say(self._title, title_of(self._seen, self._catalog))
        if not self._asking.only_looks:
            self._taking_away.set_visibility(removal_of(self._seen) is not None)
        self._fields.clear()
        self._sometimes.clear()
        with self._fields:
            for field in fields_of(self._seen, self._catalog):
                typed = self._typed.get(field.key, field.value)
                drawn = controls.draw(field, typed, self._keep(field.key), only_looks=self._asking.only_looks)
                if field.only:
                    key, _, value = field.only.partition("=")
                    self._sometimes.append((drawn, key, value))
        self._look()

    def _look(self) -> None:
        """Show what is meant only while another field says so."""
        standing = {field.key: field.value for field in fields_of(self._seen, self._catalog)} | self._typed
        for drawn, key, value in self._sometimes:
            drawn.set_visibility(standing[key] == value)

    def _keep(self, key: str) -> Callable[[str], None]:
        def keep(words: str) -> None:
            self._typed[key] = words
            if any(key == other for _, other, _ in self._sometimes):
                self._look()

        return keep

    def _forget(self) -> None:
        self._typed = {}
        self._wrong.clear()
        self._theirs.clear()
        self._draw()

    async def _save(self) -> None:
        meant = read(self._seen, self._typed, self._catalog)
        self._wrong.clear()
        if isinstance(meant, tuple):
            with self._wrong:
                for words in meant:
                    text(words, "", "li")
            return
        if meant == self._seen:
            self._asking.say(Tone.CAUTION, "和现在的一样，没有改动")
            return
        await self._touch(await findable(meant))

    async def _remove(self) -> None:
        gone = removal_of(self._seen)
        if gone is None:
            return
        self._wrong.clear()
        if wrong := tuple(gone.troubles(self._catalog)):
            with self._wrong:
                for words in wrong:
                    text(words, "", "li")
            return
        who = "坐在那里的人会退出登录。" if isinstance(gone, WindowPart) else ""
        await self._touch(gone, f"撤掉{title_of(self._seen, self._catalog)}。{who}")

    async def _touch(self, meant: Arrangement, about: str = "") -> None:
        """Send it, after asking about whom it touches."""
        client = ui.context.client
        try:
            touched = await self._desk.touched(meant)
        except OneWindowError as error:
            self._asking.say(Tone.ALARM, f"{error}。{error.advice}")
            return
        if not client.is_deleted:
            await self._deciding.ask(touched, self._catalog, lambda waiting: self._send(meant, waiting), about=about)

    async def _send(self, meant: Arrangement, waiting: Waiting | None) -> None:
        client, before = ui.context.client, self._seen
        if self._act is None or self._act[:3] != (before, meant, waiting):  # pressed twice it is the same request
            act = Act(
                lambda id_, _: ChangeArrangement(request_id=id_, before=before, after=meant, waiting=waiting),
                self._asking.new_id,
                "已生效，取号机和屏马上换成新的",
            )
            self._act = (before, meant, waiting, act)
        reply = await self._asking.send(self._act[3])
        if reply is None or client.is_deleted:
            return
        if reply.refusal is Refusal.CHANGED_MEANWHILE and is_draft(before):
            await self._begin_beside_theirs()
        elif reply.refusal is Refusal.CHANGED_MEANWHILE:
            await self._show_theirs(meant)
        elif reply.refusal is Refusal.BAD_ARRANGEMENT:
            await self._show_misfits(meant)
        elif reply.done:
            self._catalog = await self._desk.catalog()
            self._seen = meant
            self._forget()
            await self._on_saved(meant)

    async def _begin_beside_theirs(self) -> None:
        """Somebody else made one in the same moment: both may be, and nothing typed is lost."""
        client = ui.context.client
        self._catalog, once_made = await self._desk.catalog(), await self._desk.once_made()
        if client.is_deleted:
            return
        (self._seen,) = drafts((type(self._seen),), self._catalog, once_made)
        self._draw()
        self._asking.say(Tone.CAUTION, "刚才别人也加了一个，您填的还在，请看一遍再按一次保存")

    async def _show_misfits(self, meant: Arrangement) -> None:
        """What is wrong with it by the catalogue as it is now; it was not by the one this page was drawn from."""
        client = ui.context.client
        self._catalog = await self._desk.catalog()
        if client.is_deleted:
            return
        self._draw()
        with self._wrong:
            for words in meant.troubles(self._catalog):
                text(words, "", "li")

    async def _show_theirs(self, meant: Arrangement) -> None:
        """Whose change came first, with both values; what was typed stays in its fields."""
        client = ui.context.client
        self._catalog = await self._desk.catalog()
        changes = await self._desk.changes(lambda part: part.key == meant.key, 1)
        if client.is_deleted:
            return
        self._theirs.clear()
        try:
            theirs = meant.as_in(self._catalog)
        except KeyError:
            self._asking.say(Tone.CAUTION, "这一项刚才被别人删去了")
            return
        with self._theirs:
            if changes:
                first = line_of(changes[0], self._catalog)
                text(f"工号 {first.staff} 在 {first.when} 先改了这一项", "told-title", "p")
            else:
                text("这一项刚才换成了新的办事目录里的", "told-title", "p")
            with box("table", "rule-waits"):
                _row(("", "现在生效的", "您填的"), "th")
                for told in both(self._seen, theirs, self._typed, self._catalog):
                    _row(told, "td")
            with box("div", "acts"):
                button("用现在生效的", lambda: self._take(theirs, {}), "button plain")
                button("在它上面接着改", lambda: self._take(theirs, self._typed))

    def _take(self, theirs: Arrangement, typed: dict[str, str]) -> None:
        self._seen = theirs
        self._forget()
        self._typed = dict(typed)
        self._draw()


def _row(cells: tuple[str, ...], tag: str) -> None:
    with box("tr", ""):
        for cell in cells:
            text(cell, "", tag)
