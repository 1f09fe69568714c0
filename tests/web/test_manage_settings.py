"""设置 in a browser: one change whole from page to kiosk and back, two managers, an auditor, a holiday at noon."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from hall.arrangements import Holidays, MadeGroup, NewGroup, Notices, OpeningHours, WindowPart
from hall.catalog import Catalog, Service, ServiceGroup
from hall.opening import DAYS, WeekHours
from hall.wire.commands import ChangeArrangement, SignIn
from hall.zones import Layout
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import AUDITOR, MANAGER, ServedHall, new_id, server_process

ALWAYS = WeekHours(**dict.fromkeys(DAYS, ("00:00-24:00",)))
NEW_GROUP = {
    "名称": "档案查询",
    "英文名称": "Archives",
    "位置": "二楼 C 区",
    "通常用时": "8",
    "第一个事项": "婚姻档案查询",
    "第一个事项的英文名称": "Marriage records",
    "办理部门": "区档案馆",
}
SIZES = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})


def open_all_week(catalog: Catalog) -> Catalog:
    """The sample hall, open at every hour, so that a test at night finds it open too."""
    groups = tuple(group.model_copy(update={"hours": None, "issuing": None}) for group in catalog.groups)
    hall = catalog.hall.model_copy(update={"hours": ALWAYS, "closed_days": ()})
    return catalog.model_copy(update={"hall": hall, "groups": groups})


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    """Three wait for the social insurance."""
    with server_process(tmp_path_factory.mktemp("settings") / "hall", open_all_week(sample_hall())) as hall:
        kiosk = hall.kiosk()
        for _ in range(3):
            kiosk.issue("social_insurance", "social_card_first", "A")
        kiosk.push()
        yield hall


def in_force(hall: ServedHall) -> Catalog:
    """What a kiosk fetches now."""
    return Catalog.model_validate_json(hall.manager().get("/api/catalog").text)


def go(page: Page, hall: ServedHall, place: str, staff: str = MANAGER) -> None:
    if page.url == "about:blank":
        sign_in(page, hall, staff=staff)
        expect(page).to_have_url(f"{hall.address}/manage/")
    page.goto(f"{hall.address}/manage/settings/{place}")
    expect(page.locator(".set-cards")).to_be_visible()


def card(page: Page, title: str) -> Locator:
    return page.locator(".set-card", has=page.get_by_role("heading", name=title))


def fits_every_size(page: Page, name: str) -> None:
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if folder := os.environ.get("ONEWINDOW_PICTURES"):
            page.screenshot(path=f"{folder}/settings-{name}-{size['width']}.png", full_page=True)
        assert page.evaluate(OVERFLOW) == []


def save(page: Page) -> None:
    page.get_by_role("button", name="保存").first.click()


def test_a_change_goes_from_the_page_to_every_kiosk_and_back_by_one_press(page: Page, busy: ServedHall) -> None:
    go(page, busy, "holidays")
    before = in_force(busy)
    page.get_by_role("button", name="加一段").click()
    save(page)
    expect(page.locator(".rule-wrong")).to_contain_text("请选好每一行的日期")
    page.get_by_label("从").fill("2027-02-05")
    page.get_by_label("到").fill("2027-02-11")
    page.get_by_role("button", name="加一天").click()
    page.get_by_label("上班的那一天").fill("2027-02-14")
    page.get_by_label("照星期几").select_option("friday")
    save(page)
    expect(page.locator(".said")).to_contain_text("已生效")
    hall = in_force(busy).hall
    assert len(hall.closed_days) == 7
    assert [(made.day.isoformat(), made.like) for made in hall.make_up_days] == [("2027-02-14", "friday")]
    expect(page.locator(".set-change").first).to_contain_text("2027 年 2 月 5 日至 2 月 11 日")
    page.get_by_role("button", name="退回到改之前").first.click()
    page.get_by_role("alertdialog").get_by_role("button", name="保存").click()
    expect(page.locator(".set-change")).to_have_count(2)
    assert in_force(busy).version == before.version


def test_of_two_managers_the_second_sees_both_values_and_loses_nothing_typed(page: Page, busy: ServedHall) -> None:
    go(page, busy, "hours")
    page.get_by_label("星期六").fill("9：00-11:30")
    seen = OpeningHours(hours=in_force(busy).hall.hours)
    theirs = seen.model_copy(update={"hours": seen.hours.model_copy(update={"sunday": ("10:00-12:00",)})})
    assert busy.manager().do(ChangeArrangement(request_id=new_id(), before=seen, after=theirs)).done
    save(page)
    expect(page.locator(".set-theirs")).to_contain_text("工号 1001 在")
    expect(page.locator(".set-theirs tr", has_text="星期日")).to_contain_text("10:00-12:00")
    expect(page.locator(".set-theirs tr", has_text="星期六")).to_contain_text("9：00-11:30")
    page.get_by_role("button", name="在它上面接着改").click()
    expect(page.get_by_label("星期六")).to_have_value("9：00-11:30")
    save(page)
    expect(page.locator(".said")).to_contain_text("已生效")
    hours = in_force(busy).hall.hours
    assert (hours.saturday, hours.sunday) == (("09:00-11:30",), ("10:00-12:00",))


def test_a_holiday_from_now_on_asks_what_becomes_of_those_who_wait(page: Page, busy: ServedHall) -> None:
    go(page, busy, "holidays")
    today = page.evaluate("() => new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)")
    page.get_by_role("button", name="加一段").click()
    page.get_by_label("从").fill(today)
    page.get_by_label("到").fill(today)
    save(page)
    asked = page.get_by_role("alertdialog")
    expect(asked).to_contain_text("还有 3 人拿着号在等")
    asked.get_by_role("button", name="返回").click()
    assert in_force(busy).hall.closed_days == ()
    save(page)
    asked.get_by_role("button", name="照常办完").click()
    expect(page.locator(".said")).to_contain_text("已生效")
    assert [day.isoformat() for day in in_force(busy).hall.closed_days] == [today]
    assert sum(group["waiting"] for group in busy.manager().get("/api/hall").json()["groups"]) == 3
    now = Holidays().as_in(in_force(busy))
    assert busy.manager().do(ChangeArrangement(request_id=new_id(), before=now, after=Holidays())).done


def test_an_auditor_sees_every_value_and_can_press_nothing(page: Page, busy: ServedHall) -> None:
    for place in ("holidays", "windows/window:3", "screens", "accounts"):
        go(page, busy, place, AUDITOR)
        expect(page.locator(".set-history")).to_be_visible()
        expect(page.locator(".main :is(input, select, textarea, .button)")).to_have_count(0)
    refused = busy.auditor().http("POST", "/api/commands", content=b"{}")
    assert refused.status_code == 403
    assert busy.auditor().get("/api/arrangements").json()["catalog"] == in_force(busy).version


def test_no_page_is_wider_than_a_desk_or_a_phone(page: Page, busy: ServedHall) -> None:
    for place in ("holidays", "hours/group_hours:property", "windows/window:9", "targets", "accounts", "history"):
        go(page, busy, place)
        for size in SIZES:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert page.evaluate(OVERFLOW) == [], place


def test_a_window_is_added_and_taken_away_without_a_programmer(page: Page, busy: ServedHall) -> None:
    go(page, busy, "windows")
    page.get_by_role("link", name="加一个").click()
    expect(page.get_by_role("button", name="撤掉")).to_be_hidden()
    page.get_by_label("名称", exact=True).fill("青年专窗")
    save(page)
    expect(page.locator(".rule-wrong")).to_contain_text("请至少选一类主办的业务")
    page.get_by_label("婚姻民政", exact=True).select_option("main")
    page.get_by_label("办税缴费", exact=True).select_option("help")
    page.get_by_label("协办办税缴费").fill("6")
    save(page)
    expect(page.locator(".said")).to_contain_text("已生效")
    added = in_force(busy).windows[-1]
    assert (added.name, added.groups, added.helps) == ("青年专窗", ("civil",), {"tax": 6})
    expect(page.get_by_role("heading", name=f"{added.number} 号窗口", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="撤掉")).to_be_visible()
    page.get_by_role("button", name="退回到改之前").click()
    page.get_by_role("alertdialog").get_by_role("button", name="保存").click()
    expect(page.locator(".set-change")).to_have_count(2)
    assert added.number not in {window.number for window in in_force(busy).windows}


def test_a_group_is_made_without_a_programmer_and_has_a_page_of_its_own(page: Page, busy: ServedHall) -> None:
    go(page, busy, "groups")
    page.get_by_role("link", name="加一个").click()
    for label, words in NEW_GROUP.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("号码字母", exact=True).select_option("K")
    page.get_by_label("图标", exact=True).select_option("file")
    save(page)
    expect(page.locator(".rule-wrong")).to_have_text("请至少选一个窗口")
    fits_every_size(page, "new-group")
    page.get_by_label("3 社会保险").check()
    save(page)
    expect(page).to_have_url(re.compile("/groups/group:group_1$"))
    expect(page.get_by_role("heading", name="档案查询", exact=True)).to_be_visible()
    expect(page.locator(".set-change")).to_contain_text("号码字母")
    fits_every_size(page, "made-group")
    (made,) = (service for service in in_force(busy).services if service.group == "group_1")
    assert (made.name, made.initials[0]) == ("婚姻档案查询", "hydacx")
    assert "group_1" in in_force(busy).window(3).groups
    kiosk = busy.kiosk()
    kiosk.issue("group_1", made.id, "K")
    kiosk.push()
    page.get_by_role("button", name="退回到改之前").click()
    expect(page.locator(".said")).to_contain_text("退不回去：已经有人为它取过号")


def test_of_two_managers_who_make_a_group_at_once_both_get_theirs(page: Page, busy: ServedHall) -> None:
    def theirs(id_: str, name: str, prefix: str) -> None:
        group = ServiceGroup(id=id_, prefix=prefix, name=name, name_en=name, icon="star")
        first = Service(id=f"{id_}_first", group=id_, name=f"{name}咨询", name_en=name, department="区政务服务局")
        after = NewGroup(id=id_, made=MadeGroup(group=group, services=(first,), windows=(3,)))
        before = NewGroup(id=id_)
        assert busy.manager().do(ChangeArrangement(request_id=new_id(), before=before, after=after)).done

    go(page, busy, "groups")
    page.get_by_role("link", name="加一个").click()
    draft = page.url.rpartition(":")[2]
    for label, words in (NEW_GROUP | {"名称": "青年之家", "第一个事项": "青年之家登记"}).items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("号码字母", exact=True).select_option("P")
    page.get_by_label("图标", exact=True).select_option("star")
    page.get_by_label("3 社会保险").check()
    theirs(draft, "公证", "Q")
    save(page)
    expect(page.locator(".said")).to_contain_text("刚才别人也加了一个，您填的还在")
    theirs("library", "图书馆", "P")
    save(page)
    expect(page.locator(".rule-wrong")).to_have_text("P 字头是图书馆的，请换一个字母")
    page.get_by_label("号码字母", exact=True).select_option("R")
    save(page)
    expect(page.get_by_role("heading", name="青年之家", exact=True)).to_be_visible()
    made = {group.name: group.prefix for group in in_force(busy).groups}
    assert {"公证": "Q", "图书馆": "P", "青年之家": "R"}.items() <= made.items()


def test_a_service_is_made_without_a_programmer_and_taken_back_by_one_press(page: Page, busy: ServedHall) -> None:
    go(page, busy, "services")
    fits_every_size(page, "services")
    page.get_by_role("link", name="加一个").click()
    page.get_by_label("名称", exact=True).fill("灵活就业登记")
    page.get_by_label("英文名称", exact=True).fill("Freelance workers")
    page.get_by_label("业务类别", exact=True).select_option("social_insurance")
    page.get_by_label("办理部门").fill("区人力资源和社会保障局")
    page.get_by_label("俗称").fill("个体参保")
    fits_every_size(page, "new-service")
    save(page)
    expect(page).to_have_url(re.compile("/services/service:service_1$"))
    assert in_force(busy).service("service_1").initials == ("lhjydj", "gtcb")
    page.get_by_role("button", name="退回到改之前").click()
    page.get_by_role("alertdialog").get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="事项", exact=True)).to_be_visible()
    assert all(service.id != "service_1" for service in in_force(busy).services)


def test_notices_reach_the_board_and_the_slip_has_words_of_its_own(page: Page, busy: ServedHall) -> None:
    go(page, busy, "words")
    notices, slip = card(page, "公告"), card(page, "取号单")
    notices.get_by_label("公告", exact=True).fill("周五下午盘点。请留意广播。")
    notices.get_by_role("button", name="保存").click()
    expect(page.locator(".said")).to_contain_text("已生效")
    assert busy.manager().get("/api/board").json()["notices"][-2:] == ["周五下午盘点。", "请留意广播。"]
    slip.get_by_label("末尾的话").select_option("own")
    slip.get_by_label("写上").fill("过号请到导办台。")
    slip.get_by_role("button", name="保存").click()
    expect(page.locator(".set-change")).to_have_count(2)
    assert in_force(busy).hall.slip_note == "过号请到导办台。"


def test_whatever_words_a_manager_writes_stand_in_their_field_as_they_were_written(
    page: Page, busy: ServedHall
) -> None:
    words = 'Read "A & B" in C:\\users\\new <here>, window 3\\'
    go(page, busy, "words")
    notices = card(page, "公告")
    for more in ("", "!"):
        notices.get_by_label("英文公告", exact=True).fill(words + more)
        notices.get_by_role("button", name="保存").click()
        expect(page.locator(".said")).to_contain_text("已生效")
        assert in_force(busy).hall.notice_en == words + more
        go(page, busy, "words")
        expect(notices.get_by_label("英文公告", exact=True)).to_have_value(words + more)


def test_what_a_board_shows_is_chosen_on_the_page_for_the_hall_and_for_a_zone(page: Page, busy: ServedHall) -> None:
    go(page, busy, "screens")
    layout = card(page, "叫号屏上显示什么")
    layout.get_by_label("请准备").select_option("每一类 2 个号")
    layout.get_by_label("过号的号").select_option("不显示")
    layout.get_by_role("button", name="保存").click()
    expect(page.locator(".said")).to_contain_text("已生效")
    assert in_force(busy).hall.layout == Layout(ready=2, missed=False)
    page.get_by_role("link", name="加一个").click()
    page.get_by_label("名称", exact=True).fill("二楼")
    page.get_by_label("不动产登记", exact=True).check()
    expect(page.get_by_label("刚才叫过的号")).to_be_hidden()
    page.get_by_label("屏上显示什么").select_option("自己定")
    page.get_by_label("刚才叫过的号").select_option("2 个")
    save(page)
    expect(page.locator(".said")).to_contain_text("已生效")
    assert in_force(busy).hall.zones[-1].layout == Layout(last_calls=2, ready=2, missed=False)
    fits_every_size(page, "zone")


def test_an_account_is_made_gets_a_pin_and_can_sign_in_with_it(page: Page, busy: ServedHall) -> None:
    go(page, busy, "accounts")
    page.get_by_label("新工号").fill("7100")
    page.get_by_role("button", name="加一个").click()
    page.get_by_label("窗口人员").uncheck()
    page.get_by_label("审计员（只看不改）").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".rows .row", has_text="7100")).to_contain_text("还没有口令")
    page.get_by_role("button", name="换新口令").click()
    expect(page.locator(".set-pin")).to_have_text(re.compile(r"^\d{6}$"))
    body = SignIn(staff="7100", pin=page.locator(".set-pin").inner_text()).model_dump_json()
    signed = busy.anybody.http("POST", "/api/sessions", content=body).raise_for_status().json()
    assert signed["roles"] == ["auditor"]
    expect(page.locator(".set-change").first).to_contain_text("新口令")


def test_what_was_changed_long_ago_or_taken_away_is_told_still_and_can_be_brought_back(
    page: Page, busy: ServedHall
) -> None:
    """A window that is gone stands in no list, and twenty changes are soon made."""
    manager, window = busy.manager(), WindowPart(number=4).as_in(in_force(busy))
    gone = WindowPart(number=4)
    assert manager.do(ChangeArrangement(request_id=new_id(), before=window, after=gone)).done
    before = Notices().as_in(in_force(busy))
    for number in range(25):
        after = Notices(notice=f"第 {number} 句。")
        assert manager.do(ChangeArrangement(request_id=new_id(), before=before, after=after)).done
        before = after
    go(page, busy, "words")
    expect(page.locator(".set-change")).to_have_count(20)
    page.get_by_role("button", name="更早的").click()
    expect(page.locator(".set-change").nth(24)).to_contain_text("第 0 句。")
    go(page, busy, "windows")
    taken = page.locator(".set-change", has_text="4 号窗口").first
    taken.get_by_role("button", name="退回到改之前").click()
    page.get_by_role("alertdialog").get_by_role("button", name="保存").click()
    expect(page.locator(".set-item", has_text="4 号窗口")).to_be_visible()
    assert WindowPart(number=4).as_in(in_force(busy)) == window
