"""Accounts changed by a manager while the hall runs: what a staff number may do, and a new PIN that is told once."""

from collections.abc import Iterator
from dataclasses import dataclass

from hall.accounts import Account, AccountChanged, AccountFact, PinRenewed
from hall.clock import Moment
from hall.facts import Body
from hall.wire.commands import ChangeAccount
from hall.wire.replies import Refusal
from queue_server.operations.accounts import Role, hashed, new_pin
from queue_server.operations.errors import NoSuchAccountError, SessionOverError
from queue_server.operations.office import Office
from queue_server.operations.scene import Outcome
from queue_server.operations.taking_back import is_taken_back
from queue_server.store import Reader, Store, Transaction
from queue_server.store.records import STAFF_KINDS, Staff


@dataclass(frozen=True, slots=True)
class Known:
    """An account as managers see it; one without a PIN cannot sign in yet."""

    staff: str
    account: Account
    has_pin: bool


def accounts(reader: Reader) -> Iterator[Known]:
    """All of them, by number."""
    for staff in sorted(reader.every(Staff), key=lambda each: (len(each.staff), each.staff)):
        yield Known(staff.staff, account_of(staff), bool(staff.pin_hash))


def account_of(staff: Staff) -> Account:
    """What it may do."""
    may = {Role.CLERK: staff.clerk, Role.MANAGER: staff.manager, Role.AUDITOR: staff.auditor}
    return Account(roles=tuple(role.value for role, allowed in may.items() if allowed), disabled=staff.disabled)


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of an account: its place in the journal, when it was, and what."""

    seq: int
    at: int
    body: AccountFact


def account_changes(reader: Reader, limit: int) -> Iterator[Changed]:
    """The latest ones, newest first."""
    for entry in reader.account_changes(limit):
        body = entry.fact.body
        assert isinstance(body, AccountFact)
        yield Changed(entry.seq, entry.at, body)


def change_account(office: Office, command: ChangeAccount) -> Outcome:
    """What an account may do from now on; what it may no more ends at once. Nobody changes the own one.

    So there is always a manager left: the one who did it. Of two who do it to each other at once only the first is
    heard: the other's session has ended by then (`carry_out`). An account that is made anew has no PIN.
    """
    transaction, staff = office.transaction, office.session.subject
    known = transaction.get(Staff, command.account)
    if command.before != (None if known is None else account_of(known)):
        return Refusal.CHANGED_MEANWHILE

    def took(body: Body) -> bool:
        return isinstance(body, AccountChanged) and (body.account, body.before) == (command.account, command.after)

    if command.account == staff or not is_taken_back(transaction, command.reverts, took):
        return Refusal.BAD_ARRANGEMENT
    if command.before == command.after:
        return office.nothing_to_do
    may = () if command.after is None or command.after.disabled else command.after.roles
    if command.after is None:
        transaction.drop(Staff, command.account)
    else:
        transaction.put(_kept(command.account, command.after, "" if known is None else known.pin_hash))
    if set(command.before.roles if command.before else ()) - set(may):
        transaction.end_sessions(command.account, STAFF_KINDS)
    return office.record(
        AccountChanged(
            staff=staff,
            account=command.account,
            before=command.before,
            after=command.after,
            reverts=command.reverts,
        )
    )


def _kept(number: str, account: Account, pin_hash: str) -> Staff:
    return Staff(
        number,
        pin_hash,
        clerk=Role.CLERK in account.roles,
        manager=Role.MANAGER in account.roles,
        auditor=Role.AUDITOR in account.roles,
        disabled=account.disabled,
    )


def renew_pin(store: Store, moment: Moment, by: str, account: str) -> str:
    """Give an account a new PIN and end its sessions; the PIN is told here and nowhere else.

    Takes some tens of milliseconds of computing; call it beside the event loop, never on it.

    Raises:
        NoSuchAccountError: If there is no such account.
        SignInError: If who asks is no manager any more: of two who do this to each other one is left.
    """
    pin = new_pin()
    pin_hash = hashed(pin)

    def put(transaction: Transaction) -> None:
        manager = transaction.get(Staff, by)
        if manager is None or manager.disabled or not manager.manager:
            raise SessionOverError
        known = transaction.get(Staff, account)
        if known is None:
            raise NoSuchAccountError(f"没有 {account} 这个工号")
        transaction.put(
            Staff(account, pin_hash, known.clerk, known.manager, disabled=known.disabled, auditor=known.auditor)
        )
        transaction.end_sessions(account, STAFF_KINDS)
        transaction.record(PinRenewed(staff=by, account=account), moment)

    store.run(put)
    return pin
