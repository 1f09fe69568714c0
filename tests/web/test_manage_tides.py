"""Window plans 潮汐方案 on the manager's page: a line each, asked about, switched by one press, told as it went."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hall.catalog import Catalog
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import ServedHall, server_process


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with server_process(tmp_path_factory.mktemp("tides") / "hall", sample_hall()) as served:
        yield served


def groups_of(served: ServedHall, window: int) -> tuple[str, ...]:
    return Catalog.model_validate_json(served.manager().get("/api/catalog").text).window(window).groups


def test_a_plan_is_put_in_force_by_one_press_and_taken_back_by_another(page: Page, hall: ServedHall) -> None:
    sign_in(page, hall)
    card = page.locator(".tides")
    expect(card.locator(".summary")).to_have_text("现在：平时")
    line = card.locator(".row", has_text="社保高峰").first
    expect(line).to_contain_text("2、7 号窗口改办")
    line.get_by_role("button", name="启用").click()
    page.locator(".ask").get_by_role("button", name="换成它").click()
    expect(card.locator(".summary")).to_have_text("现在：社保高峰")
    expect(page.locator(".said")).to_contain_text("已换成「社保高峰」")
    assert groups_of(hall, 2) == ("social_insurance", "medical")
    expect(card.locator(".tide-switches .row")).to_contain_text("换成社保高峰（工号 1001），当时没有预计")
    assert page.evaluate(OVERFLOW) == []
    if folder := os.environ.get("ONEWINDOW_TEST_PICTURES"):
        page.screenshot(path=Path(folder) / "tides.png", full_page=True)
    card.locator(".row", has_text="平时").first.get_by_role("button", name="恢复平时").click()
    page.locator(".ask").get_by_role("button", name="换成它").click()
    expect(card.locator(".tide-switches .row")).to_have_count(2)
    assert len(groups_of(hall, 2)) == 8
    kinds = [json.loads(line)["fact"]["body"]["kind"] for line in hall.manager().get("/api/journal").text.splitlines()]
    assert kinds.count("window_plan_switched") == 2


def test_windows_are_asked_about_by_managers_alone_and_a_server_without_forecast_says_so(hall: ServedHall) -> None:
    day = {"kind": "plan", "day": "2026-12-01"}
    answer = hall.manager().http("POST", "/api/windows/plan", json=day)
    assert (answer.status_code, answer.json()["code"]) == (503, "forecast.none")
    assert hall.manager().http("POST", "/api/windows/what-if", json={"kind": "open"}).status_code == 400
    assert hall.clerk(3).http("POST", "/api/windows/plan", json=day).status_code == 403
