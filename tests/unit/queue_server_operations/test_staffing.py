"""Accounts changed by a manager while the hall runs: by whose word, and never a PIN in the record."""

import pytest

from hall.accounts import Account, AccountChanged, PinRenewed
from hall.wire import commands
from hall.wire.commands import SignIn
from hall.wire.replies import Refusal, Reply
from queue_server.operations.accounts import Role, add_staff, new_pin, sign_in
from queue_server.operations.commands import carry_out
from queue_server.operations.errors import NoSuchAccountError, SignInError
from queue_server.operations.sessions import find_session, open_session
from queue_server.operations.staffing import account_changes, accounts, renew_pin
from queue_server.store import Transaction, check
from queue_server.store.records import SessionKind
from tests.support.referee import HALL_KEY, Referee

CLERK, AUDITOR, MANAGER = (Account(roles=(role,)) for role in ("clerk", "auditor", "manager"))


def change(
    referee: Referee,
    account: str,
    before: Account | None,
    after: Account | None,
    staff: str = "9001",
    reverts: int | None = None,
) -> Reply:
    def act(transaction: Transaction) -> Reply:
        session = open_session(transaction, referee.moment, SessionKind.MANAGER, staff)[1]
        command = commands.ChangeAccount(
            request_id=referee.ids(), account=account, before=before, after=after, reverts=reverts
        )
        return carry_out(transaction, referee.moment, session, command, HALL_KEY)

    return referee.run(act)


def hall_of_two() -> Referee:
    """A hall with two managers, 9001 and 9002."""
    referee = Referee()
    for staff in ("9001", "9002"):
        add_staff(referee.store, staff, "482913", [Role.MANAGER])
    return referee


def enter(referee: Referee, account: str, pin: str) -> str:
    request = SignIn(staff=account, pin=pin)
    return sign_in(referee.store, referee.moment, request, "10.0.0.1").session


def test_a_new_account_cannot_sign_in_before_it_has_a_pin_and_the_pin_is_nowhere_in_the_record() -> None:
    referee = hall_of_two()
    assert change(referee, "7002", None, AUDITOR).done
    with pytest.raises(SignInError):
        enter(referee, "7002", "123456")
    pin = renew_pin(referee.store, referee.moment, "9001", "7002")
    assert enter(referee, "7002", pin)
    bodies = [entry.fact.body for entry in referee.run(lambda tx: list(tx.account_changes(9)))]
    assert [type(body) for body in bodies] == [PinRenewed, AccountChanged]
    texts = referee.run(lambda tx: [text for _, _, _, text in tx.entry_texts(0, 100)])
    assert not [text for text in texts if pin in text]
    assert referee.run(check).differences == ()


def test_who_is_disabled_is_out_at_once_and_another_pin_ends_open_sessions() -> None:
    referee = hall_of_two()
    assert change(referee, "7002", None, AUDITOR).done
    pin = renew_pin(referee.store, referee.moment, "9001", "7002")
    token = enter(referee, "7002", pin)
    stopped = AUDITOR.model_copy(update={"disabled": True})
    assert change(referee, "7002", AUDITOR, stopped).done
    assert referee.run(lambda tx: find_session(tx, referee.moment, token)) is None
    with pytest.raises(SignInError):
        enter(referee, "7002", pin)
    assert change(referee, "7002", stopped, AUDITOR).done
    again = enter(referee, "7002", pin)
    renew_pin(referee.store, referee.moment, "9001", "7002")
    assert referee.run(lambda tx: find_session(tx, referee.moment, again)) is None


def test_of_two_managers_the_second_is_told_and_nobody_changes_the_own_account() -> None:
    referee = Referee()
    assert change(referee, "0301", None, CLERK).done
    assert change(referee, "0301", None, AUDITOR, "9002").refusal is Refusal.CHANGED_MEANWHILE
    assert change(referee, "9001", None, AUDITOR, "9001").refusal is Refusal.BAD_ARRANGEMENT
    assert [(each.staff, each.account, each.has_pin) for each in referee.run(lambda tx: list(accounts(tx)))] == [
        ("0301", CLERK, False)
    ]


