"""A board that runs for months: nothing it missed is lost, nothing is shown or said twice, nothing grows."""

import io
import json
import wave
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from hall.catalog import Catalog
from hall.wire.commands import CallNext, FinishService, MarkMissed, Recall, StartService
from hall.wire.views import Board, BoardCall, BoardNext
from tests.support.referee import small_catalog
from tests.support.served_hall import Caller, ServedHall, new_id, server_process

AT = 1_795_744_740_000_000
LISTENS = """() => {
  window.shown = []; window.heard = [];
  document.addEventListener("voice", ({ detail }) => {
    heard.push(detail);
    document.body.dataset.heard = `${detail.what} ${detail.address}`;
  });
  const note = () => {
    const block = document.querySelector("#current"), key = `${block.dataset.seq} ${block.className}`;
    if (block.classList.contains("empty") || shown.at(-1)?.key === key) return;
    const words = document.querySelector("#sentence").textContent;
    shown.push({ key, seq: block.dataset.seq, mood: block.className, words });
    document.body.dataset.turns = new Set(shown.map((each) => each.seq)).size;
  };
  new MutationObserver(note).observe(document.querySelector("#current"), { attributes: true });
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return small_catalog()


def _line(page: Page) -> list[WebSocketRoute]:
    """The board's line in a test's hand, one entry for each time it was opened."""
    lines: list[WebSocketRoute] = []
    page.route_web_socket("**/board/live", lambda line: lines.append(line))
    return lines


def _call(seq: int, state: str = "called", at: int = AT, **more: Any) -> BoardCall:
    number = f"A{seq % 900:03}"
    return BoardCall(number=number, window=1 + seq % 30, window_name="", call_no=1, at=at, state=state, seq=seq, **more)


def _board(seq: int, calls: list[BoardCall], past: list[BoardCall] | None = None) -> str:
    board = Board(
        at=AT, seq=seq, hall="测试大厅", hall_en="Test Hall", notices=("请随身带好证件。",), calls=tuple(calls),
        ready=tuple(BoardNext(number=f"B{seq % 900:03}", group_name=f"第{n}类", mark="预") for n in range(5)),
        missed=(f"C{seq % 900:03}",), groups=(), past=tuple(past or ()),
    )  # fmt: skip
    return board.model_dump_json()


def _fresh(page: Page) -> list[int]:
    """The seqs that had a turn in the big block, in order."""
    shown: list[dict[str, str]] = page.evaluate("shown")
    return [int(each["seq"]) for each in shown if "fresh" in each["mood"] or "over" in each["mood"]]


def test_every_call_missed_has_a_turn_once_and_late_ones_are_told_as_past(page: Page, hall: ServedHall) -> None:
    page.clock.install()
    lines = _line(page)
    page.goto(f"{hall.address}/board")
    page.evaluate(LISTENS)
    lines[-1].send(_board(1, [_call(1)]))
    expect(page.locator("#number")).to_have_text("A001")
    lines[-1].close()
    page.clock.run_for(3_000)
    expect(page.locator("#stale")).to_be_visible()
    while len(lines) < 2:
        page.clock.run_for(1_000)
    old = AT - 700_000_000
    missed = [_call(6, "missed"), _call(5, "finished"), _call(2, "finished", at=old)]
    for _ in range(2):
        lines[-1].send(_board(9, [_call(7), _call(4, "serving"), _call(1)], missed))
    expect(page.locator("#stale")).to_be_hidden()
    page.clock.run_for(30_000)
    assert _fresh(page) == [4, 5, 6, 7]
    words = {each["seq"]: each["words"] for each in page.evaluate("shown")}
    assert words["5"] == "刚才叫过 A005，在 6 号窗口"
    assert words["6"] == "刚才叫过 A006，请到导办台"
    lines[-1].send(_board(10, [_call(7), _call(4, "serving"), _call(1)], missed))
    page.clock.run_for(8_000)
    assert _fresh(page) == [4, 5, 6, 7]
    expect(page.locator("#number")).to_have_text("A007")


def test_a_server_set_back_is_followed_and_a_clock_that_jumps_is_not(page: Page, hall: ServedHall) -> None:
    page.clock.install()
    lines = _line(page)
    page.goto(f"{hall.address}/board")
    page.evaluate(LISTENS)
    lines[-1].send(_board(90, [_call(90)]))
    lines[-1].send(_board(40, [_call(38)]))
    lines[-1].send(_board(41, [_call(41), _call(38)]))
    expect(page.locator("#number")).to_have_text("A041")
    assert _fresh(page) == [41]
    time = page.locator("#clock").text_content()
    page.clock.set_system_time("2031-01-01T00:00:00Z")
    page.clock.run_for(3_000)
    expect(page.locator("#clock")).to_have_text(time or "")
    expect(page.locator("#stale")).to_be_hidden()


FEED = """async ([board, from, to]) => {
  const call = (seq) => ({ ...board.calls[0], number: `A${seq % 900}`, window: 1 + seq % 30, seq });
  for (let seq = from; seq < to; seq++) {
    const calls = Array.from({ length: 12 }, (_, n) => call(seq - n));
    const past = Array.from({ length: 24 }, (_, n) => ({ ...call(seq - 12 - n), state: "finished" }));
    line.onmessage({ data: JSON.stringify({ ...board, seq, calls, past, missed: [`C${seq % 900}`] }) });
    await soon();
  }
}"""
HASTE = """
  const real = window.setTimeout, queue = [], { port1, port2 } = new MessageChannel();
  port1.onmessage = () => queue.shift()();
  window.soon = () => new Promise((resolve) => { queue.push(resolve); port2.postMessage(0); });
  window.setTimeout = (act, ms) => (ms === 4000 ? (soon().then(act), 1) : real(act, ms));
  window.WebSocket = class { constructor() { window.line = this; } close() {} };
