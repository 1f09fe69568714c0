"""设置 as NiceGUI elements: the pages in a row, the parts of one of them, and what was changed there."""

from functools import partial

from nicegui import ui

from hall.arrangements import Arrangement
from hall.catalog import Catalog
from queue_server.web.manage.asking import Asking
from queue_server.web.manage.elements import box, sign, text
from queue_server.web.manage.settings.accounts_card import AccountsCard
from queue_server.web.manage.settings.deciding import Deciding
from queue_server.web.manage.settings.desk import SettingsDesk
from queue_server.web.manage.settings.editor import Editor
from queue_server.web.manage.settings.forms import becomes, drafts, summary_of, title_of
from queue_server.web.manage.settings.history import History
from queue_server.web.manage.settings.sections import SECTIONS, Section
from queue_server.web.manage.side import side

ADDRESS = "/manage/settings"
_ACCOUNTS = "accounts"


class SettingsPage:
    """One page for one browser.

    Args:
        desk: The server's side.
        section: Which one.
        item: The key of a part that is chosen from its list, empty for the list.
        catalog: The catalogue in force.
        once_made: The ids that groups and services have had, which are given to no other.
        staff: Who is signed in.
        asking: Sends what is decided and says what came of it.
    """

    def __init__(
        self,
        desk: SettingsDesk,
        section: Section,
        item: str,
        catalog: Catalog,
        once_made: frozenset[str],
        staff: str,
        asking: Asking,
    ) -> None:
        self._section = section
        listed = section.listed(catalog)
        fresh = tuple(drafts(section.each, catalog, once_made))
        chosen = next((part for part in (*listed, *fresh) if part.key == item), None)
        parts = section.parts(catalog) if chosen is None else (chosen,)
        deciding = Deciding()
        with box("div", "shell"):
            side(catalog.hall.name, staff, ADDRESS, only_looks=asking.only_looks)
            with box("main", "main"):
                with box("header", "head"):
                    text("设置", "headline", "h1")
                    text("每一处改动都记下谁改的，都能退回。", "muted")
                _tabs(section)
                if chosen is not None:
                    with box("a", "link set-return").props(f'href="{ADDRESS}/{section.name}"'):
                        text(f"返回{section.title}", "")
                else:
                    text(section.lead, "muted", "p")
                if section.name == _ACCOUNTS:
                    with box("div", "set-cards"):
                        self._history: History | AccountsCard = AccountsCard(desk, asking, deciding, staff)
                    return
                with box("div", "set-cards" if parts or section.each else "set-cards alone"):
                    with box("div", "set-parts"):
                        for part in parts:
                            Editor(desk, part, catalog, asking, deciding, self._saved)
                        if chosen is None and section.each:
                            self._list(listed, () if asking.only_looks else fresh, catalog)
                    about = section.is_about if chosen is None else partial(_is_about, chosen.key)
                    self._history = History(desk, about, asking, deciding, self._reverted)

    async def show(self) -> None:
        """Fill in what takes a look into the journal."""
        await self._history.show()

    async def _saved(self, part: Arrangement) -> None:
        further = becomes(part)
        if further is part:
            await self._history.show()
        else:
            ui.navigate.to(f"/settings/{self._section.name}/{further.key}")  # below where NiceGUI is mounted

    async def _reverted(self) -> None:
        ui.navigate.reload()

    def _list(self, parts: tuple[Arrangement, ...], fresh: tuple[Arrangement, ...], catalog: Catalog) -> None:
        with box("section", "card"):
            with box("div", "card-head"):
                text(self._section.list_title, "section-name", "h2")
                for part in fresh:
                    with box("a", "button plain set-make") as link:
                        link.props(f'href="{ADDRESS}/{self._section.name}/{part.key}"')
                        text("加一个", "")
            with ui.element("ul").classes("rows"):
                for part in parts:
                    with box("li", ""), box("a", "row set-item") as link:
                        link.props(f'href="{ADDRESS}/{self._section.name}/{part.key}"')
                        text(title_of(part, catalog), "")
                        text(summary_of(part, catalog), "muted row-note")


def _is_about(key: str, part: Arrangement) -> bool:
    return key in (part.key, becomes(part).key)


def _tabs(here: Section) -> None:
    with box("nav", "set-tabs").props('aria-label="设置"'):
        for section in SECTIONS:
            with box("a", "set-tab here" if section is here else "set-tab") as link:
                link.props(f'href="{ADDRESS}/{section.name}"' + (' aria-current="page"' if section is here else ""))
                text(section.title, "")
        with box("a", "set-tab").props('href="/manage/rule"'):
            text("叫号规则", "")
            sign("order", "icon set-away")
