"""What a manager has left off a board leaves its room to the rest, and an open board follows a change at once."""

import os

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from hall.arrangements import BoardLayout, GroupPart, Waiting, ZonePart, group_part
from hall.catalog import Catalog
from hall.wire.commands import ChangeArrangement
from hall.wire.views import Board, BoardCall, BoardGroup, BoardNext
from hall.zones import Layout, Zone
from tests.support.kiosks import sample_hall
from tests.support.served_hall import ServedHall, new_id
from tests.web.test_board_page import LONG_NOTICE, LOWEST, OUTSIDE

SIZES = [(1920, 1080), (1080, 1920)]
AT = 1_795_744_740_000_000
NOTHING_BELOW = {"missed": False, "waiting": False, "notices": False}
LAYOUTS = {
    "usual": Layout(),
    "three-of-each": Layout(ready=3),
    "nobody-ready": Layout(ready=0),
    "one-call": Layout(last_calls=1),
    "three-calls": Layout(last_calls=3),
    "five-calls": Layout(last_calls=5),
    "no-missed": Layout(missed=False),
    "no-waiting": Layout(waiting=False),
    "no-notices": Layout(notices=False),
    "waiting-alone": Layout(missed=False, notices=False),
    "missed-alone": Layout(waiting=False, notices=False),
    "nothing-below": Layout(**NOTHING_BELOW),
    "calls-alone": Layout(ready=0, **NOTHING_BELOW),
    "least": Layout(last_calls=1, ready=0, **NOTHING_BELOW),
}
NUMBERS = (["A023", "B017", "C008", "A022", "D011", "B016", "C007"], ["A12-104"] * 7, ["A99999-999999"] * 7)
HOLES = """() => {
  const seen = (name) => [...document.querySelectorAll(name)].filter((e) => e.checkVisibility());
  const box = (name) => seen(name).map((e) => e.getBoundingClientRect());
  const style = getComputedStyle(document.body), within = document.body.getBoundingClientRect();
  const right = within.right - parseFloat(style.paddingRight), below = within.bottom - parseFloat(style.paddingBottom);
  const blocks = box("header, #current, #recent li, aside, footer"), found = [];
  if (Math.abs(Math.max(...blocks.map((each) => each.right)) - right) > 2) found.push("on the right");
  if (Math.abs(Math.max(...blocks.map((each) => each.bottom)) - below) > 2) found.push("at the foot");
  const calls = box("#current, #recent li"), widest = Math.max(...calls.map((each) => each.right));
  if (Math.abs(calls.at(-1).right - widest) > 2) found.push("beside the last call");
  return found;
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The sample hall with a zone of one group and its window."""
    catalog = sample_hall()
    zones = (Zone(id="up", name="二楼", groups=("property",)),)
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"zones": zones})})


def _board(layout: Layout, numbers: list[str], suspended: tuple[str, ...] = ()) -> Board:
    """As the server would compose it."""
    groups, first = sample_hall().groups[: 5 - len(suspended)], 3 if len(numbers[0]) < 8 else 103
    return Board(
        at=AT, seq=90, hall="青禾区政务服务中心", hall_en="Qinghe District Government Service Centre",
        notices=("中午 12:00–13:00 暂停取号，已取的号下午继续有效。",) if layout.notices else (),
        calls=tuple(
            BoardCall(number=number, window=first + place, window_name="", call_no=1, at=AT, state="serving",
                      mark="" if place % 2 else "优", seq=80 - place)
            for place, number in enumerate(numbers)
        ),
        ready=tuple(
            BoardNext(number=numbers[place], group_name=group.name) for group in groups for place in range(layout.ready)
        ),
        missed=("A017", "C003", "B011") if layout.missed else (),
        groups=tuple(BoardGroup(name=group.name, name_en="", prefix=group.prefix, waiting=9) for group in groups)
        if layout.waiting else (),
        layout=layout,
        suspended=suspended,
    )  # fmt: skip


def _look(page: Page, board: Board, name: str) -> None:
    page.evaluate("document.fonts.ready")
    if folder := os.environ.get("ONEWINDOW_PICTURES"):
        size = page.viewport_size or {"width": 0, "height": 0}
        page.screenshot(path=f"{folder}/shown-{name}-{size['width']}x{size['height']}.png")
    assert page.evaluate(OUTSIDE) == [], name
    assert page.evaluate(HOLES) == [], name
    expect(page.locator("#recent li")).to_have_count(min(board.layout.last_calls, len(board.calls) - 1))
    for selector, on in (
        ("aside", board.layout.ready > 0),
        ("#missed", board.layout.missed),
        ("#waiting", board.layout.waiting),
        ("#notice", board.layout.notices),
    ):
        assert page.locator(selector).is_visible() == on, (name, selector)


