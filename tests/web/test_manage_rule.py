"""The manager's page for the order of calling: typed, tried on a day with calls, saved once, told to every device."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from hall.catalog import Catalog
from hall.rule import rule_of
from hall.ticket import TicketClass
from hall.wire.commands import CallNext, MarkMissed, Recall
from hall.wire.rule import RulePreview
from queue_server.web.manage.ruling import in_words
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import ServedHall, new_id, server_process


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    """Three numbers of the social insurance have been called today, the one with priority first."""
    with server_process(tmp_path_factory.mktemp("rule") / "hall", sample_hall()) as hall:
        kiosk, clerk = hall.kiosk(), hall.clerk(3)
        for ticket_class in (TicketClass.ORDINARY, TicketClass.ORDINARY, TicketClass.PRIORITY):
            kiosk.issue("social_insurance", "social_card_first", "A", ticket_class)
        kiosk.push()
        for _ in range(3):
            called = clerk.do(CallNext(request_id=new_id())).ticket
            assert called is not None
            for kind in (Recall, Recall, MarkMissed):
                clerk.do(kind(request_id=new_id(), ticket=called.id))
        yield hall


def open_rule(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    page.get_by_role("link", name="叫号规则").click()
    expect(page.locator(".headline")).to_have_text("叫号规则")


def in_force(hall: ServedHall) -> Catalog:
    return Catalog.model_validate_json(hall.manager().get("/api/catalog").text)


def test_a_change_is_tried_on_a_day_with_calls_then_saved_and_journalled(page: Page, busy: ServedHall) -> None:
    open_rule(page, busy)
    save = page.get_by_role("button", name="保存并生效")
    expect(save).to_be_hidden()
    page.get_by_label("军人提前几分钟").fill("很多")
    page.get_by_role("button", name="先预演").click()
    expect(page.locator(".rule-wrong")).to_have_text("军人：请写 0 到 240 的整数")
    expect(save).to_be_hidden()
    page.get_by_label("军人提前几分钟").fill("31")
    page.get_by_role("button", name="先预演").click()
    expect(page.locator(".rule-wrong")).to_contain_text("军人提前 31 分钟，超过上限 30 分钟")
    page.get_by_label("军人提前几分钟").fill("25")
    page.get_by_label("3 号窗口协办").first.fill("15")
    page.get_by_role("button", name="加一行优先").click()
    page.get_by_label("新的一行的名称").fill("烈士遗属")
    page.get_by_label("新的一行提前几分钟").fill("20")
    page.get_by_role("button", name="先预演").click()
    expect(page.locator(".rule-waits tr")).to_have_count(4)
    expect(page.locator(".rule-waits tr").nth(3)).to_contain_text("优先")
    expect(page.get_by_label("3 号窗口协办").first).to_have_value("15")  # what was typed stays
    assert page.evaluate(OVERFLOW) == []
    save.click()
    expect(page.locator(".said")).to_contain_text("已生效")
    expect(save).to_be_hidden()
    hall = in_force(busy)
    assert {row.name: row.minutes for row in hall.hall.head_starts}["烈士遗属"] == 20
    assert 15 in hall.window(3).helps.values()
    lines = busy.manager().get("/api/journal").text.splitlines()
    bodies = [json.loads(line)["fact"]["body"] for line in lines]
    published = [body for body in bodies if body["kind"] == "catalog_published"]
    assert (len(published), published[-1]["staff"]) == (2, "1001")


def test_on_a_phone_everything_is_within_reach(page: Page, busy: ServedHall) -> None:
    open_rule(page, busy)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="先预演").click()
    expect(page.locator(".rule-waits tr").first).to_be_visible()
    assert page.evaluate(OVERFLOW) == []


def test_page_and_api_tell_the_same_figures(page: Page, busy: ServedHall) -> None:
    open_rule(page, busy)
    page.get_by_role("button", name="先预演").click()
    expect(page.locator(".rule-waits tr").first).to_be_visible()
    told = [line.locator("td").all_inner_texts() for line in page.locator(".rule-waits tr").all()[1:]]
    rule = rule_of(in_force(busy)).model_dump_json()
    answer = busy.manager().http("POST", "/api/rule/preview", content=rule).raise_for_status()
    assert told == [list(line) for line in in_words(RulePreview.model_validate_json(answer.content)).lines]


def test_nothing_is_lost_that_was_published_meanwhile(page: Page, busy: ServedHall) -> None:
    """Two managers at once: the second hears that what he saw is not in force any more."""
    open_rule(page, busy)
    page.get_by_role("button", name="先预演").click()
    other = page.context.new_page()
    other.goto(f"{busy.address}/manage/rule")
    other.get_by_label("残疾人提前几分钟").fill("22")
    other.get_by_role("button", name="先预演").click()
    other.get_by_role("button", name="保存并生效").click()
    expect(other.locator(".said")).to_contain_text("已生效")
    page.get_by_role("button", name="保存并生效").click()
    expect(page.locator(".said")).to_contain_text("没有办")
