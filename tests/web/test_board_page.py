"""The board on the wall in a real browser: calls appear, long numbers fit, sound asks for a tap."""

import os
import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from hall.ticket import TicketClass
from hall.wire.commands import CallNext, FinishService, Recall, StartService
from hall.wire.views import Board, BoardCall, BoardGroup, BoardNext
from tests.support.kiosks import sample_hall
from tests.support.served_hall import Caller, ServedHall, WireKiosk, new_id

SIZES = [(1920, 1080), (3840, 2160), (1080, 1920)]


def _call(clerk: Caller, kiosk: WireKiosk, ticket_class: TicketClass = TicketClass.ORDINARY) -> str:
    """A number is taken and called; returns its ticket."""
    kiosk.issue("social_insurance", "social_card_first", "A", ticket_class)
    kiosk.push()
    reply = clerk.do(CallNext(request_id=new_id()))
    assert reply.ticket is not None
    return reply.ticket.id


def _finish(clerk: Caller, ticket: str) -> None:
    clerk.do(StartService(request_id=new_id(), ticket=ticket))
    clerk.do(FinishService(request_id=new_id(), ticket=ticket))


def test_a_call_appears_pulses_and_goes_quiet(page: Page, hall: ServedHall) -> None:
    clerk, kiosk = hall.clerk(3), hall.kiosk()
    page.goto(f"{hall.address}/board")
    expect(page.locator("#hall")).to_have_text("青禾区政务服务中心")
    expect(page.locator(".nobody")).to_be_visible()
    ticket = _call(clerk, kiosk, TicketClass.PRIORITY)
    expect(page.locator("#sentence")).to_have_text("请 A001 号到 3 号窗口")
    expect(page.locator("#current")).to_have_class("fresh")
    expect(page.locator("#number")).to_have_text("A001")
    expect(page.locator("#window")).to_have_text("3")
    expect(page.locator("#mark")).to_have_text("优")
    expect(page.locator("#current")).to_have_class("quiet")
    clerk.do(Recall(request_id=new_id(), ticket=ticket))
    expect(page.locator("#current")).to_have_class("fresh")
    _finish(clerk, ticket)
    expect(page.locator(".nobody")).to_be_visible()


def test_two_calls_at_once_are_shown_one_after_the_other(page: Page, hall: ServedHall) -> None:
    kiosk = hall.kiosk("kiosk-two")
    page.goto(f"{hall.address}/board")
    expect(page.locator("#hall")).not_to_be_empty()
    first, second = hall.clerk(3), hall.clerk(4)
    tickets = [_call(first, kiosk), _call(second, kiosk)]
    expect(page.locator("#window")).to_have_text("3")
    expect(page.locator("#recent li")).to_have_count(0)
    expect(page.locator("#window")).to_have_text("4")
    expect(page.locator("#recent li .plate")).to_have_text("3")
    for clerk, ticket in zip((first, second), tickets, strict=True):
        _finish(clerk, ticket)


def test_sound_is_asked_for_until_a_first_tap_then_calls_are_spoken(page: Page, hall: ServedHall) -> None:
    clerk, kiosk = hall.clerk(3), hall.kiosk("kiosk-sound")
    page.goto(f"{hall.address}/board")
    expect(page.locator("#hall")).not_to_be_empty()
    button = page.get_by_role("button", name="点按开启声音")
    button.click()
    expect(button).to_be_hidden()
    ticket = _call(clerk, kiosk)
    expect(page.locator("body")).to_have_attribute("data-spoken", re.compile(r"^/voice/A[\d-]+-w3\.wav$"))
    _finish(clerk, ticket)


def _board(numbers: list[str], groups: int, each: int, fault: str = "") -> Board:
    return Board(
        at=1_790_000_000_000_000,
        seq=9,
        hall="青禾区政务服务中心",
        hall_en="Qinghe District Government Service Centre",
        notices=tuple(filter(None, (fault, sample_hall().hall.notice))),
        calls=tuple(
            BoardCall(number=number, window=100 + place, window_name="综合", call_no=1, at=0, state="called",
                      mark="优", seq=50 - place)
            for place, number in enumerate(numbers)
        ),
        ready=tuple(
            BoardNext(number=numbers[0] if numbers else "A001", group_name=group.name)
            for group in sample_hall().groups[:groups] for _ in range(each)
        ),
        missed=tuple(numbers),
        groups=tuple(
            BoardGroup(name=group.name, name_en=group.name_en, prefix=group.prefix, waiting=99)
            for group in sample_hall().groups
        ),
    )  # fmt: skip


