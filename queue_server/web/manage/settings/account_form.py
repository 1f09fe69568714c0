"""An account as a form and back, and changes of accounts in words. Pure."""

from collections.abc import Iterable

from hall.accounts import Account, AccountChanged, PinRenewed
from hall.opening import local_time
from queue_server.operations.staffing import Changed, Known
from queue_server.web.manage.settings.change_words import ChangeLine, reverted
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


def differences(before: Account | None, after: Account | None) -> tuple[tuple[str, str, str], ...]:
    """What differs between two states of an account: the field, and both in words."""
    if before is None or after is None:
        return () if before == after else (("工号", in_words(before), in_words(after)),)
    return tuple(
        (then.label, then.in_words(), now.in_words())
        for then, now in zip(fields(before), fields(after), strict=True)
        if then.value != now.value
    )


def line_of(change: Changed, offset_minutes: int) -> ChangeLine:
    """A change as it is told; a new PIN has nothing before and nothing after."""
    body, when = change.body, f"{local_time(change.at, offset_minutes):%Y-%m-%d %H:%M}"
    told = differences(body.before, body.after) if isinstance(body, AccountChanged) else ()
    notes = ["换了新口令"] if isinstance(body, PinRenewed) else reverted(body.reverts)
    return ChangeLine(change.seq, when, body.staff, f"工号 {body.account}", told, tuple(notes))


def by_another(number: str, present: Account | None, changes: Iterable[Changed]) -> str:
    """Who changed an account first, and how it stands now."""
    by = next((change.body.staff for change in changes if change.body.account == number), "")
    return f"工号 {by} 先改了，现在是：{in_words(present)}"
