"""The manager's way in and out: a plain form, a cookie that no script and no other site can use."""

import asyncio
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import ValidationError

from hall.wire.commands import SignIn
from queue_server.api.parts import Parts, parts_of
from queue_server.api.staff import source_of
from queue_server.operations import accounts
from queue_server.operations.errors import SignInError
from queue_server.operations.sessions import find_session, use_session
from queue_server.store.records import Session, SessionKind
from queue_server.web.manage import sign_in
from queue_server.web.manage.guard import COOKIE, SIGN_IN, token_of

router = APIRouter(include_in_schema=False)
_HOME = "/manage/"
_UNFIT = "工号是 2 到 12 位数字，口令至少 4 位"


@router.get("/manage/sign-in")
async def form(request: Request) -> HTMLResponse:
    """The empty form."""
    return _form(parts_of(request))


@router.post("/manage/sign-in")
async def come_in(request: Request) -> Response:
    """Open a manager's session, or say why not."""
    parts = parts_of(request)
    fields = parse_qs((await request.body()).decode("utf-8", "replace"))
    try:
        wanted = SignIn(staff=fields.get("staff", [""])[0].strip(), pin=fields.get("pin", [""])[0])
    except ValidationError:
        return _form(parts, _UNFIT)
    try:
        signed = await asyncio.to_thread(accounts.sign_in, parts.store, parts.clock.now(), wanted, source_of(request))
    except SignInError as error:
        return _form(parts, f"{error}。{error.advice}")
    inside = RedirectResponse(_HOME, 303)
    inside.set_cookie(
        COOKIE, signed.session, path="/manage", httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return inside


@router.post("/manage/sign-out")
async def go_out(request: Request) -> RedirectResponse:
    """End the session and forget the cookie."""
    parts = parts_of(request)
    moment = parts.clock.now()
    with parts.store.read() as reader:
        session = find_session(reader, moment, token_of(request.headers))
    if session is not None and session.kind is SessionKind.MANAGER:
        await asyncio.wrap_future(parts.store.write(lambda t: accounts.end_session(t, moment, session)))
    outside = RedirectResponse(SIGN_IN, 303)
    outside.delete_cookie(COOKIE, path="/manage", httponly=True, samesite="strict")
    return outside


async def manager_of(parts: Parts, token: str) -> str | None:
    """The staff number of a manager's open session, None if the token is not one."""
    session: Session | None = use_session(parts.store, parts.clock.now(), token) if token else None
    return session.subject if session is not None and session.kind is SessionKind.MANAGER else None


def _form(parts: Parts, trouble: str = "") -> HTMLResponse:
    with parts.store.read() as reader:
        hall = reader.catalog().hall.name
    page = sign_in.page(hall, trouble)
    return HTMLResponse(page, 401 if trouble else 200, headers={"Cache-Control": "no-store"})
