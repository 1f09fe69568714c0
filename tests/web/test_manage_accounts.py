"""人员 in a browser: what was changed of an account goes back by one press, as every other setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hall.accounts import Account
from hall.wire.commands import ChangeAccount
from queue_server.api.accounts import AccountsTold
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW
from tests.support.served_hall import AUDITOR, MANAGER, Caller, ServedHall, new_id, server_process
from tests.web.test_manage_settings import SIZES, go

CLERK, STOPPED = Account(roles=("clerk",)), Account(roles=("clerk",), disabled=True)
ONE_MORE, BOTH = Account(roles=("manager",)), Account(roles=("clerk", "manager"))


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[ServedHall]:
    """A hall with a second manager 7301 and a clerk 7300, who was just disabled."""
    with server_process(tmp_path / "hall", sample_hall()) as hall:
        for number, before, after in (("7300", None, CLERK), ("7301", None, ONE_MORE), ("7300", CLERK, STOPPED)):
            change(hall.manager(), number, before, after)
        yield hall


def change(by: Caller, number: str, before: Account | None, after: Account) -> None:
    assert by.do(ChangeAccount(request_id=new_id(), account=number, before=before, after=after)).done


def second_manager(hall: ServedHall) -> Caller:
    pin = hall.manager().http("POST", "/api/accounts/7301/pin").raise_for_status().json()["pin"]
    return hall.sign_in("7301", pin=pin)


def accounts_of(hall: ServedHall) -> dict[str, Account]:
    told = AccountsTold.model_validate_json(hall.auditor().get("/api/accounts").text)
    return {each.staff: each.account for each in told.accounts}


def line(page: Page, words: str) -> Locator:
    """The newest change of which this is said."""
    return page.locator(".set-change", has_text=words).first


def go_back(page: Page, words: str) -> Locator:
    """Press the way back of a change; what is asked then."""
    line(page, words).get_by_role("button", name="退回到改之前").click()
    return page.get_by_role("alertdialog")


def test_who_was_disabled_by_mistake_is_let_in_again_and_the_list_says_so(page: Page, quiet: ServedHall) -> None:
    go(page, quiet, "accounts")
    expect(line(page, "工号 7300")).to_contain_text("可以登录 → 停用，不能登录")
    asked = go_back(page, "工号 7300")
    expect(asked).to_contain_text("停用，不能登录 → 可以登录")
    asked.get_by_role("button", name="保存").click()
    expect(page.locator(".said")).to_contain_text("已退回")
    expect(line(page, "工号 7300")).to_contain_text("退回了第")
    assert accounts_of(quiet)["7300"] == CLERK
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(OVERFLOW) == []


def test_an_account_that_was_made_goes_again_and_says_that_its_pin_goes_too(page: Page, quiet: ServedHall) -> None:
    second_manager(quiet)
    go(page, quiet, "accounts")
    expect(line(page, "换了新口令").get_by_role("button")).to_have_count(0)
    asked = go_back(page, "没有这个工号 → 管理人员")
    expect(asked).to_contain_text("口令一起没有了")
    asked.get_by_role("button", name="保存").click()
    expect(page.locator(".set-account", has_text="7301")).to_have_count(0)
    assert "7301" not in accounts_of(quiet)


def test_of_two_managers_the_second_is_told_who_was_first_and_may_press_again(page: Page, quiet: ServedHall) -> None:
    other = second_manager(quiet)
    go(page, quiet, "accounts")
    asked = go_back(page, "工号 7300")
    change(other, "7300", STOPPED, ONE_MORE)
    asked.get_by_role("button", name="保存").click()
    expect(page.locator(".said")).to_contain_text("工号 7301 先改了，现在是：管理人员")
    assert accounts_of(quiet)["7300"] == ONE_MORE
    asked = go_back(page, "可以登录 → 停用，不能登录")
    expect(asked).to_contain_text("管理人员 → 窗口人员")
    asked.get_by_role("button", name="保存").click()
    expect(page.locator(".said")).to_contain_text("已退回")
    assert accounts_of(quiet)["7300"] == CLERK


def test_what_another_changed_of_the_own_account_is_for_another_to_take_back(page: Page, quiet: ServedHall) -> None:
    change(second_manager(quiet), MANAGER, ONE_MORE, BOTH)
    go(page, quiet, "accounts")
    own = page.locator(".set-change", has=page.get_by_text(f"工号 {MANAGER}", exact=True)).first
    expect(own).to_contain_text("管理人员 → 窗口人员、管理人员")
    expect(own.get_by_role("button")).to_have_count(0)


def test_an_auditor_sees_what_was_changed_and_no_way_back(page: Page, quiet: ServedHall) -> None:
    go(page, quiet, "accounts", AUDITOR)
    expect(line(page, "工号 7300")).to_contain_text("停用，不能登录")
    expect(page.get_by_role("button", name="退回到改之前")).to_have_count(0)
