"""A manager's page that lost its server says so, shows from when its figures are, and comes back by itself."""

import socket
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.support.kiosks import sample_hall
from tests.support.managers import sign_in
from tests.support.served_hall import ServedHall, server_process

PATIENCE = 40_000


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return str(free.getsockname()[1])


def test_when_the_server_dies_the_page_says_so_and_returns_with_it(page: Page, tmp_path: Path) -> None:
    port = _free_port()
    with server_process(tmp_path / "hall", sample_hall(), PORT=port) as hall:
        sign_in(page, hall)
        expect(page.locator(".headline")).to_have_text("没有人在等，窗口都没有开")
        clock = page.locator(".clock").inner_text()
        expect(page.locator(".lost")).to_have_count(0)
    expect(page.get_by_role("alert")).to_contain_text("连接中断")
    expect(page.locator(".lost")).to_contain_text(f"下面是 {clock} 的数字")
    assert page.evaluate("[...document.body.children].filter((part) => !part.inert).map((part) => part.className)") == [
        "lost"
    ]
    with server_process(tmp_path / "hall", sample_hall(), PORT=port):
        expect(page.locator(".lost")).to_have_count(0, timeout=PATIENCE)
        expect(page.locator(".headline")).to_have_text("没有人在等，窗口都没有开")


def test_a_connection_over_which_nothing_comes_is_no_connection(page: Page, hall: ServedHall) -> None:
    held = False

    def relay(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def down(message: str | bytes) -> None:
            if not (held and str(message).startswith("42")):  # events; what keeps the line open still passes
                browser.send(message)

        server.on_message(down)

    page.route_web_socket("**/socket.io/**", relay)
    sign_in(page, hall)
    expect(page.locator(".headline")).to_have_text("没有人在等，窗口都没有开")
    expect(page.locator(".heart")).not_to_have_attribute("data-beat", "1", timeout=PATIENCE)  # it beats
    held = True
    expect(page.locator(".lost")).to_contain_text("连接中断", timeout=PATIENCE)
    held = False
    expect(page.locator(".lost")).to_have_count(0, timeout=PATIENCE)


LATER = """() => new Promise((done) => {
  const marks = document.documentElement.classList, toggle = marks.toggle.bind(marks);
  const now = performance.now.bind(performance);
  performance.now = () => now() + 60_000;
  let looks = 0;
  marks.toggle = (...words) => { const set = toggle(...words); if (++looks === 2) done(); return set; };
})"""
"""A minute has passed, and the page has looked twice whether its server is still there."""


@pytest.mark.parametrize("address", ["/manage/rule", "/manage/appointments"])
def test_a_page_without_figures_can_be_worked_on_for_as_long_as_it_takes(
    page: Page, hall: ServedHall, address: str
) -> None:
    sign_in(page, hall)
    page.goto(hall.address + address)
    expect(page.locator(".headline")).to_have_text({"/manage/rule": "叫号规则"}.get(address, "预约"))
    page.evaluate(LATER)
    expect(page.locator(".lost")).to_have_count(0)
    assert page.evaluate("[...document.body.children].every((part) => !part.inert)")
