"""The manager's page of statistics: days with figures and without, by whom, heat map, files, what a figure means."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from hall.catalog import Catalog
from installer.bench.summing import PER_DAY, invented_day
from queue_server.link.clock import new_id
from queue_server.operations.summaries import Found, keep
from queue_server.store import Store
from tests.support.kiosks import sample_hall
from tests.support.managers import OVERFLOW, sign_in
from tests.support.served_hall import ServedHall, make_hall, server_process
from tests.support.workbooks import csv_rows_of, says_the_same

TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()
DAYS = 12


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    """Twelve days of figures up to yesterday; the first service is called `=1+1`."""
    folder, sample = tmp_path_factory.mktemp("statistics") / "hall", sample_hall()
    services = (sample.services[0].model_copy(update={"name": "=1+1"}), *sample.services[1:])
    catalog = Catalog.model_validate(sample.model_copy(update={"services": services}).model_dump())
    made = make_hall(folder, catalog)
    with Store.open(made.data / "hall.db", made.hall_id, new_id=new_id) as store:
        for number in range(1, DAYS + 1):
            day = TODAY - timedelta(days=number)
            rows = tuple(replace(row, day=day) for row in invented_day(catalog, random.Random(number)))
            store.write(partial(keep, found=Found((), rows))).result()
    with server_process(folder, catalog) as hall:
        yield hall


def look(page: Page, hall: ServedHall, days: int = DAYS) -> None:
    sign_in(page, hall)
    page.get_by_role("link", name="统计").click()
    expect(page.locator(".headline")).to_have_text("统计")
    expect(page.locator(".told-title")).not_to_have_text("正在算…")
    page.get_by_label("从").fill((TODAY - timedelta(days=days)).isoformat())
    page.get_by_label("到", exact=True).fill((TODAY - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".statistics-top")).to_contain_text(f"{days * PER_DAY}")


def test_figures_add_up_by_whatever_they_are_told_apart(page: Page, busy: ServedHall) -> None:
    look(page, busy)
    expect(page.locator(".statistics-table tbody tr")).to_have_count(DAYS)
    for by, rows in (("按时段", 8), ("按窗口", 12), ("按业务类别、时段", None)):
        page.get_by_label("怎么分").select_option(by)
        expect(page.locator(".statistics-table thead th").first).to_contain_text(by[1:3])
        expect(page.locator(".statistics-table tfoot td").first).to_have_text(str(DAYS * PER_DAY))
        if rows is not None:
            expect(page.locator(".statistics-table tbody tr")).to_have_count(rows)
    page.get_by_label("颜色").select_option("wait_median")
    expect(page.locator(".statistics-heat tbody tr")).to_have_count(7)
    page.locator(".fold-title").click()
    expect(page.locator(".statistics-how")).to_contain_text("至少九成叫到的号等候不超过 m 分钟")


def test_a_service_named_like_a_formula_is_words_in_the_file(page: Page, busy: ServedHall) -> None:
    look(page, busy)
    page.get_by_label("怎么分").select_option("按事项")
    expect(page.locator(".statistics-table thead th").first).to_have_text("事项")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 CSV").click()
    text = waiting.value.path().read_bytes()
    head, *rows = csv_rows_of(text)
    assert head[0] == "事项"
    assert "'=1+1" in [row[0] for row in rows]
    assert (rows[-1][0], rows[-1][1]) == ("合计", str(DAYS * PER_DAY))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="导出 XLSX").click()
    assert says_the_same(waiting.value.path().read_bytes(), text)


def test_days_without_figures_and_days_that_are_none_say_so(page: Page, busy: ServedHall) -> None:
    look(page, busy)
    page.get_by_label("从").fill("2001-01-01")
    page.get_by_label("到", exact=True).fill("2001-01-02")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".told-title")).to_contain_text("这段日子还没有数字")
    expect(page.locator(".statistics-found")).to_be_hidden()
    page.get_by_label("从").fill("2001-01-03")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".told-title")).to_contain_text("先早后晚")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_nothing_runs_over_the_screen(page: Page, busy: ServedHall, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    look(page, busy)
    apart = OVERFLOW.replace('".shell *"', '".shell *:not(.statistics-table *, .statistics-heat *)"')  # these scroll
    assert page.evaluate(apart) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
