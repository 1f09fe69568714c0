"""修改记录 of the accounts as NiceGUI elements, each with a way back; not for the own account, nor for a PIN."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from hall.accounts import Account, AccountChanged
from hall.arrangements import Waiting
from hall.errors import OneWindowError
from hall.wire.commands import ChangeAccount
from hall.wire.replies import Refusal
from queue_server.operations.staffing import Changed
from queue_server.operations.views.changes import Touched
from queue_server.web.manage.asking import Act, Asking
from queue_server.web.manage.elements import box, text
from queue_server.web.manage.settings.account_form import by_another, differences, line_of
from queue_server.web.manage.settings.deciding import Deciding
from queue_server.web.manage.settings.desk import RECENT, SettingsDesk
from queue_server.web.manage.settings.history import Longer, change_row
from queue_server.web.manage.tones import Tone

_NOBODY = Touched({}, 0)


class AccountsHistory:
    """The card of the latest changes of accounts.

    Args:
        desk: The server's side.
        asking: Sends what is decided.
        deciding: Asks before a change is taken back.
        own: The staff number of who is signed in.
        on_reverted: Shows the accounts anew.
    """

    def __init__(
        self,
        desk: SettingsDesk,
        asking: Asking,
        deciding: Deciding,
        own: str,
        on_reverted: Callable[[], Awaitable[None]],
    ) -> None:
        self._desk, self._asking, self._deciding = desk, asking, deciding
        self._own, self._on_reverted = own, on_reverted
        with box("section", "card set-history"):
            text("修改记录", "section-name", "h2")
            self._rows = ui.element("ul").classes("rows")
            self._longer = Longer(self.show)

    async def show(self) -> None:
        """Read it anew."""
        client = self._rows.client
        catalog, changes = await self._desk.catalog(), await self._desk.account_changes(self._longer.asked)
        if client.is_deleted:
            return
        self._rows.clear()
        with self._rows:
            for change in self._longer.shown(changes):
                change_row(line_of(change, catalog.hall.offset_minutes), self._way_back(change))

    def _way_back(self, change: Changed) -> Callable[[], Awaitable[None]] | None:
        body = change.body
        if self._asking.only_looks or not isinstance(body, AccountChanged) or body.account == self._own:
            return None
        return partial(self._ask_back, change.seq, body)

    async def _ask_back(self, seq: int, body: AccountChanged) -> None:
        try:
            catalog, present = await self._desk.catalog(), await self._desk.account(body.account)
        except OneWindowError as error:
            self._asking.say(Tone.ALARM, f"退不回去：{error}")
            return
        if present == body.before:
            self._asking.say(Tone.CAUTION, "现在就是改之前的样子")
            return
        told = [f"{label}：{now} → {then}" for label, now, then in differences(present, body.before)]
        told += ["口令一起没有了"] if body.before is None else ["要另给口令"] if present is None else []

        async def send(_: Waiting | None) -> None:
            await self._send(seq, body, present)

        about = f"工号 {body.account} 退回到第 {seq} 号修改之前。{'；'.join(told)}。"
        await self._deciding.ask(_NOBODY, catalog, send, about=about)

    async def _send(self, seq: int, body: AccountChanged, present: Account | None) -> None:
        act = Act(
            lambda id_, _: ChangeAccount(
                request_id=id_, account=body.account, before=present, after=body.before, reverts=seq
            ),
            self._asking.new_id,
            "已退回",
        )
        reply = await self._asking.send(act)
        if reply is None:
            return
        if reply.refusal is Refusal.CHANGED_MEANWHILE:
            now, changes = await self._desk.account(body.account), await self._desk.account_changes(RECENT)
            self._asking.say(Tone.CAUTION, f"没有退回：{by_another(body.account, now, changes)}。要退回请再按一次")
        await self._on_reverted()