@pytest.mark.parametrize("numbers", NUMBERS, ids=["usual", "lane", "longest"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_not_shown_leaves_no_hole(
    page: Page, hall: ServedHall, size: tuple[int, int], numbers: list[str]
) -> None:
    lines: list[WebSocketRoute] = []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route_web_socket("**/board/live", lambda line: lines.append(line))
    page.goto(f"{hall.address}/board")
    for name, layout in LAYOUTS.items():
        board = _board(layout, numbers)
        lines[-1].send(board.model_dump_json())
        expect(page.locator("#recent li")).to_have_count(layout.last_calls)
        _look(page, board, f"{name}-{numbers[0]}")
    names = tuple(group.name for group in sample_hall().groups)
    for suspended in (names[4:5], names[3:5], names[:5]):
        board = _board(Layout(), numbers, suspended)
        lines[-1].send(board.model_dump_json())
        expect(page.locator("#ready .suspended")).to_have_count(len(suspended))
        expect(page.locator("#ready-nobody")).to_be_hidden()
        _look(page, board, f"suspended-{len(suspended)}-{numbers[0]}")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_long_notice_that_comes_to_a_board_without_a_foot_finds_its_room(
    page: Page, hall: ServedHall, size: tuple[int, int]
) -> None:
    lines: list[WebSocketRoute] = []
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.route_web_socket("**/board/live", lambda line: lines.append(line))
    page.goto(f"{hall.address}/board")
    for calls, ready in ((6, 1), (3, 1), (6, 0), (3, 0)):
        bare = _board(Layout(last_calls=calls, ready=ready, **NOTHING_BELOW), NUMBERS[0])
        lines[-1].send(bare.model_dump_json())
        expect(page.locator("footer")).to_be_hidden()
        usual = _board(Layout(last_calls=calls, ready=ready), NUMBERS[0])
        lines[-1].send(usual.model_copy(update={"notices": (LONG_NOTICE,)}).model_dump_json())
        expect(page.locator("#notices .shown")).to_have_text(LONG_NOTICE)
        top = page.locator("#notice").bounding_box()
        assert top is not None
        assert page.evaluate(LOWEST) <= top["y"] + 1, "the list of calls runs into the notice"
        inside = "() => document.querySelector('.pair').getBoundingClientRect().bottom"
        block = page.locator("#current").bounding_box()
        assert block is not None
        assert page.evaluate(inside) <= block["y"] + block["height"], "the current call runs out of its block"
        assert page.evaluate(OUTSIDE) == []


def test_an_open_board_follows_a_change_at_once_and_a_zone_has_a_layout_of_its_own(
    page: Page, hall: ServedHall
) -> None:
    manager, kiosk = hall.manager(), hall.kiosk()
    for _ in range(3):
        kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.push()
    zone, door = page.context.new_page(), page.context.new_page()
    page.goto(f"{hall.address}/board")
    zone.goto(f"{hall.address}/board/zone/up")
    hall.clerk(3)
    door.goto(f"{hall.address}/board/window/3")
    expect(page.locator("#ready span")).to_have_text(["A001"])
    expect(zone.locator("#ready-nobody")).to_have_text("现在没有人在等")
    expect(door.locator("#clerk")).to_have_text("工号 0303")
    for each in (page, zone, door):
        each.evaluate("document.body.dataset.opened = 'once'")
    before = BoardLayout()
    after = BoardLayout(layout=Layout(ready=2, waiting=False, clerk=False))
    assert manager.do(ChangeArrangement(request_id=new_id(), before=before, after=after)).done
    expect(page.locator("#ready span")).to_have_text(["A001", "A002"])
    expect(page.locator("#waiting")).to_be_hidden()
    expect(zone.locator("#waiting")).to_be_hidden()
    expect(door.locator("#clerk")).to_have_text("")
    shown = ZonePart(id="up", zone=Zone(id="up", name="二楼", groups=("property",)))
    own = ZonePart(id="up", zone=Zone(id="up", name="二楼", groups=("property",), layout=Layout(ready=0)))
    assert manager.do(ChangeArrangement(request_id=new_id(), before=shown, after=own)).done
    expect(zone.locator("aside")).to_be_hidden()
    expect(zone.locator("#waiting")).to_have_text("这里等候 0 人")
    expect(page.locator("#ready span")).to_have_text(["A001", "A002"])
    for each in (page, zone, door):
        expect(each.locator("body")).to_have_attribute("data-opened", "once")


def test_a_suspended_group_is_told_whether_somebody_waits_for_it_or_nobody(page: Page, hall: ServedHall) -> None:
    manager = hall.manager()
    page.goto(f"{hall.address}/board")
    for group, waiting in (("property", None), ("social_insurance", Waiting.SERVE)):
        seen = group_part(Catalog.model_validate_json(manager.get("/api/catalog").text), group)
        halted = seen.model_copy(update={"suspended": True})
        assert isinstance(halted, GroupPart)
        asked = ChangeArrangement(request_id=new_id(), before=seen, after=halted, waiting=waiting)
        assert manager.do(asked).done
    expect(page.locator("#ready .suspended")).to_have_text(["不动产登记停办"])
    expect(page.locator("#ready section").first).to_contain_text("A001")
    expect(page.locator("#notices")).to_contain_text("社会保险停办，不再取号；已经取的号照常叫。")
