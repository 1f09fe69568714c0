"""A past day in a real browser, played to its end with the figures of statistics; today's curve, the phone's bar."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from hall.clock import SECOND_US
from hall.wire import commands
from queue_server.link.clock import SystemClock
from queue_server.operations.tick import tick
from tests.support.managers import OVERFLOW, sign_in
from tests.support.referee import Referee, small_catalog
from tests.support.served_hall import AUDITOR, ServedHall, clerk_of, make_hall, server_process

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
PAST = TODAY - timedelta(days=7)
SIZES = [(1366, 768), (390, 844)]
ISSUED, SERVED, MISSED = 40, 30, 3


def live_through(referee: Referee) -> None:
    """From nine to eleven a number every three minutes; one window serves most of them, misses some, and closes."""
    nine = datetime(PAST.year, PAST.month, PAST.day, 1, tzinfo=UTC)  # 09:00 at the hall
    referee.moment = referee.moment.model_copy(update={"wall_us": int(nine.timestamp()) * SECOND_US})
    kiosk, clerk = referee.kiosk(), referee.clerk(3, clerk_of(3))
    for number in range(ISSUED):
        kiosk.issue("alpha" if number % 4 else "beta")
        kiosk.push()
        if number < SERVED + MISSED:
            called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
            assert called is not None
            referee.pass_time(100)
            acts = [commands.StartService, commands.FinishService]
            if number < MISSED:
                acts = [commands.Recall, commands.Recall, commands.MarkMissed]
            for act in acts:
                assert referee.do(clerk, act(request_id=referee.ids(), ticket=called.id)).done
        referee.pass_time(80)
    referee.do(clerk, commands.SignOut(request_id=referee.ids()))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    """A day a week ago, and three numbers of today."""
    folder = tmp_path_factory.mktemp("replay") / "hall"
    referee = Referee(make_hall(folder).database, small_catalog())
    live_through(referee)
    referee.moment = SystemClock().now()
    referee.run(lambda tx: tick(tx, referee.moment))  # the day ends, as the server would have it the moment it starts
    kiosk = referee.kiosk("kiosk-2")
    for _ in range(3):
        kiosk.issue("alpha")
    kiosk.push()
    referee.store.close()
    with server_process(folder, small_catalog()) as running:
        yield running


def open_replay(page: Page, hall: ServedHall, **who: str) -> None:
    sign_in(page, hall, **who)
    page.get_by_role("link", name="回看").click()
    expect(page.locator(".headline")).to_have_text("回看")
    page.get_by_label("哪一天").fill(PAST.isoformat())
    page.get_by_role("button", name="读这一天").click()
    expect(page.locator(".player-clock")).to_have_text("09:00:00")


def test_a_day_is_played_to_its_end_with_the_figures_of_statistics(page: Page, hall: ServedHall) -> None:
    open_replay(page, hall)
    clock = page.locator(".player-clock")
    page.get_by_label("跳到").select_option(label="10:00")
    expect(clock).to_have_text("10:00:00")
    expect(page.locator(".cell").nth(2)).to_contain_text(f"工号 {clerk_of(3)}")
    expect(page.locator(".summary").first).to_contain_text("到这时取号 21")
    page.get_by_role("button", name="后半小时").click()
    expect(clock).to_have_text("10:30:00")
    page.get_by_role("button", name="前半小时").click()
    expect(clock).to_have_text("10:00:00")
    page.get_by_label("快慢").select_option("600")
    page.get_by_role("button", name="播放").click()
    page.get_by_role("button", name="暂停").click()
    assert clock.inner_text() >= "10:00:00"
    page.get_by_label("跳到").select_option(label="23:30")
    expect(page.locator(".summary").first).to_contain_text(f"弃号 0，在等 {ISSUED - SERVED - MISSED} 人")
    page.get_by_role("button", name="播放").click()
    expect(page.get_by_role("button", name="重放")).to_be_visible()
    expect(page.locator(".summary").first).to_contain_text(f"取号 {ISSUED}，办完 {SERVED}，过号 {MISSED}")
    day = {"from": PAST.isoformat(), "to": PAST.isoformat(), "by": "group"}
    told = hall.manager().http("GET", "/api/statistics", params=day).raise_for_status().json()
    counted = {row["key"][0]: row["figures"] for row in told["rows"]}
    for group, name in (("alpha", "甲类"), ("beta", "乙类")):
        for word, figure in (("取号", "arrivals"), ("办完", "finished"), ("过号", "missed"), ("弃号", "cancelled")):
            tile = page.locator(".group", has_text=name).locator(".today div", has_text=word)
            expect(tile.locator("dd")).to_have_text(str(counted[group][figure]))


def test_days_without_numbers_and_days_to_come_say_so(page: Page, hall: ServedHall) -> None:
    open_replay(page, hall)
    for day, words in ((PAST - timedelta(days=1), "没有人取号"), (TODAY + timedelta(days=3), "还没有到")):
        page.get_by_label("哪一天").fill(day.isoformat())
        page.get_by_role("button", name="读这一天").click()
        expect(page.locator(".replay-choices .told-title")).to_contain_text(words)


def test_today_stands_beside_the_usual_weekday_as_picture_and_table(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    card = page.locator(".day-curve")
    expect(card.locator(".curve-title")).to_contain_text("（最近 1 个周")
    expect(card.locator(".curve svg")).to_have_count(2)
    card.locator(".fold-title").click()
    rows = card.locator(".curve-table tbody tr")
    nine = rows.filter(has=page.get_by_role("rowheader", name="09:00")).locator("td").nth(1)
    expect(nine).to_have_text("10")  # usual arrivals: a number every three minutes
    assert "3" in rows.locator("td:nth-of-type(1)").all_inner_texts()
    card.get_by_label("看").select_option(label="乙类")
    expect(nine).to_have_text("3")


def test_an_auditor_may_look_at_a_past_day(page: Page, hall: ServedHall) -> None:
    open_replay(page, hall, staff=AUDITOR)
    expect(page.locator(".leave")).to_contain_text("审计员")
    page.get_by_role("button", name="后半小时").click()
    expect(page.locator(".player-clock")).to_have_text("09:30:00")
    page.goto(f"{hall.address}/manage/appointments")
    expect(page.locator(".only-looks")).to_contain_text("仅查看")
    expect(page.locator(".main button")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_runs_over_the_screen(page: Page, hall: ServedHall, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_replay(page, hall)
    assert page.evaluate(OVERFLOW) == []
    page.goto(f"{hall.address}/manage/")
    expect(page.locator(".curve svg")).to_have_count(2)
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_pages_are_reached_from_a_phone(page: Page, hall: ServedHall) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_replay(page, hall)
    bar = page.locator(".nav")
    for item in bar.locator(".nav-item:visible").all():
        box = item.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert box["y"] + box["height"] <= 844
    more = page.get_by_role("button", name="更多")
    expect(more).to_have_attribute("aria-expanded", "false")
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    page.get_by_role("link", name="叫号规则").click()
    expect(page.locator(".headline")).to_have_text("叫号规则")
    expect(page.get_by_role("button", name="更多")).to_have_class("nav-item nav-more here")
    page.goto(f"{hall.address}/manage/")
    page.get_by_role("button", name="怎么算的").click()
    page.get_by_role("button", name="知道了").click()  # the bar lies under what asks for an answer
    expect(page.locator(".explain")).to_be_hidden()
