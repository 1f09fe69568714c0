"""Signing in: windows open, guesses are counted and locked for a while, nothing tells who exists."""

from collections.abc import Iterator

import pytest

from hall.clock import Moment
from hall.window import WindowState
from hall.wire.commands import CallNext, PutBack, SignIn
from hall.wire.replies import Refusal, SignedIn
from queue_server.operations import accounts
from queue_server.operations.accounts import Role, add_staff, end_session, sign_in
from queue_server.operations.errors import BusyElsewhereError, LockedError, NoSuchWindowError, SignInError, WeakPinError
from queue_server.operations.sessions import find_session, use_session
from queue_server.operations.tick import tick
from queue_server.store.records import SessionKind, SignInPlace, Staff
from tests.support.referee import Referee

PIN = "482913"
MINUTE = 60


@pytest.fixture
def referee() -> Iterator[Referee]:
    referee = Referee()
    add_staff(referee.store, "1001", PIN, [Role.CLERK])
    add_staff(referee.store, "2001", PIN, [Role.MANAGER])
    yield referee
    referee.store.close()


def try_in(referee: Referee, staff: str, pin: str = PIN, window: int | None = 1, source: str = "desk-1") -> SignedIn:
    return sign_in(referee.store, referee.moment, SignIn(staff=staff, pin=pin, window=window), source)


def test_a_clerk_opens_a_window(referee: Referee) -> None:
    signed = try_in(referee, "1001")
    assert (signed.roles, signed.window) == (("clerk",), 1)
    session = referee.session_of(signed.session)
    assert (session.kind, session.window) == (SessionKind.CLERK, 1)
    status = referee.run(lambda tx: tx.window(1))
    assert (status.state, status.clerk) == (WindowState.IDLE, "1001")
    assert referee.do(session, CallNext(request_id="d" * 32)).refusal is Refusal.NOBODY_WAITING


def test_nobody_leaves_a_citizen_behind_by_signing_in_elsewhere(referee: Referee) -> None:
    """A ticket that stays called at a closed window can be touched by nobody: sign-in elsewhere is as signing out."""
    kiosk = referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    session = referee.session_of(try_in(referee, "1001").session)
    called = referee.do(session, CallNext(request_id="d" * 32)).ticket
    assert called is not None
    with pytest.raises(BusyElsewhereError, match=f"1 号窗口还有 {called.number}"):
        try_in(referee, "1001", window=2)
    assert referee.run(lambda tx: (tx.window(1).clerk, tx.window(2).clerk)) == ("1001", None)
    again = referee.session_of(try_in(referee, "1001").session)  # the same window: after a restart, say
    assert referee.do(again, PutBack(request_id="e" * 32, ticket=called.id)).done
    assert try_in(referee, "1001", window=2).window == 2


def test_tokens_and_pins_are_not_stored(referee: Referee) -> None:
    signed = try_in(referee, "1001")
    assert len(signed.session) == 64
    staff = referee.run(lambda tx: tx.get(Staff, "1001"))
    assert staff is not None
    assert staff.pin_hash.startswith("$argon2id$")
    assert PIN not in staff.pin_hash
    assert staff.pin_hash not in repr(staff)
    assert referee.session_of(signed.session).token_hash != signed.session


def test_roles_decide(referee: Referee) -> None:
    assert referee.session_of(try_in(referee, "2001", window=None).session).kind is SessionKind.MANAGER
    with pytest.raises(SignInError):
        try_in(referee, "2001", window=1)
    with pytest.raises(SignInError):
        try_in(referee, "1001", window=None)
    with pytest.raises(NoSuchWindowError):
        try_in(referee, "1001", window=77)


def test_a_disabled_account_cannot_sign_in(referee: Referee) -> None:
    staff = referee.run(lambda tx: tx.get(Staff, "1001"))
    assert staff is not None
    referee.run(lambda tx: tx.put(Staff("1001", staff.pin_hash, clerk=True, manager=False, disabled=True)))
    with pytest.raises(SignInError):
        try_in(referee, "1001")