OUTSIDE = """() => {
  const seen = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && !e.closest("svg"));
  const wide = document.documentElement.clientWidth, high = document.documentElement.clientHeight;
  const found = [];
  for (const e of seen) {
    const box = e.getBoundingClientRect();
    const over = box.right > wide + 1 || box.bottom > high + 1 || box.left < -1 || box.top < -1;
    if (over) found.push(e.outerHTML.slice(0, 80));
  }
  const inside = (child, parent) => {
    const a = child.getBoundingClientRect(), b = parent.getBoundingClientRect();
    if (a.right > b.right + 1 || a.left < b.left - 1 || a.bottom > b.bottom + 1) found.push(child.textContent);
  };
  for (const e of document.querySelectorAll("#recent li > *")) if (!e.closest("svg")) inside(e, e.closest("li"));
  const block = document.querySelector("#current");
  const called = block.querySelectorAll("#number, #window, .words, .words > *");
  if (block.className !== "empty") for (const e of called) inside(e, block);
  for (const e of document.querySelectorAll("#ready :is(h3, span)")) inside(e, e.closest("aside"));
  for (const e of document.querySelectorAll("#ready p")) if (e.scrollWidth > e.clientWidth + 1) found.push(e.innerText);
  for (const e of document.querySelectorAll("#ready span")) {
    const next = e.nextElementSibling?.getBoundingClientRect(), end = document.createRange();
    end.selectNodeContents(e);
    const box = end.getBoundingClientRect();
    if (next && next.top === box.top && box.right > next.left + 1) found.push(e.textContent + " runs into the next");
  }
  const missed = document.querySelector("#missed");
  if (missed.scrollWidth > missed.clientWidth + 1) found.push("missed numbers are cut");
  const number = document.querySelector("#number").getBoundingClientRect();
  const plate = document.querySelector("#window").getBoundingClientRect();
  const beside = number.bottom > plate.top + 1;
  if (beside && number.right > plate.left + 1) found.push("number runs into the plate");
  return found;
}"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("numbers", "groups", "each"),
    [
        (["A023", "B017", "C008", "A022", "D011", "B016", "C007"], 5, 3),
        (["A12-104", "B12-117", "A2-022", "C1008", "A12-122", "D11-111", "H99-999"], 8, 3),
        (["A12-104", "B12-117"], 8, 1),
        (["A103-1001", "B103-117", "A103-1002", "C1008", "A103-122", "D103-1111", "H99-999"], 8, 3),
        (["A99999-999999", *["B99999-999998"] * 6], 8, 3),
        (["A99999-999999", "B103-1001"], 8, 1),
        ([], 0, 0),
    ],
    ids=["usual", "long", "one-each", "four-signs-a-lane", "all-the-rules-allow", "one-of-these-each", "nobody"],
)
def test_nothing_runs_over_whatever_the_numbers_and_the_screen(
    page: Page, hall: ServedHall, numbers: list[str], groups: int, each: int, size: tuple[int, int]
) -> None:
    def play(line: WebSocketRoute) -> None:
        for calls in (numbers[1:], numbers):
            line.send(_board(calls, groups, each).model_dump_json())

    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route_web_socket("**/board/live", play)
    page.goto(f"{hall.address}/board")
    expect(page.locator("#hall")).not_to_be_empty()
    expect(page.locator("#recent li")).to_have_count(max(0, len(numbers) - 1))
    page.evaluate("document.fonts.ready")
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        page.screenshot(path=f"{folder}/board-{len(numbers)}-{(numbers or [''])[0]}-{each}-{size[0]}x{size[1]}.png")
    assert page.evaluate(OUTSIDE) == []
    if numbers:
        height = page.locator("#number").bounding_box()
        assert height is not None
        if size[0] > size[1] and len(numbers[0]) < 10:
            assert height["height"] >= size[1] / 8


DOWN = "社会保险、医疗保障、不动产登记系统故障，暂时不能办理。"
LONG_NOTICE = "今天下午三点起二楼停电检修，请到一楼窗口办理，办不完的号留好取号单，明天上午凭单到原窗口优先办理"
LOWEST = "() => Math.max(...[...document.querySelectorAll('#recent li')].map((e) => e.getBoundingClientRect().bottom))"


@pytest.mark.parametrize("said", [DOWN, LONG_NOTICE], ids=["fault", "long"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_notice_is_read_to_its_end(page: Page, hall: ServedHall, size: tuple[int, int], said: str) -> None:
    board = _board(["A012", "B007", "A011", "C003", "A010", "B006", "C002"], 5, 1, said)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route_web_socket("**/board/live", lambda line: line.send(board.model_dump_json()))
    page.clock.install()
    page.goto(f"{hall.address}/board")
    shown = page.locator("#notices .shown")
    expect(shown).to_have_text(said)
    page.evaluate("document.fonts.ready")
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        page.screenshot(path=f"{folder}/board-notice-{said[:2]}-{size[0]}x{size[1]}.png")
    for notice in (*board.notices, said):
        expect(shown).to_have_text(notice)
        assert shown.evaluate("e => e.scrollWidth <= e.clientWidth + 1 && getComputedStyle(e).overflow === 'visible'")
        assert page.evaluate(OUTSIDE) == []
        notice_box = page.locator("#notice").bounding_box()
        assert notice_box is not None
        assert page.evaluate(LOWEST) <= notice_box["y"] + 1, "the list of calls runs into the notice"
        page.clock.run_for(8_000)
