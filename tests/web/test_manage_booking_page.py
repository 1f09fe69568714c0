"""The page of appointments: a file looked through before it is taken, one made at the counter, one taken back."""

from datetime import timedelta

from playwright.sync_api import FilePayload, Page, expect

from hall.opening import business_day
from queue_server.link.clock import SystemClock
from queue_server.operations.booking_file import COLUMNS
from tests.support.booked import citizen
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import Caller, ServedHall

HEAD = ",".join(COLUMNS)


def open_page(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    page.get_by_role("link", name="预约", exact=True).click()
    expect(page.locator(".headline")).to_have_text("预约")


def bring(page: Page, name: str, *lines: str, encoding: str) -> None:
    raw = "\r\n".join((HEAD, *lines)).encode(encoding)
    file = FilePayload(name=name, mimeType="text/csv", buffer=raw)
    page.locator(".bringing input[type=file]").set_input_files(file)


def numbers(caller: Caller) -> dict[str, str]:
    today = business_day(SystemClock().now().wall_us, 480)
    days = (today + timedelta(days=n) for n in range(8))
    told = [each for day in days for each in caller.get(f"/api/bookings?day={day}").json()["bookings"]]
    return {each["number"]: each["state"] for each in told}


def test_a_file_is_told_line_by_line_then_tried_then_taken(page: Page, hall: ServedHall) -> None:
    manager = hall.manager()
    today = business_day(SystemClock().now().wall_us, 480)
    slots = manager.get("/api/slots?group=property&days=8").json()["slots"]
    slot = next(each for each in slots if each["day"] > today.isoformat())
    good = f"20261127,{slot['day']},{slot['start']},house_transfer,身份证,{citizen(1)},测试人"
    open_page(page, hall)
    card = page.locator(".bringing")
    bad = good.replace("20261127", "12"), good.replace("house_transfer", "没有这项")
    bring(page, "坏的.csv", *bad, encoding="gbk")
    expect(card.locator(".told-title")).to_have_text("坏的.csv 有 2 处要改，一条也没有导入")
    expect(card.locator(".rule-wrong li").first).to_have_text("第 2 行：预约号应是 6 到 16 位数字")
    expect(card.get_by_role("button", name="导入", exact=True)).to_be_hidden()
    assert citizen(1) not in page.content()
    bring(page, "好的.csv", good, encoding="utf-8-sig")
    expect(card.locator(".told-title")).to_have_text("好的.csv：没有错。会新导入 1 个预约")
    assert "20261127" not in numbers(manager)
    card.get_by_role("button", name="导入", exact=True).click()
    expect(card.locator(".told-title")).to_have_text("已导入 1 个预约")
    assert numbers(manager)["20261127"] == "booked"
    bring(page, "又一次.csv", good, encoding="gbk")
    expect(card.locator(".told-title")).to_have_text("又一次.csv：1 个都早已导入过，没有新的")
    bring(page, "太大.csv", "x" * 1_000_000, encoding="utf-8")
    expect(card.locator(".told-title")).to_contain_text("文件太大")


def test_one_is_made_at_the_counter_with_its_code_and_taken_back(page: Page, hall: ServedHall) -> None:
    open_page(page, hall)
    card = page.locator(".counter")
    card.get_by_role("button", name="约好").click()
    expect(card.locator(".told-title")).to_have_text("请先选事项、哪一天和时段")
    card.get_by_label("事项").select_option("house_transfer")
    card.get_by_label("哪一天").select_option(index=2)
    card.get_by_label("时段").select_option(index=1)
    card.get_by_role("button", name="约好").click()
    expect(card.locator(".booking-code svg")).to_be_visible()
    number = card.locator(".booking-number").inner_text()
    assert numbers(hall.manager())[number] == "booked"
    for width, height in ((390, 844), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(OVERFLOW) == [], width
    back = page.locator(".taking-back")
    back.get_by_label("预约号").fill(number)
    back.get_by_role("button", name="查一下").click()
    expect(back.locator(".told-title")).to_contain_text("已约")
    back.get_by_role("button", name="取消这个预约").click()
    expect(back.locator(".told-title")).to_have_text(f"{number} 已取消，位子又可以约了")
    assert numbers(hall.manager())[number] == "cancelled"
