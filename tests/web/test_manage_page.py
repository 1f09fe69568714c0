"""The manager's page in a real browser: a way in and out, live figures, alerts, on a desk and on a phone."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from hall.arrangements import Waiting, group_part
from hall.catalog import Catalog
from hall.facts import HealthChanged
from hall.wire.commands import CallNext, ChangeArrangement, Pause
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import ServedHall, new_id


def test_a_wrong_pin_is_refused_in_words_and_a_right_one_opens(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall, "999999")
    expect(page.get_by_role("alert")).to_contain_text("工号或口令不对")
    sign_in(page, hall)
    expect(page.locator(".headline")).to_have_text("没有人在等，窗口都没有开")
    expect(page.locator(".brand")).to_contain_text("青禾区政务服务中心")
    expect(page.locator(".group")).to_have_count(8)
    expect(page.locator(".cell")).to_have_count(len(sample_hall().windows))


def test_the_cookie_is_out_of_reach_and_signing_out_ends_it(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    expect(page.locator(".headline")).to_be_visible()
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/manage")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="管理页登录")).to_be_visible()
    page.context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": f"{hall.address}/manage"}])
    page.goto(f"{hall.address}/manage/")
    expect(page.get_by_role("heading", name="管理页登录")).to_be_visible()


def test_a_page_left_open_goes_to_the_form_once_its_session_is_over(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    expect(page.locator(".headline")).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{hall.address}/manage/")
    other.get_by_role("button", name="退出").click()
    expect(other).to_have_url(f"{hall.address}/manage/sign-in")
    expect(page).to_have_url(f"{hall.address}/manage/sign-in")


def test_it_comes_back_as_soon_as_other_screens(page: Page, hall: ServedHall) -> None:
    """At most 2 s and half as much again between two tries, however long the server was away."""
    sign_in(page, hall)
    expect(page.locator(".headline")).to_be_visible()
    page.wait_for_function("window.socket.io.reconnectionDelayMax() === 2000")


def test_nothing_below_manage_opens_without_a_session(hall: ServedHall) -> None:
    for path in ("/manage/", "/manage/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/manage/favicon.ico"):
        assert hall.anybody.http("GET", path).status_code == 401
    session = hall.clerk(5).session
    refused = hall.anybody.http("GET", "/manage/", headers={"Cookie": f"onewindow_manager={session}"})
    assert refused.status_code == 401


def test_figures_windows_and_devices_change_by_themselves(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    card = page.locator(".group", has_text="社会保险")
    expect(card.locator(".waiting")).to_contain_text("0 人在等")
    clerk, kiosk = hall.clerk(3), hall.kiosk()
    kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.push()
    expect(card.locator(".waiting")).to_contain_text("2 人在等")
    cell = page.locator(".cell").nth(2)
    expect(cell).to_contain_text("空闲")
    clerk.do(CallNext(request_id=new_id()))
    expect(cell).to_contain_text("已叫号")
    expect(cell).to_contain_text("A001")
    hall.clerk(4).do(Pause(request_id=new_id(), reason="复印"))
    expect(page.locator(".cell").nth(3)).to_have_class(re.compile("tone-caution"))
    kiosk.note(
        HealthChanged(
            device="kiosk-1", part="printer", state="fault", problem="打印机没有纸", advice="请换一卷纸", paper="没有纸"
        )
    )
    kiosk.note(HealthChanged(device="kiosk-1", part="camera", state="online"))
    kiosk.note(HealthChanged(device="kiosk-1", part="camera", state="missing", problem="没有接上", advice="请看数据线"))
    kiosk.push()
    expect(page.locator(".row", has_text="打印机").locator(".row-note")).to_have_text("没有纸，还没有正常过")
    expect(page.locator(".row", has_text="摄像头").locator(".row-note")).to_contain_text("上次正常")
    expect(page.locator(".alert").last).to_contain_text("kiosk-1 打印机：打印机没有纸请换一卷纸")
    expect(page.locator(".headline")).to_have_text("有设备坏了，请派人去看")
    kiosk.note(HealthChanged(device="kiosk-1", part="printer", state="online", paper="有纸"))
    kiosk.note(HealthChanged(device="kiosk-1", part="camera", state="online"))
    kiosk.push()
    expect(page.locator(".alert")).to_have_count(0)


def test_every_figure_explains_itself(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    page.get_by_role("button", name="怎么算的").click()
    expect(page.locator(".explain")).to_contain_text("从取号到第一次叫号的平均时间")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator(".explain")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1366])
def test_nothing_runs_over_on_any_width(page: Page, hall: ServedHall, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, hall)
    expect(page.locator(".group")).to_have_count(8)
    kiosk, name = hall.kiosk(), "kiosk_of_the_second_floor_left_hand_"
    kiosk.note(
        HealthChanged(
            device=name, part="printer", state="fault", problem="打印机没有纸", advice="请换一卷纸", paper="没有纸"
        )
    )
    kiosk.push()
    expect(page.locator(".row", has_text=name)).to_be_visible()
    expect(page.locator(".alert", has_text=name)).to_be_visible()
    assert page.evaluate(OVERFLOW) == []
    columns = page.locator(".groups").evaluate("e => getComputedStyle(e).gridTemplateColumns.split(' ').length")
    assert (columns == 1) == (width == 390)


def test_a_group_is_said_to_be_down_after_a_question_and_up_again(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    kiosk = hall.kiosk()
    kiosk.issue("tax", "tax_details", "E")
    kiosk.push()
    card = page.locator(".group", has_text="办税缴费")
    expect(card.locator(".waiting")).to_contain_text("1 人在等")
    card.get_by_role("button", name="报系统故障").click()
    page.locator(".ask").get_by_role("button", name="确定，报系统故障", exact=True).click()
    expect(card.locator(".tag")).to_have_text("系统故障")
    expect(page.locator(".headline")).to_have_text("办税缴费系统故障，暂停办理")
    expect(card.locator(".waiting")).to_contain_text("0 人在等")
    expect(page.locator(".alert", has_text="办税缴费：系统故障")).to_be_visible()
    card.get_by_role("button", name="解除系统故障").click()
    page.locator(".ask").get_by_role("button", name="解除系统故障", exact=True).click()
    expect(page.locator(".alert", has_text="系统故障")).to_have_count(0)


@pytest.mark.parametrize("width", [1366, 390])
def test_a_suspended_group_says_so_and_whether_somebody_still_waits(page: Page, hall: ServedHall, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, hall)
    kiosk, manager = hall.kiosk(), hall.manager()
    kiosk.issue("civil", "marriage_book", "G")
    kiosk.push()
    for group in ("civil", "business"):
        seen = group_part(Catalog.model_validate_json(manager.get("/api/catalog").text), group)
        halted = seen.model_copy(update={"suspended": True})
        asked = ChangeArrangement(request_id=new_id(), before=seen, after=halted, waiting=Waiting.SERVE)
        if seen != halted:
            assert manager.do(asked).done
    waits, rests = (page.locator(".group", has_text=name) for name in ("婚姻民政", "开办企业"))
    expect(rests.locator(".tag")).to_have_text("停办")
    expect(rests.locator(".measures")).to_contain_text("不取号")
    expect(waits.locator(".tag")).to_have_text("停办，没有窗口能办")
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        page.screenshot(path=f"{folder}/live-suspended-{width}.png", full_page=True)
    assert page.evaluate(OVERFLOW) == []
