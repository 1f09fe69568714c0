"""Staff accounts: PINs as argon2id hashes, sign-in with a lock-out that grows and always ends.

A failure is counted before the PIN is looked at and taken back when it was right, so guesses made side by side count
too. An unknown staff number costs the same time, gets the same words and locks the same way as a known one.

Where somebody signed in before, failures count for that place alone; everywhere else they count together. So whoever
guesses from many addresses is locked as from one, and nobody in the hall's public network keeps its people out of its
own machines.
"""

import secrets
from collections.abc import Iterable
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from hall.clock import MINUTE_US, Moment
from hall.facts import WindowClosed, WindowOpened
from hall.wire.commands import SignIn
from hall.wire.replies import SignedIn
from queue_server.operations.errors import BusyElsewhereError, LockedError, NoSuchWindowError, SignInError, WeakPinError
from queue_server.operations.sessions import open_session
from queue_server.store import Store, Transaction
from queue_server.store.records import STAFF_KINDS, Attempts, Session, SessionKind, SignInPlace, Staff

SHORTEST_PIN = 6
FREE_FAILURES = 4
FREE_FAILURES_OF_A_PLACE = 19
FIRST_LOCK_US = 5 * MINUTE_US
LONGEST_LOCK_US = 60 * MINUTE_US
FADES_IN_US = 120 * MINUTE_US
"""So long after it a failure is forgiven, one after the other; longer than the longest lock."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _HASHER.hash("")  # looked at for unknown numbers, so that they take as long as known ones


class Role(StrEnum):
    """What an account may do."""

    CLERK = "clerk"
    MANAGER = "manager"
    AUDITOR = "auditor"  # sees what a manager sees and changes nothing


def add_staff(store: Store, staff: str, pin: str, roles: Iterable[Role]) -> None:
    """Make an account or give it a new PIN and new roles; open sessions of it end.

    Raises:
        WeakPinError: If the PIN is too easy.
    """
    if len(pin) < SHORTEST_PIN or len(set(pin)) == 1 or pin == staff:
        raise WeakPinError("口令太容易猜到")
    wanted = set(roles)
    account = Staff(
        staff, _HASHER.hash(pin), Role.CLERK in wanted, Role.MANAGER in wanted, auditor=Role.AUDITOR in wanted
    )

    def put(transaction: Transaction) -> None:
        transaction.put(account)
        transaction.end_sessions(staff, STAFF_KINDS)

    store.write(put).result()


def new_pin() -> str:
    """A PIN of six digits, at least three of them different, to be handed over on paper."""
    while len(set(pin := f"{secrets.randbelow(10**SHORTEST_PIN):0{SHORTEST_PIN}}")) < 3:
        pass
    return pin


def hashed(pin: str) -> str:
    """A PIN as it is kept: argon2id."""
    return _HASHER.hash(pin)


def roles_of(store: Store, staff: str) -> tuple[Role, ...]:
    """What an account may do; nothing if there is none."""
    with store.read() as reader:
        account = reader.get(Staff, staff)
    if account is None:
        return ()
    return _roles(account)


def sign_in(store: Store, moment: Moment, request: SignIn, source: str) -> SignedIn:
    """Open a session: with a window a clerk's, which opens the window; without one a manager's, or an auditor's.

    Takes some tens of milliseconds of computing; call it beside the event loop, never on it.

    Args:
        store: The hall's store.
        moment: Now.
        request: Staff number, PIN, window.
        source: Where the request comes from (an address), counted against guessing.

    Raises:
        SignInError: If number or PIN is wrong, or the account may not do this.
        LockedError: If there were too many failures.
        NoSuchWindowError: If the hall has no such window.
        BusyElsewhereError: If this clerk still has a citizen at another window.
    """
    account = store.write(lambda transaction: _count_attempt(transaction, moment, request.staff, source)).result()
    usable = account is not None and not account.disabled and account.pin_hash != ""
    try:
        _HASHER.verify(account.pin_hash if account is not None and usable else _NOBODY, request.pin)
    except VerifyMismatchError:
        usable = False
    if account is None or not usable or not _may_enter(account, request):
        raise _refused()

    def enter(transaction: Transaction) -> SignedIn:
        if transaction.get(Staff, account.staff) != account:  # stopped, or given another PIN, while this one was tried
            raise _refused()
        return let_in(transaction, moment, account, request, source)

    return store.write(enter).result()


def _refused() -> SignInError:
    return SignInError("工号或口令不对，或没有这项权限")


def _may_enter(account: Staff, request: SignIn) -> bool:
    return account.clerk if request.window is not None else account.manager or account.auditor


def _roles(account: Staff) -> tuple[Role, ...]:
    may = {Role.CLERK: account.clerk, Role.MANAGER: account.manager, Role.AUDITOR: account.auditor}
    return tuple(role for role, allowed in may.items() if allowed)


def end_session(transaction: Transaction, moment: Moment, session: Session) -> None:
    """End a staff session; a clerk's window closes with it. Who is still there stays until somebody signs in again."""
    transaction.drop(Session, session.token_hash)
    if session.kind is SessionKind.CLERK and transaction.window(session.window).clerk == session.subject:
        transaction.record(WindowClosed(window=session.window, clerk=session.subject), moment)