def test_of_two_managers_who_disable_each_other_at_once_one_is_left() -> None:
    referee = hall_of_two()
    first, second = (referee.session_of(enter(referee, staff, "482913")) for staff in ("9001", "9002"))

    def disable(account: str) -> commands.ChangeAccount:
        stopped = MANAGER.model_copy(update={"disabled": True})
        return commands.ChangeAccount(request_id=referee.ids(), account=account, before=MANAGER, after=stopped)

    assert referee.do(first, disable("9002")).done
    with pytest.raises(SignInError, match="登录已经结束"):  # it was on its way with a session that was open then
        referee.do(second, disable("9001"))
    with pytest.raises(SignInError, match="登录已经结束"):
        renew_pin(referee.store, referee.moment, "9002", "9001")
    assert enter(referee, "9001", "482913")


def present(referee: Referee, account: str) -> tuple[Account, bool] | None:
    """What an account may do, and whether it has a PIN."""
    known = referee.run(lambda tx: {each.staff: (each.account, each.has_pin) for each in accounts(tx)})
    return known.get(account)


def test_a_change_is_taken_back_and_the_record_says_by_whom_and_which() -> None:
    referee = hall_of_two()
    assert change(referee, "0301", None, CLERK).done
    renew_pin(referee.store, referee.moment, "9001", "0301")
    stopped = CLERK.model_copy(update={"disabled": True})
    seq = change(referee, "0301", CLERK, stopped).seq
    back = change(referee, "0301", stopped, CLERK, "9002", reverts=seq)
    assert (back.done, present(referee, "0301")) == (True, (CLERK, True))
    newest = referee.run(lambda tx: next(iter(account_changes(tx, 9))))
    assert newest.seq == back.seq
    assert newest.body == AccountChanged(staff="9002", account="0301", before=stopped, after=CLERK, reverts=seq)
    assert change(referee, "0301", CLERK, stopped, reverts=back.seq).done, "taking back can be taken back"
    assert referee.run(check).differences == ()


def test_an_account_that_was_made_goes_with_its_pin_and_comes_back_without_one() -> None:
    referee = hall_of_two()
    made = change(referee, "7002", None, AUDITOR).seq
    pin = renew_pin(referee.store, referee.moment, "9001", "7002")
    token = enter(referee, "7002", pin)
    gone = change(referee, "7002", AUDITOR, None, reverts=made)
    assert (gone.done, present(referee, "7002")) == (True, None)
    assert referee.run(lambda tx: find_session(tx, referee.moment, token)) is None
    assert change(referee, "7002", None, AUDITOR, reverts=gone.seq).done
    assert present(referee, "7002") == (AUDITOR, False)
    with pytest.raises(SignInError):
        enter(referee, "7002", pin)


def test_only_a_change_of_this_account_to_what_it_was_before_is_a_taking_back() -> None:
    referee = hall_of_two()
    made = change(referee, "0301", None, CLERK).seq
    other = change(referee, "0302", None, AUDITOR).seq
    renew_pin(referee.store, referee.moment, "9001", "0301")
    pin_renewed = referee.run(lambda tx: tx.head_seq())
    for seq in (made, other, pin_renewed, pin_renewed + 1):
        assert change(referee, "0301", CLERK, AUDITOR, reverts=seq).refusal is Refusal.BAD_ARRANGEMENT
    assert change(referee, "0301", AUDITOR, None, reverts=made).refusal is Refusal.CHANGED_MEANWHILE
    assert present(referee, "0301") == (CLERK, True)


def test_nobody_takes_back_what_was_changed_of_the_own_account_so_a_manager_is_left() -> None:
    referee = Referee()
    made = change(referee, "9002", None, MANAGER).seq
    assert change(referee, "9002", MANAGER, None, "9002", reverts=made).refusal is Refusal.BAD_ARRANGEMENT
    assert present(referee, "9002") == (MANAGER, False)


def test_there_is_no_pin_for_nobody() -> None:
    referee = hall_of_two()
    with pytest.raises(NoSuchAccountError):
        renew_pin(referee.store, referee.moment, "9001", "0999")


def test_a_pin_has_six_digits_three_of_them_different(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter((0, 111_111, 121_212, 7, 12_207))
    monkeypatch.setattr("queue_server.operations.accounts.secrets.randbelow", lambda _: next(drawn))
    assert new_pin() == "012207"
