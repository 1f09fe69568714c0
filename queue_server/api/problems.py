"""Every error as a `Problem`: stable code, plain words, whether to retry, what to do. Never a traceback."""

import logging
import traceback
from collections.abc import Callable
from pathlib import PurePath

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hall.errors import BugError, InputError, OneWindowError, Retry, WorldError
from hall.wire.replies import Problem
from queue_server.api.bodies import answer
from queue_server.api.errors import (
    BadBodyError,
    NoSessionError,
    NoSuchAddressError,
    TooLargeError,
    WrongSessionError,
)
from queue_server.operations.errors import (
    FencedError,
    LockedError,
    NoSuchAccountError,
    NoSuchZoneError,
    ProofError,
    SchemaError,
    SignInError,
)

log = logging.getLogger("onewindow.server.api")

_STATUS: tuple[tuple[type[OneWindowError], int], ...] = (
    (NoSessionError, 401),
    (WrongSessionError, 403),
    (NoSuchAddressError, 404),
    (NoSuchAccountError, 404),
    (NoSuchZoneError, 404),
    (TooLargeError, 413),
    (SchemaError, 409),
    (FencedError, 409),
    (ProofError, 403),
    (LockedError, 429),
    (SignInError, 401),
    (InputError, 400),
    (WorldError, 503),
    (OneWindowError, 500),
)


def status_of(error: OneWindowError) -> int:
    """The HTTP status an error gets."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def problem_of(error: OneWindowError) -> Problem:
    """The error as it travels; of our own bugs only that there was one."""
    if isinstance(error, BugError):
        return Problem(code=BugError.code, message="服务器内部出错，已记录", retry=Retry.LATER, advice="请稍后再试")
    return Problem(code=error.code, message=str(error), retry=error.retry, advice=error.advice)


def refuse(error: OneWindowError) -> Response:
    """The whole answer to a request that went wrong."""
    return answer(problem_of(error), status_of(error))


def install_problems(app: FastAPI, lost: Callable[[Request], Response | None]) -> None:
    """Make an application answer its errors, and the framework's own, as problems.

    Args:
        app: The application.
        lost: The page for a person at an address that is not there; None for a program.
    """

    async def known(connection: HTTPConnection, error: Exception) -> Response | None:
        assert isinstance(error, OneWindowError)
        if isinstance(error, BugError):
            log_bug(error)
        if isinstance(connection, WebSocket):  # not accepted yet: sockets end their own troubles afterwards
            await connection.send_denial_response(refuse(error))
            return None
        return refuse(error)

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code in {404, 405}:
            return lost(request) or refuse(NoSuchAddressError("没有这个地址"))
        problem = Problem(code=f"http.{error.status_code}", message=str(error.detail), retry=Retry.NEVER)
        return answer(problem, error.status_code)

    async def unfit(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        places = "、".join(".".join(str(part) for part in detail["loc"][1:]) for detail in error.errors())
        return refuse(BadBodyError(f"地址里的值不对：{places}"))

    app.add_exception_handler(OneWindowError, known)  # type: ignore[arg-type] # typed for one kind of connection only
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(HTTPException, framework)
    app.add_middleware(BugNet)


_UNANSWERED = "No response returned."


def log_bug(error: BaseException) -> None:
    """One line: what kind and where, without its words, which may quote what a person sent."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))
    log.error("bug: %s at %s", type(error).__name__, places)


class BugNet:
    """Catches what nobody expected: logs where, answers 500 `bug` if nothing was answered yet.

    Of a browser that left before its page was made nothing is logged: Starlette's middleware raises then, for want of
    an answer that nobody waits for any more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        started = left = False

        async def hearing() -> Message:
            nonlocal left
            message = await receive()
            left = left or message["type"] == "http.disconnect"
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        http = scope["type"] == "http"
        try:
            await self._app(scope, hearing if http else receive, watched if http else send)
        except Exception as error:
            if left and str(error) == _UNANSWERED:
                return
            log_bug(error)
            if http and not started:
                await refuse(BugError("unexpected"))(scope, receive, send)
