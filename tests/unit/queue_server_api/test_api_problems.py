"""Every error is a Problem in words; nothing of what a person sent and no traceback leaks."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from hall.facts import TicketCalled
from hall.wire.replies import Problem
from hall.wire.views import HallNow
from queue_server.api import sockets
from queue_server.api.application import create
from queue_server.api.problems import BugNet
from queue_server.app import pages_of
from queue_server.operations import devices
from tests.support.served_hall import MANAGER, ServedHall, new_id


def _problem(answer: Any, status: int) -> Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    return Problem.model_validate_json(answer.content)


def test_a_body_that_is_not_json_or_not_what_was_asked(hall: ServedHall) -> None:
    for body in (b"", b"{", b'{"staff": "1001"}', b'{"staff": 1001, "pin": "246802"}', b'{"x": 1}'):
        problem = _problem(hall.anybody.http("POST", "/api/sessions", content=body), 400)
        assert problem.code == "request.body"


def test_what_was_sent_is_not_sent_back(hall: ServedHall) -> None:
    answer = hall.anybody.http("POST", "/api/sessions", json={"staff": "10 01", "pin": "secret-words"})
    assert "secret-words" not in answer.text
    assert "10 01" not in answer.text


def test_a_value_in_the_address_that_does_not_fit(hall: ServedHall) -> None:
    problem = _problem(hall.manager().http("GET", "/api/journal?after=-1"), 400)
    assert "after" in problem.message


def test_an_address_that_is_not_there(hall: ServedHall) -> None:
    assert _problem(hall.anybody.http("GET", "/api/nothing"), 404).code == "address.none"
    assert _problem(hall.anybody.http("PUT", "/api/board"), 404).code == "address.none"
    assert _problem(hall.anybody.http("GET", "/voice/A999-w1.wav"), 404).code == "address.none"
    page = hall.anybody.http("GET", "/elsewhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "没有这一页" in page.text


def test_bodies_over_a_megabyte_are_refused_declared_or_not(hall: ServedHall) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    assert _problem(hall.anybody.http("POST", "/api/hello", content=b"x" * 1_000_001), 413).code == "request.too_large"
    assert _problem(hall.anybody.http("POST", "/api/hello", content=chunks()), 413).code == "request.too_large"


def test_wrong_pins_are_refused_with_the_same_words_and_then_locked(hall: ServedHall) -> None:
    def attempt(staff: str) -> Problem:
        answer = hall.anybody.http("POST", "/api/sessions", json={"staff": staff, "pin": "000000", "window": 1})
        return _problem(answer, 429 if "locked" in answer.text else 401)

    assert attempt("77") == attempt(MANAGER)
    told = [attempt("78").code for _ in range(7)]
    assert told[0] == "signin.refused"
    assert told[-1] == "signin.locked"


def test_an_older_wire_is_told_so(hall: ServedHall) -> None:
    body = {"schema_version": 99, "device": "d", "kind": "kiosk", "incarnation": new_id(), "boot_id": new_id(),
            "last_seq": 0, "acked_seq": 0, "nonce": new_id(), "proof": "0" * 64}  # fmt: skip
    assert _problem(hall.anybody.http("POST", "/api/hello", json=body), 409).code == "hello.schema"
    assert (
        _problem(hall.anybody.http("POST", "/api/hello", json=body | {"schema_version": 1}), 403).code == "hello.proof"
    )


def test_a_bug_is_answered_without_its_words(
    hall: ServedHall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("something private")

    monkeypatch.setattr(devices, "new_nonce", broken)
    problem = _problem(hall.anybody.http("GET", "/api/hello/nonce"), 500)
    assert problem.code == "bug"
    assert "private" not in problem.message + caplog.text
    assert "ZeroDivisionError at" in caplog.text


def test_safety_headers_stand_on_every_answer(hall: ServedHall) -> None:
    for path in ("/board", "/api/board", "/look/night.css", "/api/nothing"):
        headers = hall.anybody.http("GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers


def test_openapi_shows_bodies_and_answers(hall: ServedHall) -> None:
    assert hall.parts is not None
    document = create(hall.parts, pages_of(hall.parts)).openapi()
    taken = document["paths"]["/api/sync"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert taken == {"$ref": "#/components/schemas/Push"}
    named = set(document["components"]["schemas"])
    assert {"Hello", "Push", "Command", "SignIn", "Welcome", "Pushed", "CallNext", "Fact", "Board"} <= named
    assert "$defs" not in str(document)


class _StuckSocket:
    """A socket whose other end takes nothing."""

    def __init__(self) -> None:
        self.closed_with = 0

    async def accept(self) -> None: ...

    async def send_text(self, _text: str) -> None:
        await asyncio.Event().wait()

    async def receive(self) -> dict[str, str]:
        await asyncio.Event().wait()
        return {}

    async def close(self, code: int, _reason: str) -> None:
        self.closed_with = code


def test_whoever_does_not_keep_up_is_dropped_and_may_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "SEND_SECONDS", 0.05)
    socket = _StuckSocket()

    async def work(send: sockets.Sender) -> None:
        await send("a text")

    asyncio.run(sockets.serve(socket, work))  # type: ignore[arg-type]
    assert socket.closed_with == sockets.TOO_SLOW


def test_a_lane_that_stands_still_is_told_to_the_manager(hall: ServedHall) -> None:
    kiosk = hall.kiosk("kiosk-stuck")
    kiosk.note(TicketCalled(ticket="1" * 32, window=1, clerk="0301", call_no=1))
    with pytest.raises(httpx.HTTPStatusError):
        kiosk.push()
    told = HallNow.model_validate_json(hall.manager().get("/api/hall").content).devices
    assert [(row.part, row.state, bool(row.advice)) for row in told if row.device == "kiosk-stuck"] == [
        ("sync", "fault", True)
    ]


@pytest.mark.parametrize("origin", ["http://[", "http://evil.example", "null"])
def test_a_strange_origin_is_refused_not_stumbled_over(hall: ServedHall, origin: str) -> None:
    answer = hall.anybody.http("POST", "/api/sessions", headers={"Origin": origin}, content="{}")
    assert answer.status_code == 403


def test_a_place_beyond_every_journal_is_refused_in_words(hall: ServedHall) -> None:
    answer = hall.manager().http("GET", "/api/journal?after=99999999999999999999999")
    assert answer.status_code == 400


@pytest.mark.parametrize(("left", "bugs"), [(True, 0), (False, 1)])
def test_a_browser_that_left_before_its_page_was_made_is_no_bug(
    left: bool, bugs: int, caplog: pytest.LogCaptureFixture
) -> None:
    """A page under a middleware that gives none: because nobody waits for it any more, or because of a defect."""

    async def page(_scope: Scope, receive: Receive, _send: Send) -> None:
        while left and (await receive())["type"] != "http.disconnect":
            pass

    async def run() -> None:
        heard: Iterator[Message] = iter([{"type": "http.request", "body": b""}, {"type": "http.disconnect"}])
        said: list[Message] = []

        async def receive() -> Message:
            await asyncio.sleep(0)
            return next(heard)

        async def send(message: Message) -> None:
            said.append(message)

        async def on(request: Request, call_next: RequestResponseEndpoint) -> Response:
            return await call_next(request)

        scope = {"type": "http", "method": "GET", "path": "/manage", "headers": [], "query_string": b""}
        await BugNet(BaseHTTPMiddleware(page, on))(scope, receive, send)
        assert bool(said) is not left

    asyncio.run(run())
    assert len([line for line in caplog.messages if line.startswith("bug:")]) == bugs
    caplog.clear()
