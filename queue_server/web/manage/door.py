"""The way in and out of managers and auditors: a plain form, a cookie that no script and no other site can use."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from hall.clock import Clock
from hall.wire.commands import ManagerCommand, SignIn
from hall.wire.replies import Refusal, Reply
from queue_server.operations import accounts, commands
from queue_server.operations.errors import SessionOverError, SignInError
from queue_server.operations.sessions import find_session, use_session
from queue_server.store import Store
from queue_server.store.records import Session, SessionKind
from queue_server.web.manage import sign_in
from queue_server.web.manage.guard import COOKIE, SIGN_IN, token_of

_HOME = "/manage/"
_INSIDE = frozenset({SessionKind.MANAGER, SessionKind.AUDITOR})
_UNFIT = "工号是 2 到 12 位数字，口令至少 4 位"


@dataclass(frozen=True, slots=True)
class ManagersDoor:
    """Who comes in, over the hall's store."""

    store: Store
    clock: Clock
    hall_key: bytes = field(repr=False)

    async def staff_of(self, token: str) -> str | None:
        """The staff number of who may see the pages by this token, None if nobody may (any more)."""
        session = self._session(token)
        return None if session is None else session.subject

    async def manager_of(self, token: str) -> str | None:
        """The staff number of a manager's open session, None of an auditor's or of none."""
        session = self._session(token)
        return session.subject if session is not None and session.kind is SessionKind.MANAGER else None

    def _session(self, token: str) -> Session | None:
        session = use_session(self.store, self.clock.now(), token) if token else None
        return session if session is not None and session.kind in _INSIDE else None

    async def do(self, token: str, command: ManagerCommand) -> Reply:
        """Carry out a manager's decision; the same request id always gets the same answer. An auditor's are refused.

        Raises:
            SignInError: If the session has ended.
            StoreError: If it cannot be kept.
        """
        moment = self.clock.now()
        session = self._session(token)
        if session is None:
            raise SessionOverError
        if session.kind is not SessionKind.MANAGER:
            return Reply(request_id=command.request_id, refusal=Refusal.NOT_ALLOWED, at=moment.wall_us)
        return await asyncio.wrap_future(
            self.store.write(
                lambda transaction: commands.carry_out(transaction, moment, session, command, self.hall_key)
            )
        )

    def routes(self) -> APIRouter:
        """The form, the way in, the way out."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/manage/sign-in", self._show, methods=["GET"])
        router.add_api_route("/manage/sign-in", self._come_in, methods=["POST"])
        router.add_api_route("/manage/sign-out", self._go_out, methods=["POST"])
        return router

    async def _show(self) -> HTMLResponse:
        return self._form()

    async def _come_in(self, request: Request) -> Response:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        try:
            wanted = SignIn(staff=fields.get("staff", [""])[0].strip(), pin=fields.get("pin", [""])[0])
        except ValidationError:
            return self._form(_UNFIT)
        source = request.client.host if request.client else "unknown"
        try:
            signed = await asyncio.to_thread(accounts.sign_in, self.store, self.clock.now(), wanted, source)
        except SignInError as error:
            return self._form(f"{error}。{error.advice}")
        inside = RedirectResponse(_HOME, 303)
        secure = request.url.scheme == "https"
        inside.set_cookie(COOKIE, signed.session, path="/manage", httponly=True, samesite="strict", secure=secure)
        return inside

    async def _go_out(self, request: Request) -> Response:
        moment = self.clock.now()
        with self.store.read() as reader:
            session = find_session(reader, moment, token_of(request.headers))
        if session is not None and session.kind in _INSIDE:
            await asyncio.wrap_future(self.store.write(lambda t: accounts.end_session(t, moment, session)))
        outside = RedirectResponse(SIGN_IN, 303)
        outside.delete_cookie(COOKIE, path="/manage", httponly=True, samesite="strict")
        return outside

    def _form(self, trouble: str = "") -> HTMLResponse:
        with self.store.read() as reader:
            hall = reader.catalog().hall.name
        page = sign_in.page(hall, trouble)
        return HTMLResponse(page, 401 if trouble else 200, headers={"Cache-Control": "no-store"})
