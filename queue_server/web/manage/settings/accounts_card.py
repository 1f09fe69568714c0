"""人员 as NiceGUI elements: the accounts of the hall, what each may do, and a new PIN that is shown once."""

import re
from functools import partial

from nicegui import ui

from hall.accounts import Account
from hall.errors import OneWindowError
from hall.wire.commands import ChangeAccount
from hall.wire.replies import Refusal
from queue_server.operations.staffing import Known
from queue_server.web.manage.asking import Act, Asking
from queue_server.web.manage.elements import box, button, say, text
from queue_server.web.manage.settings import controls
from queue_server.web.manage.settings.account_form import by_another, fields, in_words, read, summary
from queue_server.web.manage.settings.accounts_history import AccountsHistory
from queue_server.web.manage.settings.deciding import Deciding
from queue_server.web.manage.settings.desk import RECENT, SettingsDesk
from queue_server.web.manage.tones import Tone

_NEW = Account(roles=("clerk",))


class AccountsCard:
    """The list, the account that is open, and what was changed.

    Args:
        desk: The server's side.
        asking: Sends what is decided.
        deciding: Asks before a change is taken back.
        own: The staff number of who is signed in; the own account is only looked at.
    """

    def __init__(self, desk: SettingsDesk, asking: Asking, deciding: Deciding, own: str) -> None:
        self._desk, self._asking, self._own = desk, asking, own
        self._number = ""
        self._client = ui.context.client
        with box("div", "set-parts"):
            with box("section", "card set-card") as self._card:
                self._title = text("", "section-name", "h2")
                self._body = box("div", "set-fields")
            self._card.set_visibility(False)
            with box("section", "card"):
                text("工号", "section-name", "h2")
                self._rows = ui.element("ul").classes("rows")
                if not asking.only_looks:
                    self._adding()
        self._history = AccountsHistory(desk, asking, deciding, own, self.show)

    async def show(self) -> None:
        """Read all of it anew."""
        known = await self._desk.accounts()
        if self._client.is_deleted:
            return
        self._rows.clear()
        with self._rows:
            for each in known:
                with box("li", "row set-account"):
                    text(each.staff, "", "b")
                    text(summary(each), "muted row-note")
                    if not self._asking.only_looks and each.staff != self._own:
                        button("改", partial(self._open, each), "link")
        await self._history.show()

    def _adding(self) -> None:
        with box("div", "set-row"):
            made = (
                ui.element("input")
                .classes("rule-field")
                .props('maxlength="12" aria-label="新工号" inputmode="numeric"')
            )
            made.props('placeholder="新工号，2 到 12 位数字" autocomplete="off"')
            made.on("input", self._typed_number, js_handler="(event) => emit(event.target.value)")
            button("加一个", self._add, "button plain")

    def _typed_number(self, event: object) -> None:
        self._number = str(getattr(event, "args", "")).strip()

    async def _add(self) -> None:
        if not re.fullmatch(r"[0-9]{2,12}", self._number, re.ASCII):
            self._asking.say(Tone.CAUTION, "工号是 2 到 12 位数字")
        elif any(each.staff == self._number for each in await self._desk.accounts()):
            self._asking.say(Tone.CAUTION, f"已经有 {self._number} 这个工号")
        else:
            self._draw(self._number, None, {})

    def _open(self, known: Known) -> None:
        self._draw(known.staff, known.account, {})

    def _draw(self, number: str, seen: Account | None, typed: dict[str, str]) -> None:
        """One account to be changed; None: to be made."""
        say(self._title, f"工号 {number}" + ("" if seen else "（新的）"))
        self._card.set_visibility(True)
        self._body.clear()
        with self._body:
            for field in fields(seen or _NEW):
                controls.draw(
                    field, typed.get(field.key, field.value), partial(typed.__setitem__, field.key), only_looks=False
                )
            wrong = ui.element("ul").classes("rule-wrong").props('role="alert"')
            told = text("", "figure set-pin", "p")
            with box("div", "acts"):
                if seen is not None:
                    button("换新口令", lambda: self._renew(number, told), "button plain")
                act = Act(lambda id_, _: self._command(id_, number, seen, typed), self._asking.new_id, "已生效")
                button("保存", lambda: self._save(number, seen, typed, act, wrong))

    def _command(self, request_id: str, number: str, seen: Account | None, typed: dict[str, str]) -> ChangeAccount:
        after = read(seen or _NEW, typed)
        assert isinstance(after, Account)
        return ChangeAccount(request_id=request_id, account=number, before=seen, after=after)

    async def _save(
        self, number: str, seen: Account | None, typed: dict[str, str], act: Act, wrong: ui.element
    ) -> None:
        meant = read(seen or _NEW, typed)
        wrong.clear()
        if isinstance(meant, tuple):
            with wrong:
                for words in meant:
                    text(words, "", "li")
            return
        act.renew()
        reply = await self._asking.send(act)
        if reply is None or self._client.is_deleted:
            return
        present = await self._desk.account(number)
        if reply.refusal is Refusal.CHANGED_MEANWHILE:
            first = by_another(number, present, await self._desk.account_changes(RECENT))
            self._asking.say(Tone.CAUTION, f"{first}。您填的是：{in_words(meant)}。再按保存就照您填的改")
        self._draw(number, present, typed if reply.refusal else {})
        await self.show()

    async def _renew(self, number: str, told: ui.html) -> None:
        try:
            pin = await self._desk.new_pin(number)
        except OneWindowError as error:
            self._asking.say(Tone.ALARM, f"{error}。{error.advice}")
            return
        say(told, pin)
        self._asking.say(Tone.GOOD, "新口令只显示这一次，请交给本人；这个工号已退出登录")
        await self.show()
