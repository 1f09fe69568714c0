"""One request, one answer, or one error that says what to do."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hall.clock import Moment
from hall.wire.commands import CallNext
from hall.wire.hello import DeviceKind, Nonce
from hall.wire.replies import Problem, Reply
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.errors import (
    LinkError,
    OtherHall,
    ServerAway,
    ServerGarbled,
    ServerRefused,
    SessionFenced,
    SessionLost,
    VersionTooNew,
    VersionTooOld,
)
from queue_server.link.server_link import ServerLink

Handler = Callable[[httpx.Request], httpx.Response]


def link_to(handler: Handler, session: str = "s") -> ServerLink:
    link = ServerLink("http://server", SystemClock(), httpx.MockTransport(handler))
    link.session = session
    return link


def problem(status: int, code: str) -> httpx.Response:
    words = Problem(code=code, message="no", retry="later", advice="请稍等")
    return httpx.Response(status, text=words.model_dump_json())


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, "request.body", ServerRefused),
        (400, "push.fenced", SessionFenced),
        (401, "session.none", SessionLost),
        (403, "session.wrong", ServerRefused),
        (429, "request.too_often", ServerAway),
        (500, "bug", ServerAway),
        (503, "store.busy", ServerAway),
    ],
)
def test_every_problem_has_its_error(status: int, code: str, kind: type[LinkError]) -> None:
    with link_to(lambda _: problem(status, code)) as link, pytest.raises(LinkError) as raised:
        link.desk()
    assert type(raised.value) is kind


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(502, text="bad gateway"), ServerAway),
        (httpx.Response(401, text="who?"), SessionLost),
        (httpx.Response(404, text="<html>"), ServerGarbled),
        (httpx.Response(200, text="<html>"), ServerGarbled),
        (httpx.Response(302, headers={"Location": "http://portal"}), ServerGarbled),
    ],
)
def test_answers_without_our_words(answer: httpx.Response, kind: type[LinkError]) -> None:
    with link_to(lambda _: answer) as link, pytest.raises(kind):
        link.desk()


def test_a_wrong_pin_is_a_refusal_not_a_lost_session() -> None:
    with link_to(lambda _: problem(401, "signin.refused")) as link, pytest.raises(ServerRefused) as refused:
        link.sign_in("1001", "000000", 3)
    assert refused.value.problem.code == "signin.refused"
    assert refused.value.advice == "请稍等"


def test_a_closed_link_is_away() -> None:
    link = link_to(lambda _: problem(400, "x"))
    link.close()
    with pytest.raises(ServerAway):
        link.desk()


class Flaky:
    """Answers the third try; the first one was carried out, but its answer was lost."""

    def __init__(self) -> None:
        self.request_ids: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        command = CallNext.model_validate_json(request.content)
        self.request_ids.append(command.request_id)
        if len(self.request_ids) == 1:
            raise httpx.ReadTimeout("lost", request=request)
        if len(self.request_ids) == 2:
            return problem(503, "store.busy")
        return httpx.Response(200, text=Reply(request_id=command.request_id, seq=4).model_dump_json())


def test_a_command_is_sent_under_one_id_until_it_is_answered() -> None:
    flaky = Flaky()
    command = CallNext(request_id=new_id())
    with link_to(flaky) as link:
        assert link.command(command).seq == 4
    assert flaky.request_ids == [command.request_id] * 3


class Hurry:
    """A clock that goes ten seconds with each look."""

    def __init__(self) -> None:
        self._mono_us = 0

    def now(self) -> Moment:
        self._mono_us += 10_000_000
        return Moment(wall_us=0, mono_us=self._mono_us, boot_id="b" * 32)


def test_patience_ends() -> None:
    tries: list[int] = []

    def never(request: httpx.Request) -> httpx.Response:
        tries.append(1)
        raise httpx.ConnectError("down", request=request)

    with (
        ServerLink("http://server", Hurry(), httpx.MockTransport(never)) as link,
        pytest.raises(ServerAway),
    ):
        link.command(CallNext(request_id=new_id()), patience_s=15)
    assert len(tries) == 2


@pytest.mark.parametrize(("servers", "kind"), [(0, VersionTooNew), (2, VersionTooOld), (1, VersionTooNew)])
def test_versions_that_do_not_fit_are_told_apart(servers: int, kind: type[LinkError]) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, text=Nonce(nonce=new_id(), schema_version=servers).model_dump_json())
        return problem(400, "hello.schema")

    who: dict[str, Any] = {"device": "kiosk-1", "kind": DeviceKind.KIOSK, "incarnation": new_id(), "boot_id": new_id()}
    with link_to(handler) as link, pytest.raises(kind):
        link.hello(bytes(32), **who)


def test_nothing_is_told_to_the_server_of_another_hall() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        return httpx.Response(200, text=Nonce(nonce=new_id(), hall_id="their-hall").model_dump_json())

    who: dict[str, Any] = {"device": "kiosk-1", "kind": DeviceKind.KIOSK, "incarnation": new_id(), "boot_id": new_id()}
    with link_to(handler) as link, pytest.raises(OtherHall):
        link.hello(bytes(32), hall_id="our-hall", **who)
    assert asked == ["GET"]
