"""Deny by default: every route stands in the table, and every role gets exactly what the table says."""

from collections.abc import Iterable, Iterator

import pytest
from fastapi.routing import APIRoute, APIWebSocketRoute
from starlette.routing import BaseRoute, Mount
from websockets.exceptions import InvalidStatus

from queue_server.api.access import ACCESS, PUBLIC
from queue_server.api.application import create
from queue_server.app import pages_of
from queue_server.store.records import SessionKind
from queue_server.web.pages import FOLDERS
from tests.support.served_hall import Caller, ServedHall


def _leaves(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        included = getattr(route, "original_router", None)  # FastAPI keeps included routers whole
        if included is None:
            yield route
        else:
            yield from _leaves(included.routes)


def _routes(hall: ServedHall) -> set[tuple[str, str]]:
    assert hall.parts is not None
    found: set[tuple[str, str]] = set()
    mounts: set[str] = set()
    for route in _leaves(create(hall.parts, pages_of(hall.parts)).routes):
        match route:
            case APIWebSocketRoute():
                found.add(("WS", route.path))
            case APIRoute():
                found.update((method, route.path) for method in route.methods or ())
            case Mount():
                mounts.add(route.path)
            case other:
                pytest.fail(f"a route of an unknown kind: {other!r}")
    assert mounts == set(FOLDERS)
    return found


def test_the_table_names_every_route_and_nothing_else(hall: ServedHall) -> None:
    assert _routes(hall) == set(ACCESS)


def _callers(hall: ServedHall) -> dict[SessionKind | None, Caller]:
    return {
        None: hall.anybody,
        SessionKind.KIOSK: hall.kiosk("kiosk-access"),
        SessionKind.WINDOW: hall.window(3),
        SessionKind.RATING: hall.rating(3),
        SessionKind.CLERK: hall.clerk(3),
        SessionKind.MANAGER: hall.manager(),
        SessionKind.AUDITOR: hall.auditor(),
        SessionKind.PORTAL: hall.portal(),
    }


def _status(caller: Caller, method: str, path: str) -> int:
    path = path.replace("{name}", "A001-w1").replace("{portal}", "nobody").replace("{window}", "3")
    if method != "WS":
        return caller.http(method, path, content=b"").status_code
    try:
        with caller.socket(path):
            return 200
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("role", [None, *SessionKind])
def test_each_role_gets_what_the_table_says(hall: ServedHall, role: SessionKind | None) -> None:
    caller = _callers(hall)[role]
    last = ("DELETE", "/api/sessions")  # ends the session
    for method, path in [*(row for row in ACCESS if row != last), last]:
        kinds = ACCESS[method, path]
        status = _status(caller, method, path)
        if kinds is PUBLIC:
            assert status not in {401, 403} or path == "/manage/sign-in", (method, path, status)
        elif role is None:
            assert status == 401, (method, path, status)
        elif role in kinds:
            assert status not in {401, 403, 500}, (method, path, status)
        else:
            assert status == 403, (method, path, status)


def test_a_session_that_was_ended_opens_nothing(hall: ServedHall) -> None:
    manager = hall.manager()
    assert manager.http("GET", "/api/hall").status_code == 200
    assert manager.http("DELETE", "/api/sessions").status_code == 204
    refused = manager.http("GET", "/api/hall")
    assert refused.status_code == 401
    assert refused.json()["code"] == "session.none"


def test_pages_of_other_sites_may_not_use_our_addresses(hall: ServedHall) -> None:
    with pytest.raises(InvalidStatus) as refused, hall.anybody.socket("/board/live", Origin="http://evil.example"):
        pass
    assert refused.value.response.status_code == 403
    foreign = hall.anybody.http("POST", "/manage/sign-in", headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    with hall.anybody.socket("/board/live", Origin=hall.address) as own:
        assert own.recv(10)
