"""An auditor sees what a manager sees and changes nothing: every route and every command is tried."""

import asyncio
from typing import Any, get_args
from unittest.mock import patch

import pytest

from hall.errors import OneWindowError
from hall.wire.commands import Command, EndRecovery
from hall.wire.replies import Refusal
from queue_server.api.access import ACCESS, PUBLIC
from queue_server.operations import commands
from queue_server.operations.office import Office
from queue_server.operations.sessions import open_session
from queue_server.store import Transaction
from queue_server.store.records import Answer, Portal, SessionKind
from queue_server.web.manage.booking_desk import BookingDesk
from queue_server.web.manage.door import ManagersDoor
from tests.support.referee import HALL_KEY, Referee
from tests.support.served_hall import AUDITOR, Caller, ServedHall, new_id

CHANGING: dict[
    tuple[str, str], dict[str, Any]
] = {  # what changes something, by the API's own account; only these bodies are whole
    ("POST", "/api/bookings/file"): {"content": b"number\n"},
    ("POST", "/api/portals"): {"json": {"name": "city"}},
    ("POST", "/api/backups"): {},
    ("POST", "/api/accounts/{staff}/pin"): {},
    ("POST", "/api/backups/drill"): {},
    ("POST", "/api/commands"): {"json": {"kind": "end_recovery", "request_id": "a" * 32}},
}
KINDS: tuple[Any, ...] = get_args(get_args(Command)[0])


def _content(hall: ServedHall) -> object:
    """All that is kept, but for sessions and counted attempts to sign in."""
    assert hall.parts is not None
    with hall.parts.store.read() as reader:
        return reader.head_seq(), reader.catalog_version(), list(reader.every(Answer)), list(reader.every(Portal))


def _see(auditor: Caller, manager: Caller, method: str, path: str) -> None:
    asked = path.replace("{number}", "A001")
    ours, theirs = (caller.http(method, asked, content=b"") for caller in (auditor, manager))
    assert ours.status_code == theirs.status_code, (method, path)


def test_an_auditor_gets_every_view_of_a_manager_and_no_route_that_changes_anything(hall: ServedHall) -> None:
    auditor, manager = hall.auditor(), hall.manager()
    before = _content(hall)
    seen = set[str]()
    for (method, path), kinds in ACCESS.items():
        if kinds is PUBLIC or method == "WS" or SessionKind.MANAGER not in kinds or method == "DELETE":
            continue
        if SessionKind.AUDITOR in kinds:
            seen.add(path)
            _see(auditor, manager, method, path)
        else:
            refused = auditor.http(method, path, **CHANGING.get((method, path), {"content": b""}))
            assert (refused.status_code, refused.json()["code"]) == (403, "session.wrong"), (method, path)
    assert _content(hall) == before
    assert {
        path for (method, path), kinds in ACCESS.items() if method == "GET" and SessionKind.MANAGER in kinds
    } <= seen


def test_whatever_is_open_to_an_auditor_is_named_here_so_that_nothing_slips_in() -> None:
    posts = {path for (method, path), kinds in ACCESS.items() if SessionKind.AUDITOR in kinds and method == "POST"}
    assert posts == {"/api/windows/what-if", "/api/windows/plan", "/api/rule/preview"}, "questions, not acts"
    assert ("DELETE", "/api/sessions") in {row for row, kinds in ACCESS.items() if SessionKind.AUDITOR in kinds}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_command_is_refused(kind: Any) -> None:
    referee = Referee()
    words = {name: "" for name, field in kind.model_fields.items() if field.annotation is str}
    command = kind.model_construct(**words | {"request_id": referee.ids()})

    def say(transaction: Transaction) -> Refusal | None:
        session = open_session(transaction, referee.moment, SessionKind.AUDITOR, AUDITOR)[1]
        return commands.carry_out(transaction, referee.moment, session, command, HALL_KEY).refusal

    before = referee.run(lambda tx: tx.head_seq())
    with patch.object(Office, "record", side_effect=AssertionError("nothing is recorded")):
        assert referee.run(say) is Refusal.NOT_ALLOWED
    assert referee.run(lambda tx: tx.head_seq()) == before
    referee.store.close()


def test_on_the_pages_an_auditor_is_let_in_to_look_and_every_act_is_refused(hall: ServedHall) -> None:
    assert hall.parts is not None
    parts, token = hall.parts, hall.auditor().session
    door = ManagersDoor(parts.store, parts.clock, parts.hall_key)
    desk = BookingDesk(parts.store, parts.clock, door.manager_of, parts.hall_key)

    async def act() -> None:
        assert await door.staff_of(token) == AUDITOR
        assert await door.manager_of(token) is None
        reply = await door.do(token, EndRecovery(request_id=new_id()))
        assert reply.refusal is Refusal.NOT_ALLOWED
        for asked in (desk.take(token, ()), desk.read(token, b"")):
            with pytest.raises(OneWindowError, match="只能看"):
                await asked

    before = _content(hall)
    asyncio.run(act())
    assert _content(hall) == before