def test_unknown_and_wrong_are_told_in_the_same_words(referee: Referee, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []

    class Counting:
        def verify(self, pin_hash: str, pin: str) -> None:
            looked_at.append(pin_hash.rsplit("$", 2)[0])
            hasher.verify(pin_hash, pin)

    hasher = accounts._HASHER
    monkeypatch.setattr(accounts, "_HASHER", Counting())
    said = []
    for staff, pin in (("1001", "000001"), ("9999", PIN)):
        with pytest.raises(SignInError) as caught:
            try_in(referee, staff, pin)
        said.append((str(caught.value), caught.value.code, caught.value.advice))
    assert said[0] == said[1]
    assert looked_at[0] == looked_at[1]  # the same parameters, so the same time


@pytest.mark.parametrize("staff", ["1001", "9999"])
def test_failures_lock_for_a_growing_while_and_never_for_good(referee: Referee, staff: str) -> None:
    def fail() -> type[Exception]:
        with pytest.raises(SignInError) as caught:
            try_in(referee, staff, "000001")
        return type(caught.value)

    assert [fail() for _ in range(6)] == [SignInError] * 5 + [LockedError]
    if staff == "1001":
        with pytest.raises(LockedError):
            try_in(referee, staff)
    referee.pass_time(5 * MINUTE)
    assert [fail(), fail()] == [SignInError, LockedError]
    referee.pass_time(6 * MINUTE)
    assert fail() is LockedError
    referee.pass_time(5 * MINUTE)
    if staff == "1001":
        assert try_in(referee, staff).staff == staff
        assert fail() is SignInError


def test_one_place_may_not_try_many_accounts(referee: Referee) -> None:
    for number in range(20):
        with pytest.raises(SignInError):
            try_in(referee, f"7{number:03}", "000001", source="stranger")
    with pytest.raises(LockedError):
        try_in(referee, "1001", source="stranger")
    assert try_in(referee, "1001", source="desk-1").staff == "1001"


def test_a_stranger_who_guesses_keeps_nobody_out_of_the_halls_own_machines(referee: Referee) -> None:
    assert try_in(referee, "2001", window=None, source="office").staff == "2001"
    for address in range(8):
        with pytest.raises(SignInError):
            try_in(referee, "2001", "000001", window=None, source=f"telephone-{address}")
    assert try_in(referee, "2001", window=None, source="office").staff == "2001"
    with pytest.raises(LockedError):  # and many addresses are one guesser
        try_in(referee, "2001", window=None, source="telephone-9")
    for _ in range(5):
        with pytest.raises(SignInError):
            try_in(referee, "2001", "000001", window=None, source="office")
    with pytest.raises(LockedError):  # at a machine of the hall guesses are counted still
        try_in(referee, "2001", window=None, source="office")


def test_a_machine_of_the_hall_stays_one_over_the_longest_holiday(referee: Referee) -> None:
    try_in(referee, "2001", window=None, source="office")
    referee.pass_time(59 * 24 * 60 * MINUTE)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.get(SignInPlace, "office"))
    referee.pass_time(2 * 24 * 60 * MINUTE)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.get(SignInPlace, "office")) is None


def test_who_is_stopped_while_the_pin_is_looked_at_does_not_get_in(
    referee: Referee, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        def verify(self, pin_hash: str, pin: str) -> None:
            hasher.verify(pin_hash, pin)
            stopped = Staff("2001", pin_hash, clerk=False, manager=True, disabled=True)
            referee.run(lambda tx: tx.put(stopped))

    hasher = accounts._HASHER
    monkeypatch.setattr(accounts, "_HASHER", Slow())
    with pytest.raises(SignInError):
        try_in(referee, "2001", window=None)


def test_a_typo_a_day_never_adds_up_to_a_lock(referee: Referee) -> None:
    for _ in range(40):
        with pytest.raises(SignInError):
            try_in(referee, "1001", "000001")
        assert try_in(referee, "1001").staff == "1001"
        referee.pass_time(24 * 60 * MINUTE)


def test_a_clerk_has_one_session_and_leaves_the_other_window_closed(referee: Referee) -> None:
    first = try_in(referee, "1001", window=1)
    second = try_in(referee, "1001", window=3)
    with referee.store.read() as reader:
        assert find_session(reader, referee.moment, first.session) is None
        assert find_session(reader, referee.moment, second.session) is not None
        assert reader.window(1).state is WindowState.CLOSED
        assert reader.window(3).clerk == "1001"


def test_the_next_clerk_takes_the_window_over(referee: Referee) -> None:
    add_staff(referee.store, "1002", PIN, [Role.CLERK, Role.MANAGER])
    first = try_in(referee, "1001")
    assert try_in(referee, "1002").roles == ("clerk", "manager")
    with referee.store.read() as reader:
        assert find_session(reader, referee.moment, first.session) is None
        assert reader.window(1).clerk == "1002"


def test_sessions_run_out(referee: Referee) -> None:
    clerk, manager = try_in(referee, "1001"), try_in(referee, "2001", window=None)

    def is_open(signed: SignedIn, moment: Moment) -> bool:
        with referee.store.read() as reader:
            return find_session(reader, moment, signed.session) is not None

    referee.pass_time(29 * MINUTE)
    assert use_session(referee.store, referee.moment, manager.session) is not None
    referee.store.write(lambda tx: tx.head_seq()).result()  # the touch was queued before this
    referee.pass_time(29 * MINUTE)
    assert is_open(manager, referee.moment)
    referee.pass_time(2 * MINUTE)
    assert not is_open(manager, referee.moment)
    assert use_session(referee.store, referee.moment, manager.session) is None
    assert is_open(clerk, referee.moment)
    referee.pass_time(11 * 60 * MINUTE)
    assert not is_open(clerk, referee.moment)


def test_ending_a_session_closes_the_window(referee: Referee) -> None:
    session = referee.session_of(try_in(referee, "1001").session)
    referee.run(lambda tx: end_session(tx, referee.moment, session))
    assert referee.run(lambda tx: tx.window(1).state) is WindowState.CLOSED


def test_a_new_pin_ends_open_sessions(referee: Referee) -> None:
    signed = try_in(referee, "1001")
    add_staff(referee.store, "1001", "739105", [Role.CLERK])
    with referee.store.read() as reader:
        assert find_session(reader, referee.moment, signed.session) is None
    with pytest.raises(SignInError):
        try_in(referee, "1001")
    assert try_in(referee, "1001", "739105").staff == "1001"


@pytest.mark.parametrize("pin", ["12345", "777777", "100100"])
def test_easy_pins_are_refused(referee: Referee, pin: str) -> None:
    with pytest.raises(WeakPinError) as caught:
        add_staff(referee.store, "100100", pin, [Role.CLERK])
    assert pin not in str(caught.value)