def _count_attempt(transaction: Transaction, moment: Moment, staff: str, source: str) -> Staff | None:
    guessed = _guessed_at(transaction, staff, source)
    for key, free in ((guessed, FREE_FAILURES), (f"source:{source}", FREE_FAILURES_OF_A_PLACE)):
        before = transaction.get(Attempts, key) or Attempts(key, 0, 0, 0)
        if before.locked_until > moment.wall_us:
            minutes = -(-(before.locked_until - moment.wall_us) // MINUTE_US)
            raise LockedError(f"尝试次数过多，请 {minutes} 分钟后再试")
        faded = (moment.wall_us - before.at) // FADES_IN_US  # a typo a day must not add up to a lock
        failures = max(0, before.failures - faded) + 1
        since = before.at + faded * FADES_IN_US if failures > 1 else moment.wall_us
        over = failures - free
        lock = min(FIRST_LOCK_US << min(over - 1, 20), LONGEST_LOCK_US) if over > 0 else 0
        transaction.put(Attempts(key, failures, moment.wall_us + lock if lock else 0, since))
    return transaction.get(Staff, staff)


def _guessed_at(transaction: Transaction, staff: str, source: str) -> str:
    """Under which key failures of an account at a place are counted."""
    of_the_hall = transaction.get(SignInPlace, source) is not None
    return f"staff:{staff}@{source}" if of_the_hall else f"staff:{staff}"


def let_in(transaction: Transaction, moment: Moment, account: Staff, request: SignIn, source: str) -> SignedIn:
    """Open the session of somebody whose PIN was right; a clerk's window opens with it.

    Raises:
        NoSuchWindowError: If the hall has no such window.
        BusyElsewhereError: If this clerk still has a citizen at another window.
    """
    transaction.drop(Attempts, _guessed_at(transaction, account.staff, source))
    _take_back_one(transaction, f"source:{source}")
    transaction.put(SignInPlace(source, moment.wall_us))
    window = request.window
    if window is None:
        kind = SessionKind.MANAGER if account.manager else SessionKind.AUDITOR
        token, session = open_session(transaction, moment, kind, account.staff)
    else:
        _open_window(transaction, moment, account.staff, window)
        token, session = open_session(transaction, moment, SessionKind.CLERK, account.staff, window=window)
    roles = tuple(role.value for role in _roles(account))
    return SignedIn(session=token, staff=account.staff, roles=roles, window=window, expires_at=session.expires_at)


def _take_back_one(transaction: Transaction, key: str) -> None:
    attempts = transaction.get(Attempts, key)
    if attempts is not None:
        transaction.put(Attempts(key, max(0, attempts.failures - 1), 0, attempts.at))


def _open_window(transaction: Transaction, moment: Moment, staff: str, number: int) -> None:
    """One session per clerk, one clerk per window: whatever stood in the way ends."""
    if all(window.number != number for window in transaction.catalog().windows):
        raise NoSuchWindowError(f"大厅没有 {number} 号窗口")
    sessions = transaction.sessions_of(staff, [SessionKind.CLERK])
    for session in sessions:
        _must_be_free(transaction, staff, session.window, number)
    for session in sessions:
        if session.window == number:
            transaction.drop(Session, session.token_hash)
        else:
            end_session(transaction, moment, session)
    previous = transaction.window(number).clerk
    if previous is not None and previous != staff:
        for session in transaction.sessions_of(previous, [SessionKind.CLERK]):
            if session.window == number:
                transaction.drop(Session, session.token_hash)
    transaction.record(WindowOpened(window=number, clerk=staff), moment)


def _must_be_free(transaction: Transaction, staff: str, left: int, wanted: int) -> None:
    """As signing out: nobody leaves a window whose citizen would stay called there with no clerk."""
    ticket = transaction.active_at(left)
    if left == wanted or ticket is None or transaction.window(left).clerk != staff:
        return
    raise BusyElsewhereError(f"您在 {left} 号窗口还有 {ticket.number} 没办完，不能到 {wanted} 号窗口登录")
