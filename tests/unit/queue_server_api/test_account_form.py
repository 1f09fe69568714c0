"""Accounts in words: what was changed of one, on the page 人员."""

from hall.accounts import Account, AccountChanged, AccountFact, PinRenewed
from queue_server.operations.staffing import Changed
from queue_server.web.manage.settings.account_form import line_of
from queue_server.web.manage.settings.change_words import ChangeLine


def test_a_change_of_an_account_is_told_as_what_differs() -> None:
    clerk, stopped = Account(roles=("clerk",)), Account(roles=("clerk", "manager"), disabled=True)

    def line(body: AccountFact) -> ChangeLine:
        return line_of(Changed(12, 0, body), 480)

    told = line(AccountChanged(staff="1001", account="0301", before=clerk, after=stopped, reverts=9))
    assert (told.title, told.seq, told.staff, told.when) == ("工号 0301", 12, "1001", "1970-01-01 08:00")
    assert told.differences == (
        ("可以做什么", "窗口人员", "窗口人员、管理人员"),
        ("登录", "可以登录", "停用，不能登录"),
    )
    assert told.notes == ("退回了第 9 号修改",)
    made = line(AccountChanged(staff="1001", account="0301", before=None, after=clerk))
    assert made.differences == (("工号", "没有这个工号", "窗口人员"),)
    renewed = line(PinRenewed(staff="1001", account="0301"))
    assert (renewed.differences, renewed.notes) == ((), ("换了新口令",))
