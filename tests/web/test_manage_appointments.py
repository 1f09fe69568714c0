"""Appointments on the manager's page: a day to come is closed, what was booked is taken back, and opened again."""

from datetime import date
from itertools import count

from playwright.sync_api import Page, expect

from hall.opening import business_day
from hall.wire.bookings import SlotList
from queue_server.link.clock import SystemClock
from tests.support.booked import citizen
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import Caller, ServedHall, new_id

_PEOPLE = count(1)


def _open_slots(caller: Caller, days: int) -> SlotList:
    answer = caller.get(f"/api/slots?group=property&days={days}")
    return SlotList.model_validate_json(answer.content)


def _book(caller: Caller, day: date, time: str) -> None:
    body = {
        "request_id": new_id(),
        "service": "house_transfer",
        "day": day.isoformat(),
        "time": time,
        "document": "resident",
        "document_number": citizen(next(_PEOPLE)),
    }
    answer = caller.http("POST", "/api/bookings", json=body).raise_for_status()
    assert answer.json()["refusal"] is None


def test_a_day_is_closed_and_opened_again(page: Page, hall: ServedHall) -> None:
    manager = hall.manager()
    today = business_day(SystemClock().now().wall_us, 480)
    later = [slot for slot in _open_slots(manager, 8).slots if slot.day > today]
    day = later[0].day
    _book(manager, day, later[0].start)
    sign_in(page, hall)
    page.get_by_text("以后几天，可以关一天").click()
    row = page.locator(".booked-days .row", has_text=f"{day.month} 月 {day.day} 日")
    expect(row).to_contain_text("已约 1 /")
    row.get_by_role("button", name="这天不接受预约").click()
    expect(page.locator(".ask")).to_contain_text("1 个预约会取消")
    page.locator(".ask").get_by_role("button", name="关这一天").click()
    expect(row).to_contain_text("不接受预约，因停办取消 1 个")
    told = manager.get(f"/api/bookings?day={day.isoformat()}").json()["bookings"]
    assert [each["state"] for each in told] == ["called_off"]
    row.get_by_role("button", name="恢复预约").click()
    expect(row).to_contain_text("已约 0 /")
    for width in (390, 820, 1366):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(OVERFLOW) == [], width
