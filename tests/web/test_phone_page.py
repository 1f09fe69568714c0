"""The citizen's phone in a real browser: a ticket from waiting to rating, leaving, a bell, no connection, no script."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from hall.slip_code import SCHEME
from hall.wire.commands import CallNext, FinishService, MarkMissed, Recall, StartService
from hall.wire.views import Board, Desk
from queue_server.web import look
from queue_server.web.ticket import PARTS
from queue_server.web.ticket.page import news
from queue_server.web.ticket.page import page as page_of
from tests.support.kiosks import sample_hall
from tests.support.phones import STANDS, take_number
from tests.support.served_hall import Caller, ServedHall, new_id, server_process

GROUP = ("social_insurance", "social_card_first", "A")
OLD_PHONE_BYTES = 50_000
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
OUTSIDE = """() => [...document.querySelectorAll('main *, button, summary, header *')]
  .filter(e => { const b = e.getBoundingClientRect(); return b.width && (b.right > innerWidth + 1 || b.left < -1); })
  .map(e => e.className || e.tagName)"""

SWAP = "told => ['ticket', 'acts'].forEach((id, n) => { document.getElementById(id).innerHTML = told[n]; })"


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def _call(clerk: Caller) -> str:
    ticket = clerk.do(CallNext(request_id=new_id())).ticket
    assert ticket is not None
    return ticket.id


def test_a_phone_follows_its_ticket_from_waiting_to_rating(phone: Page, hall: ServedHall) -> None:
    kiosk, clerk = hall.kiosk("phone-follows"), hall.clerk(3)
    take_number(hall, kiosk, *GROUP)
    phone.goto(f"{hall.address}/t/{take_number(hall, kiosk, *GROUP)}")
    expect(phone.locator(".figures")).to_contain_text("1 人")
    phone.locator("#bell").click()
    expect(phone.locator("#bell-note")).to_be_visible()
    first = _call(clerk)
    expect(phone.locator(".figures")).to_contain_text("0 人")
    expect(phone.locator("body")).to_have_attribute("data-rang", "near")
    clerk.do(MarkMissed(request_id=new_id(), ticket=first))
    ticket = _call(clerk)
    expect(phone.locator(".call")).to_have_text("请到 3 号窗口")
    expect(phone).to_have_title("请到 3 号窗口 A002")
    expect(phone.locator("body")).to_have_attribute("data-rang", "call")
    expect(phone.locator("#leaving")).to_have_count(0)
    phone.evaluate("delete document.body.dataset.rang")
    clerk.do(Recall(request_id=new_id(), ticket=ticket))
    expect(phone.locator("body")).to_have_attribute("data-rang", "call")
    clerk.do(StartService(request_id=new_id(), ticket=ticket))
    expect(phone.locator(".panel")).to_contain_text("正在办理，3 号窗口")
    expect(phone.locator("#bell")).to_be_hidden()
    clerk.do(FinishService(request_id=new_id(), ticket=ticket))
    phone.get_by_role("button", name="满意", exact=True).click()
    expect(phone.locator(".line.positive")).to_have_text("已评价：满意。谢谢您！")
    expect(phone.locator(".levels")).to_have_count(0)
    assert hall.manager().get("/api/journal").text.count('"rating_given"') == 1


def test_leaving_from_the_phone_reaches_desk_and_board(phone: Page, hall: ServedHall) -> None:
    kiosk, clerk = hall.kiosk("phone-leaves"), hall.clerk(4)
    code = take_number(hall, kiosk, "medical", "medical_transfer", "B")
    phone.goto(f"{hall.address}/t/{code}")
    number = phone.locator(".number").inner_text()

    def stands() -> tuple[bool, bool]:
        desk = Desk.model_validate_json(clerk.get("/api/desk").content)
        board = Board.model_validate_json(hall.anybody.get("/api/board").content)
        return number in {line.number for line in desk.queue}, number in {each.number for each in board.ready}

    assert stands() == (True, True)
    phone.get_by_text("今天不办了，把号让出去").click()
    phone.get_by_role("button", name="确定让号").click()
    expect(phone.locator(".panel")).to_contain_text("号已经让出去了")
    assert stands() == (False, False)


def test_without_a_script_the_page_is_whole_and_leaves_all_the_same(browser: Browser, hall: ServedHall) -> None:
    code = take_number(hall, hall.kiosk("phone-plain"), *GROUP)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    phone = context.new_page()
    phone.goto(f"{hall.address}/t/{code}?lang=en")
    expect(phone.locator(".figures")).to_contain_text("People ahead")
    assert 'http-equiv="refresh" content="20"' in phone.content()
    expect(phone.locator("#bell")).to_be_hidden()
    phone.get_by_text("Not today: give up my place").click()
    phone.get_by_role("button", name="Give up my place").click()
    expect(phone.locator(".panel")).to_contain_text("You gave up your place")
    context.close()


def test_all_that_a_phone_loads_is_small_and_from_the_hall(phone: Page, hall: ServedHall) -> None:
    code = take_number(hall, hall.kiosk("phone-small"), *GROUP)
    loaded: list[int] = []
    phone.on("response", lambda answer: loaded.append(len(answer.body())) if "/now" not in answer.url else None)
    answer = phone.goto(f"{hall.address}/t/{code}")
    phone.locator("#bell").click()
    assert answer is not None
    assert len(loaded) >= 5
    assert sum(loaded) < OLD_PHONE_BYTES
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'; script-src 'self'" in answer.headers["content-security-policy"]


def test_a_code_that_is_none_gets_kind_words_and_after_many_none(phone: Page, hall: ServedHall) -> None:
    code = take_number(hall, hall.kiosk("phone-forged"), *GROUP)
    forged = code[:-4] + ("AAAA" if not code.endswith("AAAA") else "BBBB")
    phone.goto(f"{hall.address}/t/{forged}")
    expect(phone.locator("h1")).to_have_text("没有找到这个号")
    answers = [hall.anybody.http("GET", f"/t/{SCHEME}{n:08}").status_code for n in range(30)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert hall.anybody.http("GET", f"/t/{code}").status_code == 200  # a good code is answered all the same


@pytest.fixture(params=[(360, 640, 16), (390, 844, 16), (390, 844, 28)], ids=["360", "390", "large"])
def drawn(request: pytest.FixtureRequest, page: Page) -> Iterator[Page]:
    """A phone with a page of an invented ticket, its type enlarged."""
    width, height, letters = request.param
    page.set_viewport_size({"width": width, "height": height})

    def serve(route: Route) -> None:
        place = route.request.url.split("/", 3)[3]
        if place == "t/x":
            body = page_of("x", STANDS["waiting"], english=False, fresh=True)
            return route.fulfill(body=body, content_type="text/html; charset=utf-8")
        if place.startswith("t/x/"):
            return None  # the news never come
        file = look.FOLDER / place[5:] if place.startswith("look/") else PARTS / Path(place).name
        letter = f"html {{ font-size: {letters}px }}" if file.suffix == ".css" else ""
        return route.fulfill(body=file.read_text(encoding="utf-8") + letter, content_type=KINDS[file.suffix])

    page.route("**/*", serve)
    page.goto("http://127.0.0.1:9/t/x", wait_until="load")
    yield page
    page.unroute_all(behavior="ignoreErrors")


def test_however_a_ticket_stands_it_fits_the_phone(drawn: Page, request: pytest.FixtureRequest) -> None:
    for name, ticket in STANDS.items():
        told = news("x", ticket, english=False, fresh=True, whole=True)
        drawn.evaluate(SWAP, [told["ticket"], told["acts"]])
        expect(drawn.locator(".number")).to_have_text(ticket.number)
        if folder := os.environ.get("ONEWINDOW_PICTURES"):
            which = request.node.callspec.id
            drawn.screenshot(path=f"{folder}/phone-{name}-{which}.png", full_page=True, animations="disabled")
        assert drawn.evaluate(OUTSIDE) == [], name


def test_cut_off_the_page_says_so_instead_of_the_waits_and_comes_back_with_the_server(
    phone: Page, tmp_path: Path
) -> None:
    with server_process(tmp_path / "hall", sample_hall()) as before:
        kiosk = before.kiosk()
        code = take_number(before, kiosk, *GROUP)
        port = before.address.rsplit(":", 1)[1]
        phone.goto(f"{before.address}/t/{code}")
        expect(phone.locator(".known")).to_be_visible()
    expect(phone.locator("#fresh")).to_have_text("连不上，号码以现场叫号为准")
    expect(phone.locator(".known")).to_be_hidden()
    with server_process(tmp_path / "hall", sample_hall(), PORT=port) as after:
        _call(after.clerk(3))
        expect(phone.locator(".call")).to_have_text("请到 3 号窗口")
        expect(phone.locator("#fresh")).to_contain_text("会自己刷新")
