"""Alerts in a real browser: each sounds once, is acknowledged with a note, and comes back after a restart as it was."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hall.alerts import AlertRules
from hall.catalog import Catalog
from hall.facts import HealthChanged
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import AUDITOR, ServedHall, WireKiosk, server_process

HEARD = "() => JSON.parse(localStorage.getItem('onewindow-alerts-heard') || '[]').length"
PICTURES = os.environ.get("ONEWINDOW_TEST_PICTURES")


def impatient_hall() -> Catalog:
    """Rings at once, so that nobody has to wait for it here."""
    catalog = sample_hall()
    hall = catalog.hall.model_copy(update={"alerts": AlertRules(steady_minutes=0)})
    return catalog.model_copy(update={"hall": hall})


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with server_process(tmp_path_factory.mktemp("alerts") / "hall", impatient_hall()) as served:
        yield served


def tell_of_paper(kiosk: WireKiosk, state: str = "attention", problem: str = "打印纸快用完") -> None:
    kiosk.note(HealthChanged.model_validate(
        {"device": "kiosk-1", "part": "printer", "state": state, "problem": problem, "advice": "请准备更换打印纸"}
    ))  # fmt: skip
    kiosk.push()


def test_an_alert_sounds_once_is_acknowledged_with_a_note_and_survives_a_restart(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    with server_process(folder, impatient_hall()) as hall:
        kiosk = hall.kiosk()
        tell_of_paper(kiosk)
        sign_in(page, hall)
        alarm = page.locator(".alarm")
        expect(alarm).to_contain_text("kiosk-1 打印机：打印纸快用完")
        expect(page.locator(".silent")).to_be_visible()
        assert page.evaluate(HEARD) == 0, "no browser sounds before it was touched"
        page.locator(".headline").click()
        expect(page.locator(".alarms")).to_have_attribute("data-sounded", "1")
        expect(page.locator(".silent")).to_be_hidden()
        expect(page.locator(".alert")).to_have_count(1)  # told of once, not twice
        page.reload()
        expect(alarm).to_have_count(1)
        page.locator(".headline").click()
        assert page.evaluate(HEARD) == 1, "not again after a reload"
        alarm.get_by_role("button", name="已派人去换").click()
        page.locator(".note input").fill("打 13800138000 找小李")
        page.locator(".ask").get_by_role("button", name="已派人去换").click()
        expect(page.locator(".said")).to_contain_text("请不要写证件、电话等号码")
        alarm.get_by_role("button", name="已派人去换").click()
        page.locator(".note input").fill("小李去换了")
        page.locator(".ask").get_by_role("button", name="已派人去换").click()
        expect(alarm).to_contain_text("工号 1001 在处理：小李去换了")
        before = hall.manager().get("/api/hall").json()["alerts"]
    with server_process(folder, impatient_hall()) as hall:
        assert hall.manager().get("/api/hall").json()["alerts"] == before
        page.goto(f"{hall.address}/manage/")  # the session has outlived the restart as well
        expect(alarm).to_contain_text("工号 1001 在处理：小李去换了")
        page.locator(".headline").click()
        expect(page.locator(".alarms")).to_have_attribute("data-rings", "")


@pytest.mark.parametrize("width", [390, 1366])
def test_alerts_run_over_on_no_width(page: Page, hall: ServedHall, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 768 if width > 400 else 844})
    kiosk = hall.kiosk()
    hall.clerk(3).http("DELETE", "/api/sessions")
    kiosk.issue("social_insurance", "social_card_first", "A")
    tell_of_paper(kiosk, "fault", "打印纸已用完")
    sign_in(page, hall)
    expect(page.locator(".alarm")).to_have_count(2)
    expect(page.locator(".alarm", has_text="能办的窗口都关了")).to_contain_text("社会保险：")
    assert page.evaluate(OVERFLOW) == []
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"alerts-{width}.png", full_page=True)


def test_an_auditor_sees_the_page_and_no_press_changes_anything(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall, staff=AUDITOR)
    expect(page.locator(".leave")).to_contain_text("审计员")
    before = hall.manager().get("/api/journal").text
    expect(page.locator(".heart")).not_to_have_attribute("data-beat", "1")  # it is live
    card = page.locator(".group", has_text="社会保险")
    expect(page.locator(".only-looks")).to_contain_text("仅查看")
    fault = card.locator("button")
    expect(fault).to_have_text("报系统故障")
    expect(fault).to_be_hidden()
    fault.dispatch_event("click")  # whoever gets at it all the same is told, and the server would refuse
    expect(page.locator(".said")).to_contain_text("审计员只能看")
    expect(page.locator(".ask")).to_be_hidden()
    assert "fault_declared" not in hall.manager().get("/api/journal").text
    assert hall.manager().get("/api/journal").text.startswith(before)


def test_wrong_pins_lock_the_account_in_words_and_the_right_one_does_not_open_it_then(
    page: Page, hall: ServedHall
) -> None:
    for _ in range(5):
        sign_in(page, hall, "999999", staff="8888")
        expect(page.get_by_role("alert")).to_contain_text("工号或口令不对")
    sign_in(page, hall, staff="8888")
    expect(page.get_by_role("alert")).to_contain_text("尝试次数过多，请 5 分钟后再试")
    sign_in(page, hall)
    expect(page.locator(".headline")).to_be_visible()


def test_what_a_window_more_would_bring_is_asked_from_the_alert_and_a_hall_without_forecast_says_so(
    page: Page, hall: ServedHall
) -> None:
    sign_in(page, hall)
    expect(page.locator(".heart")).not_to_have_attribute("data-beat", "1")
    page.locator(".alarm", has_text="社会保险").get_by_role("button", name="加开会怎样").click()
    expect(page.locator(".suppose .told-title")).to_contain_text("这个服务器没有开预计等候")
    card = page.locator(".suppose")
    card.get_by_role("button", name="排一排").click()
    expect(card.locator(".told-title")).to_have_text("请先选哪一天")
    card.get_by_label("关掉").select_option("5")
    card.get_by_role("button", name="算一算").last.click()
    expect(card.locator(".told-title")).to_contain_text("再填今天还没到的时间")
    assert page.evaluate(OVERFLOW) == []
