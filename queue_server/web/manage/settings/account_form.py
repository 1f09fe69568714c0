"""An account as a form and back, and changes of accounts in words. Pure."""

from hall.accounts import Account, AccountChanged, PinRenewed
from hall.opening import local_time
from queue_server.operations.staffing import Known
from queue_server.web.manage.settings.fields import Field, Kind, Reading, Typed

ROLES = (("clerk", "窗口人员"), ("manager", "管理人员"), ("auditor", "审计员（只看不改）"))
_STOPPED = (("", "可以登录"), ("1", "停用，不能登录"))


def fields(account: Account) -> tuple[Field, ...]:
    """What it may do, and whether it may sign in."""
    return (
        Field("roles", "可以做什么", " ".join(account.roles), Kind.CHECKS, choices=ROLES, empty="什么也不能做"),
        Field("disabled", "登录", "1" if account.disabled else "", Kind.CHOICE, choices=_STOPPED),
    )


def read(seen: Account, typed: Typed) -> Account | tuple[str, ...]:
    """What a manager means, or what is wrong with it."""
    reading = Reading(fields(seen), typed)
    roles = tuple(role for role, _ in ROLES if role in reading.ids("roles"))
    if not roles:
        return ("请至少选一样；不让登录请选「停用」",)
    return Account(roles=roles, disabled=bool(reading.text("disabled")))  # type: ignore[arg-type]


def in_words(account: Account | None) -> str:
    """`窗口人员、管理人员，停用`."""
    if account is None:
        return "没有这个工号"
    return fields(account)[0].in_words() + ("，停用" if account.disabled else "")


def summary(known: Known) -> str:
    """What stands in the list."""
    return in_words(known.account) + ("" if known.has_pin else "，还没有口令")


def change_words(at: int, body: AccountChanged | PinRenewed, offset_minutes: int) -> tuple[str, str]:
    """A change as a line: whose account and what, who did it and when."""
    what = "新口令" if isinstance(body, PinRenewed) else f"{in_words(body.before)} → {in_words(body.after)}"
    when = local_time(at, offset_minutes)
    return f"工号 {body.account}：{what}", f"{when:%Y-%m-%d %H:%M}　工号 {body.staff}"
