"""What the pages of 设置 ask the server for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from hall.accounts import Account
from hall.arrangements import Arrangement, NewGroup, NewService
from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.arrangements import ChangeTold
from queue_server.operations.errors import SessionOverError, SignInError
from queue_server.operations.staffing import Changed, Known, account_changes, accounts, renew_pin
from queue_server.operations.views.changes import Touched, told, touched
from queue_server.store import Reader, Store

T = TypeVar("T")
RECENT = 50
"""Among so many changes is the one that just came before another's."""
About = Callable[[Arrangement], bool]
"""Whether a part is one of those that are looked for."""


@dataclass(frozen=True, slots=True)
class SettingsDesk:
    """Reads the hall's store for one session; every act raises `SignInError` once that has ended."""

    store: Store
    clock: Clock
    staff_of: Callable[[str], Awaitable[str | None]]
    manager_of: Callable[[str], Awaitable[str | None]]
    token: str = field(default="", repr=False)

    def catalog(self) -> Awaitable[Catalog]:
        """The catalogue in force."""
        return self._read(lambda reader: reader.catalog())

    def changes(self, about: About, most: int) -> Awaitable[tuple[ChangeTold, ...]]:
        """The latest changes of such parts, newest first."""

        def look(reader: Reader) -> tuple[ChangeTold, ...]:
            return tuple(islice((each for each in told(reader, limit=None) if about(each.after)), most))

        return self._read(look)

    def once_made(self) -> Awaitable[frozenset[str]]:
        """The ids of all groups and services that were ever made on a page, also of those that were taken back."""

        def look(reader: Reader) -> frozenset[str]:
            changed = (each.after for each in told(reader, limit=None))
            return frozenset(part.id for part in changed if isinstance(part, (NewGroup, NewService)))

        return self._read(look)

    def touched(self, wanted: Arrangement) -> Awaitable[Touched]:
        """Whom it would touch if a part were as wanted from now on."""
        return self._read(lambda reader: touched(reader, self.clock.now(), wanted))

    def accounts(self) -> Awaitable[tuple[Known, ...]]:
        """Everybody who may sign in, or might."""
        return self._read(lambda reader: tuple(accounts(reader)))

    def account(self, number: str) -> Awaitable[Account | None]:
        """What one of them may do, None if there is none of this number."""
        return self._read(lambda reader: next((a.account for a in accounts(reader) if a.staff == number), None))

    def account_changes(self, most: int) -> Awaitable[tuple[Changed, ...]]:
        """The latest changes of accounts, newest first."""
        return self._read(lambda reader: tuple(account_changes(reader, most)))

    async def new_pin(self, account: str) -> str:
        """Another PIN for an account, to be told once. Raises `SignInError` for who may only look."""
        manager = await self.manager_of(self.token)
        if manager is None:
            raise SignInError("这个登录不能改", advice="请用管理人员的工号登录")
        return await asyncio.to_thread(renew_pin, self.store, self.clock.now(), manager, account)

    async def _read(self, look: Callable[[Reader], T]) -> T:
        if await self.staff_of(self.token) is None:
            raise SessionOverError

        def ask() -> T:
            with self.store.read() as reader:
                return look(reader)

        return await asyncio.to_thread(ask)
