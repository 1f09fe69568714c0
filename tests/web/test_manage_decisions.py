"""After the server was set back a manager decides in the browser: asked once, carried out once, told in words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hall.mending import RecoveryReason
from hall.wire.commands import CallNext
from queue_server.link.clock import SystemClock
from queue_server.operations import recovery
from queue_server.store import Store, Transaction
from queue_server.store.records import LaneStanding
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import ServedHall, new_id, server_process

AN_HOUR = 3_600_000_000


@pytest.fixture
def set_back(tmp_path: Path) -> Iterator[ServedHall]:
    """Four numbers, the first of them called to window 3, one printed twice; then the server finds itself set back."""
    with server_process(tmp_path / "hall", sample_hall()) as hall:
        kiosk = hall.kiosk()
        for _ in range(4):
            last = kiosk.issue("social_insurance", "social_card_first", "A")
        kiosk.note(last.model_copy(update={"ticket": new_id()}))
        kiosk.push()
        hall.clerk(3).do(CallNext(request_id=new_id()))
        settings = hall.settings
    moment = SystemClock().now()

    def begin(transaction: Transaction) -> None:
        recovery.begin(transaction, moment, RecoveryReason.RESTORED, moment.wall_us - AN_HOUR)
        for standing in list(transaction.every(LaneStanding)):  # its kiosk has not been heard since
            transaction.put(replace(standing, hello_at=moment.wall_us - AN_HOUR))

    with Store.open(settings.database, settings.hall_id, new_id=new_id) as store:
        store.run(begin)
    with server_process(tmp_path / "hall", sample_hall()) as hall:
        yield hall


def _facts(hall: ServedHall, kind: str) -> list[dict[str, object]]:
    entries = [json.loads(line) for line in hall.manager().get("/api/journal").text.splitlines()]
    return [entry["fact"]["body"] for entry in entries if entry["fact"]["body"]["kind"] == kind]


def _row(page: Page, number: str) -> Locator:
    return page.locator(".unsure-row", has_text=number)


def _yes(page: Page, words: str) -> None:
    page.locator(".ask").get_by_role("button", name=words, exact=True).click()
    expect(page.locator(".ask")).to_be_hidden()


def test_uncertain_tickets_wait_again_or_are_over(page: Page, set_back: ServedHall) -> None:
    sign_in(page, set_back)
    expect(page.locator(".headline")).to_have_text("有号打重了，请找到持号人")
    expect(page.locator(".set-back")).to_contain_text("还在等：kiosk-1")
    expect(page.locator(".unsure-row")).to_have_count(4)
    expect(_row(page, "A001")).to_contain_text("当时叫到过")

    _row(page, "A002").get_by_role("button", name="恢复排队").dblclick()
    expect(page.locator(".said")).to_contain_text("A002：恢复排队")
    expect(_row(page, "A002")).to_have_count(0)
    assert len(_facts(set_back, "ticket_confirmed")) == 1

    _row(page, "A001").get_by_role("button", name="已离开/已办").click()
    page.locator(".ask").get_by_role("button", name="返回").click()
    expect(page.locator(".ask")).to_be_hidden()
    assert _facts(set_back, "ticket_cancelled") == []
    _row(page, "A001").get_by_role("button", name="已离开/已办").click()
    _yes(page, "拿掉这个号")
    expect(_row(page, "A001")).to_have_count(0)
    assert len(_facts(set_back, "ticket_cancelled")) == 1

    for number in ("A003", "A004"):
        _row(page, number).get_by_role("checkbox").check()
    page.get_by_role("button", name="恢复选中的 2 张").click()
    expect(page.locator(".unsure")).to_be_hidden()
    assert len(_facts(set_back, "ticket_confirmed")) == 3
    expect(page.locator(".group", has_text="社会保险").locator(".waiting")).to_contain_text("3 人在等")


def test_nothing_runs_over_on_any_width(page: Page, set_back: ServedHall) -> None:
    sign_in(page, set_back)
    expect(page.locator(".unsure-row")).to_have_count(4)
    for width in (390, 820, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) == [], width


def test_all_uncertain_tickets_wait_again_at_once(page: Page, set_back: ServedHall) -> None:
    sign_in(page, set_back)
    page.get_by_role("button", name="全部恢复（4 张）").click()
    expect(page.locator(".ask")).to_contain_text("kiosk-1、3 号窗口 还没报")
    _yes(page, "全部恢复")
    expect(page.locator(".said")).to_contain_text("4 张已恢复")
    expect(page.locator(".unsure")).to_be_hidden()


def test_nobody_is_waited_for_any_longer(page: Page, set_back: ServedHall) -> None:
    sign_in(page, set_back)
    page.get_by_role("button", name="不再等待").click()
    expect(page.locator(".ask")).to_contain_text("还没报的是：kiosk-1、3 号窗口")
    expect(page.locator(".ask")).to_contain_text("设备以后接上，照样补进来")
    _yes(page, "不再等待 kiosk-1、3 号窗口")
    expect(page.locator(".set-back")).to_contain_text("还有 4 张号要核实")
    expect(page.get_by_role("button", name="不再等待")).to_be_hidden()


def test_a_double_number_is_settled_and_an_old_lane_retired(page: Page, set_back: ServedHall) -> None:
    sign_in(page, set_back)
    expect(page.locator(".doubles")).to_contain_text("A004")
    page.get_by_role("button", name="已处理").click()
    page.locator(".ask input").fill("换成 B007")
    _yes(page, "已处理")
    expect(page.locator(".doubles")).to_be_hidden()
    (settled,) = _facts(set_back, "double_settled")
    assert settled["note"] == "换成 B007"

    issuer = page.locator(".issuers .row", has_text="kiosk-1")
    expect(issuer).to_contain_text("失联")
    issuer.get_by_role("button", name="停用旧机号").click()
    expect(page.locator(".ask")).to_contain_text("只有那台机器已经关机、不会再出号时才能停用")
    _yes(page, "机器已关，停用")
    expect(issuer.get_by_role("button")).to_have_count(0)
    assert len(_facts(set_back, "lane_retired")) == 1
    page.locator(".past-lanes summary", has_text="今天用过的旧机号 1 个").click()
    expect(page.locator(".past-lanes .row")).to_contain_text("kiosk-1，机号 1")
    expect(page.locator(".past-lanes .row")).to_contain_text("已停用")


def test_what_has_to_be_decided_comes_first_and_what_came_late_is_one_line_that_opens(
    page: Page, set_back: ServedHall
) -> None:
    kiosk = set_back.kiosk("kiosk-8")
    for _ in range(5):  # five times cut off and back
        kiosk.issue("social_insurance", "social_card_first", "A", offline=True)
        kiosk.push()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, set_back)
    line = page.locator(".late-line")
    expect(line).to_have_count(1)
    expect(line.locator("summary")).to_contain_text("kiosk-8：今天补入 5 张离线号，最近")
    expect(line.locator(".fold-body")).to_be_hidden()
    tops = [
        page.locator(part).first.evaluate("e => e.getBoundingClientRect().top")
        for part in (".set-back", ".doubles", ".unsure", ".late")
    ]
    assert tops == sorted(tops)

    line.locator("summary").press("Enter")
    expect(line.locator(".fold-body p")).to_have_count(6)
    kiosk.issue("social_insurance", "social_card_first", "A", offline=True)
    kiosk.push()
    expect(line.locator("summary")).to_contain_text("今天补入 6 张离线号")
    expect(line.locator(".fold-body p").last).to_be_visible()  # it stays open
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(OVERFLOW) == [], width
