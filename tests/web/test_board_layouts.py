"""The layouts by address in a real browser: a zone, a window's door, upright and lying; nothing runs over."""

import os

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from hall.catalog import Catalog
from hall.wire.commands import CallNext, Pause, StartService
from hall.wire.door import Door
from hall.wire.views import Board, BoardCall, BoardNext
from hall.zones import Zone
from tests.support.kiosks import sample_hall
from tests.support.served_hall import ServedHall, new_id

SIZES = [(1920, 1080), (1080, 1920)]
AT = 1_795_744_740_000_000
LONG = "不动产登记、住房公积金"
DOES = ("社保卡", "养老", "失业", "工伤", "参保", "不动产登记首次办理", "住房公积金提取", "商品房合同备案")

OUTSIDE = """() => {
  const wide = document.documentElement.clientWidth, high = document.documentElement.clientHeight, found = [];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || e.closest("svg")) continue;
    const box = e.getBoundingClientRect();
    if (box.right > wide + 1 || box.bottom > high + 1 || box.left < -1 || box.top < -1) found.push(e.outerHTML);
  }
  for (const e of document.querySelectorAll("#card > *, #next b, #place b, .words > *, header > :not(#hall-en)")) {
    const block = e.parentElement.closest("section, main, header");
    const box = e.getBoundingClientRect(), around = block.getBoundingClientRect();
    const over = e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline";
    if (over || box.right > around.right + 1 || box.bottom > around.bottom + 1) found.push(e.outerHTML);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The sample hall with a zone of its first window."""
    catalog = sample_hall()
    zones = (Zone(id="east", name="一楼东侧", windows=(3,)),)
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"zones": zones})})


