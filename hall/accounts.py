"""Accounts 工号 as facts: who may do what, by whose word. No fact holds a PIN, only that there is a new one."""

from typing import Literal

from pydantic import Field

from hall.words import Staff, Word

RoleName = Literal["clerk", "manager", "auditor"]


class Account(Word):
    """What a staff number may do; a disabled one cannot sign in."""

    roles: tuple[RoleName, ...] = Field(default=(), max_length=3)
    disabled: bool = False


class AccountChanged(Word):
    """A manager made an account (`before` is None then), changed what it may do, or took it away (`after` is None).

    `reverts` is the place of the change that it takes back.
    """

    kind: Literal["account_changed"] = "account_changed"
    staff: Staff
    account: Staff
    before: Account | None = None
    after: Account | None
    reverts: int | None = Field(default=None, ge=1)


class PinRenewed(Word):
    """A manager gave an account a new PIN; its open sessions ended."""

    kind: Literal["pin_renewed"] = "pin_renewed"
    staff: Staff
    account: Staff


AccountFact = AccountChanged | PinRenewed
