"""One visit over the wire: kiosk, feed, clerk, board, voice, rating, manager; each screen live."""

import io
import wave
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection

from hall.identity import Holder, HolderToken
from hall.rating import Level
from hall.wire.commands import CallNext, FinishService, Rate, Recall, SignOut, StartService
from hall.wire.replies import Refusal
from hall.wire.sync import FeedHead, FeedItem
from hall.wire.views import Board, Desk, HallNow, JournalCheck, RatingPage
from tests.support.served_hall import ServedHall, new_id

M = TypeVar("M", bound=BaseModel)


def _until(socket: ClientConnection, model: type[M], holds: Callable[[M], bool]) -> M:
    """The next view for which something holds."""
    while True:
        view = model.model_validate_json(socket.recv(20))
        if holds(view):
            return view


def _close_code(socket: ClientConnection) -> int | None:
    """What the server closes with, after the texts still under way."""
    try:
        for _ in socket:
            pass
    except ConnectionClosedError:
        pass
    return socket.close_code


def test_a_visit_walks_through_every_screen(hall: ServedHall) -> None:
    clerk, rating = hall.clerk(1), hall.rating(1)
    kiosk = hall.kiosk()
    with (
        hall.anybody.socket("/board/live") as board,
        clerk.socket("/api/desk/live") as desk,
        rating.socket("/api/rating/live") as page,
    ):
        assert Board.model_validate_json(board.recv(20)).calls == ()
        issued = kiosk.issue("alpha", "alpha_one", "A")
        kiosk.facts[-1] = kiosk.facts[-1].model_copy(
            update={"holder": Holder(token=HolderToken("a" * 64), masked_name="陈*")}
        )
        assert kiosk.push().highwater == 1
        assert kiosk.push().highwater == 1
        waiting = _until(desk, Desk, lambda view: len(view.queue) == 1).queue[0]
        assert waiting.masked_name == "陈*"

        called = clerk.do(CallNext(request_id=new_id()))
        assert called.ticket is not None
        assert called.ticket.id == issued.ticket
        shown = _until(board, Board, lambda view: bool(view.calls)).calls[0]
        assert (shown.number, shown.window) == (called.ticket.number, 1)
        assert "陈" not in hall.anybody.get("/api/board").text
        sound = hall.anybody.get(shown.voice)
        assert sound.headers["content-type"] == "audio/wav"
        with wave.open(io.BytesIO(sound.content)) as spoken:
            assert spoken.getnframes() > spoken.getframerate()

        again = clerk.do(Recall(request_id=new_id(), ticket=issued.ticket))
        assert again.done
        assert _until(board, Board, lambda view: view.calls[0].call_no == 2).calls[0].seq > shown.seq

        clerk.do(StartService(request_id=new_id(), ticket=issued.ticket))
        clerk.do(FinishService(request_id=new_id(), ticket=issued.ticket))
        assert _until(page, RatingPage, lambda view: view.ticket is not None).ticket == issued.ticket
        press = Rate(request_id=new_id(), ticket=issued.ticket, level=Level.VERY_GOOD)
        assert clerk.do(press).refusal is Refusal.NOT_ALLOWED
        assert rating.do(press.model_copy(update={"request_id": new_id()})).done

    manager = hall.manager()
    now = HallNow.model_validate_json(manager.get("/api/hall").content)
    assert now.groups[0].finished == 1
    assert now.ratings == {"5": 1}
    check = JournalCheck.model_validate_json(manager.get("/api/journal/check").content)
    assert (check.chain_ok, check.tables_agree) == (True, True)
    lines = manager.get("/api/journal").text.splitlines()
    assert len(lines) == check.entries
    assert "陈" not in "".join(lines)


def test_a_command_repeated_gets_the_same_answer(hall: ServedHall) -> None:
    clerk, kiosk = hall.clerk(1), hall.kiosk("kiosk-again")
    kiosk.issue("alpha", "alpha_one", "A")
    kiosk.push()
    call = CallNext(request_id=new_id())
    first = clerk.do(call)
    assert first.done
    assert clerk.do(call) == first
    assert clerk.do(CallNext(request_id=new_id())).refusal is Refusal.WINDOW_BUSY


def test_signing_out_ends_the_desk_that_is_open(hall: ServedHall) -> None:
    clerk = hall.clerk(2)
    with clerk.socket("/api/desk/live") as desk:
        desk.recv(20)
        clerk.do(SignOut(request_id=new_id()))
        assert _close_code(desk) == 4401
    assert clerk.http("GET", "/api/desk").status_code == 401


def test_the_feed_resumes_without_gap_or_repetition(hall: ServedHall) -> None:
    kiosk = hall.kiosk("kiosk-feed")
    seen: list[FeedItem] = []

    def read(socket: ClientConnection, to: int) -> None:
        while not seen or seen[-1].entry.seq < to:
            text = socket.recv(20)
            if '"kind":"entry"' in str(text)[:20]:
                seen.append(FeedItem.model_validate_json(text))

    for _ in range(3):  # cut off and back again while facts come in
        after = seen[-1].entry.seq if seen else 0
        with kiosk.socket(f"/api/feed?after={after}") as feed:
            for _ in range(5):
                kiosk.issue("beta", "beta_one", "B")
                kiosk.push()
            assert hall.parts is not None
            with hall.parts.store.read() as reader:
                head = reader.head_seq()
            read(feed, head)
    assert [item.entry.seq for item in seen] == list(range(1, head + 1))
    with hall.window(2).socket(f"/api/feed?after={head}") as feed:
        told = FeedHead.model_validate_json(feed.recv(20))
        assert told.seq >= head


def test_only_kiosks_are_told_who_holds_a_ticket(hall: ServedHall) -> None:
    kiosk = hall.kiosk("kiosk-holder")
    kiosk.issue("beta", "beta_one", "B")
    holder = Holder(token=HolderToken("b" * 64), masked_name="林**")
    kiosk.facts[-1] = kiosk.facts[-1].model_copy(update={"holder": holder})
    kiosk.push()
    event = kiosk.facts[-1].fact.event_id
    for caller, told in ((kiosk, holder), (hall.window(3), None)):
        with caller.socket("/api/feed?after=0") as feed:
            items = (FeedItem.model_validate_json(text) for text in feed)
            item = next(item for item in items if item.entry.fact.event_id == event)
            assert item.holder == told


def test_a_newer_session_of_a_lane_ends_the_feed_of_the_older(hall: ServedHall) -> None:
    older = hall.kiosk("kiosk-twice", "d" * 32)
    with older.socket("/api/feed?after=0") as feed:
        feed.recv(20)
        hall.kiosk("kiosk-twice", "d" * 32)
        assert _close_code(feed) == 4401
    assert older.http("GET", "/api/catalog").status_code == 401