def _picture(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_zone_shows_its_own_calls_and_a_door_its_own_state(page: Page, hall: ServedHall) -> None:
    page.goto(f"{hall.address}/board/zone/east")
    expect(page.locator("#zone")).to_have_text("一楼东侧")
    door = page.context.new_page()
    door.goto(f"{hall.address}/board/window/4")
    expect(door.locator("#window")).to_have_text("4")
    expect(door.locator("#words")).to_have_text("没有开放")
    kiosk, here, there = hall.kiosk(), hall.clerk(3), hall.clerk(4)
    for _ in range(3):
        kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.push()
    first = there.do(CallNext(request_id=new_id())).ticket
    assert first is not None
    expect(door.locator("#words")).to_have_text("请进")
    expect(door.locator("#number")).to_have_text("A001")
    expect(door.locator("#first")).to_have_text("A002")
    there.do(StartService(request_id=new_id(), ticket=first.id))
    expect(door.locator("#words")).to_have_text("正在办理")
    here.do(CallNext(request_id=new_id()))
    expect(page.locator("#number")).to_have_text("A002")
    expect(page.locator("#recent li")).to_have_count(0)
    free = hall.clerk(5)
    free.do(Pause(request_id=new_id(), minutes=15))
    door.goto(f"{hall.address}/board/window/5")
    expect(door.locator("#words")).to_have_text("暂停")
    expect(door.locator("#advice")).to_contain_text("回来")


def test_a_zone_or_a_window_that_is_not_there_is_told(page: Page, hall: ServedHall) -> None:
    for address in ("/board/zone/attic", "/board/window/998", "/board/window/twelve"):
        page.goto(hall.address + address)
        expect(page.get_by_role("heading", name="没有这一页")).to_be_visible()


@pytest.mark.parametrize("place", ["zone/east", "window/3"])
def test_a_screen_whose_place_was_taken_away_says_so_and_comes_back_with_it(
    page: Page, hall: ServedHall, place: str
) -> None:
    lines: list[WebSocketRoute] = []

    def follow(line: WebSocketRoute) -> None:
        lines.append(line)
        if len(lines) != 2:  # it is not there for one try
            line.connect_to_server()

    page.route_web_socket("**/live**", follow)
    page.goto(f"{hall.address}/board/{place}")
    expect(page.locator("#hall")).to_have_text("青禾区政务服务中心")
    page.route(f"**/board/{place}", lambda route: route.fulfill(status=404))
    lines[0].close()
    expect(page.locator("#stale")).to_contain_text("已撤下，请管理员核对")
    assert page.evaluate(OUTSIDE) == []
    _picture(page, f"gone-{place.partition('/')[0]}")
    page.unroute(f"**/board/{place}")
    lines[1].close()
    expect(page.locator("#stale")).to_be_hidden()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_zone_s_long_name_and_a_call_that_was_missed_fit(page: Page, hall: ServedHall, size: tuple[int, int]) -> None:
    lines: list[WebSocketRoute] = []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route_web_socket("**/board/live?zone=east", lambda line: lines.append(line))
    page.goto(f"{hall.address}/board/zone/east")
    calls = tuple(
        BoardCall(number=f"A{40 - n:03}", window=12 + n, window_name="", call_no=1, at=AT, state="serving", seq=40 - n)
        for n in range(5)
    )
    ready = tuple(BoardNext(number=f"{each}041", group_name=f"{each} 类业务", mark="预") for each in "ABCD")
    seq = 40
    for number in ("A023", "A12-104", "A99999-999999"):
        for state in ("missed", "finished"):
            seq += 1
            past = BoardCall(
                number=number, window=105, window_name="", call_no=1, at=AT, state=state, mark="优", seq=seq
            )
            board = Board(
                at=AT, seq=seq, hall="青禾区政务服务中心", hall_en="Qinghe District Government Service Centre",
                notices=("身份证、手机请随身带好。",), calls=calls, ready=ready, missed=("A017", "C003"), groups=(),
                past=(past,), zone="二楼东侧不动产登记专区",
            )  # fmt: skip
            page.reload()
            lines[-1].send(board.model_copy(update={"past": (), "seq": 40}).model_dump_json())
            lines[-1].send(board.model_dump_json())
            expect(page.locator("#sentence")).to_contain_text(f"刚才叫过 {number}")
            _picture(page, f"zone-{state}-{number}-{size[0]}x{size[1]}")
            assert page.evaluate(OUTSIDE) == []


def _door(state: str, number: str, mark: str, ready: tuple[str, ...], window: int, does: tuple[str, ...]) -> Door:
    call = BoardCall(number=number, window=window, window_name="", call_no=1, at=0, state=state, mark=mark, seq=7)
    return Door(
        at=AT,
        seq=9,
        hall="青禾区政务服务中心",
        window=window,
        name=LONG if window > 99 else "社会保险",
        clerk="0317",
        state=state,
        call=call if number else None,
        ready=tuple(BoardNext(number=each, group_name="", mark=mark) for each in ready),
        does=does,
        hours=("09:00-12:00", "13:00-17:00"),
    )


DOORS = {
    "calling": _door("calling", "A023", "优", ("A025", "A024", "A2-024"), 12, DOES[:5]),
    "serving": _door("serving", "A023", "", ("A025", "A024", "A2-024"), 12, DOES[:5]),
    "long": _door("calling", "A12-104", "补件", ("A12-105", "A12-106", "B103-1001"), 105, DOES),
    "longest": _door("serving", "A99999-999999", "补件", ("A99999-999998", "B103-1001", "A99999-999997"), 105, DOES),
    "idle": _door("idle", "", "", (), 12, DOES[:5]),
    "paused": _door("paused", "", "", (), 12, DOES[:5]),
    "suspended": _door("idle", "", "", (), 12, ()),
    "closed": _door("closed", "", "", (), 3, DOES[:5]),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_door_runs_over_whatever_the_number_and_the_screen(
    page: Page, hall: ServedHall, size: tuple[int, int]
) -> None:
    lines: list[WebSocketRoute] = []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.route_web_socket("**/board/window/12/live", lambda line: lines.append(line))
    page.goto(f"{hall.address}/board/window/12")
    for name, door in DOORS.items():
        lines[-1].send(door.model_dump_json())
        expect(page.locator("#card")).to_have_class(f"{door.state} fresh" if door.state == "calling" else door.state)
        expect(page.locator("#number")).to_have_text(door.call.number if door.call else "")
        _picture(page, f"door-{name}-{size[0]}x{size[1]}")
        assert page.evaluate(OUTSIDE) == [], name