"""


def test_nothing_grows_over_ten_thousand_calls(page: Page, hall: ServedHall) -> None:
    page.add_init_script(HASTE)  # a call's four seconds pass at once
    page.goto(f"{hall.address}/board")
    page.evaluate("document.documentElement.style.display = 'none'")  # made all the same, only not painted
    devtools = page.context.new_cdp_session(page)
    board = json.loads(_board(1, [_call(1)]))

    def kept(first: int, last: int) -> dict[str, float]:
        page.evaluate(FEED, [board, first, last])
        expect(page.locator("#number")).to_have_text(f"A{(last - 1) % 900}")
        devtools.send("HeapProfiler.collectGarbage")
        counts = devtools.send("Memory.getDOMCounters")
        heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
        return {"nodes": counts["nodes"], "listeners": counts["jsEventListeners"], "bytes": heap}

    before, after = kept(100, 1_100), kept(1_100, 10_100)
    assert after["nodes"] <= before["nodes"] + 50
    assert after["listeners"] <= before["listeners"]
    assert after["bytes"] <= before["bytes"] + 300_000


def _short_sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as write:
        write.setnchannels(1)
        write.setsampwidth(2)
        write.setframerate(8_000)
        write.writeframes(bytes(2 * 400))
    return out.getvalue()


def _sound_on(page: Page) -> None:
    """Press, and wait until it is on: calls before that pass unheard."""
    button = page.get_by_role("button", name="点按开启声音")
    button.click()
    expect(button).to_be_hidden()


def test_calls_are_heard_in_order_twice_then_in_english_and_none_is_lost_while_another_is_said(
    page: Page, hall: ServedHall
) -> None:
    lines = _line(page)
    page.route("**/voice/*.wav", lambda route: route.fulfill(body=_short_sound(), content_type="audio/wav"))
    page.goto(f"{hall.address}/board")
    page.evaluate(LISTENS)
    lines[-1].send(_board(1, []))
    _sound_on(page)

    def said(seq: int) -> BoardCall:
        address = f"/voice/{seq}.wav"
        return _call(seq, voice=address, says=("/voice/chime.wav", address, address, f"/voice/{seq}-en.wav"))

    calls: list[BoardCall] = []
    for seq in range(2, 8):
        calls.insert(0, said(seq))
        lines[-1].send(_board(seq, calls))
    expect(page.locator("body")).to_have_attribute("data-heard", "ended /voice/7-en.wav")
    heard: list[dict[str, str]] = page.evaluate("heard")
    assert [each["what"] for each in heard] == ["started", "ended"] * (len(heard) // 2), "two were said at once"
    order = [
        each["address"].removeprefix("/voice/").removesuffix(".wav") for each in heard if each["what"] == "started"
    ]
    assert order[:4] == ["chime", "2", "2", "2-en"]
    assert order[-4:] == ["chime", "7", "7", "7-en"]
    assert [each for each in dict.fromkeys(order) if each.isdigit()] == ["2", "3", "4", "5", "6", "7"]


def test_a_sound_is_asked_for_again_when_the_server_was_just_being_started(page: Page, hall: ServedHall) -> None:
    lines, asked = _line(page), list[str]()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        match len(asked):
            case 1:
                route.abort()
            case 2:
                route.fulfill(status=404)
            case _:
                route.fulfill(body=_short_sound(), content_type="audio/wav")

    page.route("**/voice/*.wav", answer)
    page.goto(f"{hall.address}/board")
    page.evaluate(LISTENS)
    _sound_on(page)
    lines[-1].send(_board(1, []))
    lines[-1].send(_board(2, [_call(2, voice="/voice/2.wav", says=("/voice/2.wav",))]))
    heard = "ended /voice/2.wav"  # after two waits of two seconds
    expect(page.locator("body")).to_have_attribute("data-heard", heard, timeout=20_000)
    assert len(asked) == 3


def test_a_page_loaded_anew_follows_a_server_that_was_set_back_meanwhile(page: Page, hall: ServedHall) -> None:
    lines = _line(page)
    page.goto(f"{hall.address}/board")
    lines[-1].send(_board(90, [_call(90)]))
    expect(page.locator("#number")).to_have_text("A090")
    page.reload()
    page.evaluate(LISTENS)
    lines[-1].send(_board(40, [_call(38)]))
    lines[-1].send(_board(41, [_call(41), _call(38)]))
    expect(page.locator("#number")).to_have_text("A041")
    assert _fresh(page) == [41]


def test_a_hall_in_its_quiet_hours_calls_without_a_sound(page: Page, hall: ServedHall) -> None:
    lines = _line(page)
    page.goto(f"{hall.address}/board")
    page.evaluate(LISTENS)
    _sound_on(page)
    quiet = json.loads(_board(1, [])) | {"volume": 0}
    lines[-1].send(json.dumps(quiet))
    call = _call(2, voice="/voice/2.wav", says=("/voice/2.wav",)).model_dump()
    lines[-1].send(json.dumps(quiet | {"seq": 2, "calls": [call]}))
    expect(page.locator("#number")).to_have_text("A002")
    assert page.evaluate("heard") == []


def _called(clerk: Caller) -> str:
    ticket = clerk.do(CallNext(request_id=new_id())).ticket
    assert ticket is not None
    return ticket.id


def test_a_server_killed_and_started_again_shows_what_the_screen_missed(page: Page, tmp_path: Path) -> None:
    with server_process(tmp_path / "hall", small_catalog()) as hall:
        port = hall.address.rsplit(":", 1)[1]
        page.goto(f"{hall.address}/board")
        page.evaluate(LISTENS)
        kiosk = hall.kiosk()
        for _ in range(4):
            kiosk.issue("alpha", "alpha_one", "A")
        kiosk.push()
        clerk = hall.clerk(1)
        _called(clerk)
        expect(page.locator("#number")).to_have_text("A001")
    expect(page.locator("#stale")).to_have_text("连接中断，号码以现场叫号为准")
    with server_process(tmp_path / "hall", small_catalog()) as hall:  # where the screen does not find it
        clerk = hall.clerk(3)
        second = _called(clerk)
        clerk.do(StartService(request_id=new_id(), ticket=second))
        clerk.do(FinishService(request_id=new_id(), ticket=second))
        third = _called(clerk)
        for _ in range(2):
            clerk.do(Recall(request_id=new_id(), ticket=third))
        clerk.do(MarkMissed(request_id=new_id(), ticket=third))
        _called(clerk)
    with server_process(tmp_path / "hall", small_catalog(), PORT=port):
        expect(page.locator("body")).to_have_attribute("data-turns", "4", timeout=60_000)
        turns = {each["seq"]: each["words"] for each in page.evaluate("shown")}
        assert [words for _, words in sorted(turns.items(), key=lambda turn: int(turn[0]))] == [
            "请 A001 号到 1 号窗口",
            "刚才叫过 A002，在 3 号窗口",
            "刚才叫过 A003，请到导办台",
            "请 A004 号到 3 号窗口",
        ]
        expect(page.locator("#missed")).to_contain_text("A003")
        expect(page.locator("#stale")).to_be_hidden()
