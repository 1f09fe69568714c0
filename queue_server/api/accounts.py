"""Accounts: who may do what, and a new PIN that is told once; what one may do is changed by a command."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from hall.accounts import Account
from hall.words import Staff, Word
from queue_server.api.access import admitted
from queue_server.api.bodies import answer
from queue_server.api.parts import parts_of
from queue_server.operations.staffing import accounts, renew_pin
from queue_server.store.records import Session

router = APIRouter()


class AccountTold(Word):
    """An account; one without a PIN cannot sign in yet."""

    staff: Staff
    account: Account
    has_pin: bool


class AccountsTold(Word):
    """All of them."""

    accounts: tuple[AccountTold, ...]


class NewPin(Word):
    """A PIN, for its owner."""

    staff: Staff
    pin: str


@router.get("/api/accounts", response_model=AccountsTold)
async def accounts_now(request: Request) -> Response:
    """Every account with what it may do."""
    parts = parts_of(request)

    def look() -> AccountsTold:
        with parts.store.read() as reader:
            told = (AccountTold(staff=a.staff, account=a.account, has_pin=a.has_pin) for a in accounts(reader))
            return AccountsTold(accounts=tuple(told))

    return answer(await asyncio.to_thread(look))


@router.post("/api/accounts/{staff}/pin", response_model=NewPin)
async def new_pin(
    request: Request,
    staff: Annotated[str, Path(pattern=r"^[0-9]{2,12}$")],
    session: Annotated[Session, Depends(admitted)],
) -> Response:
    """A new PIN for an account, told this once."""
    parts = parts_of(request)
    pin = await asyncio.to_thread(renew_pin, parts.store, parts.clock.now(), session.subject, staff)
    return answer(NewPin(staff=staff, pin=pin))
