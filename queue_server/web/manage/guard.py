"""Nothing under /manage without a manager's session: pages, their files, and their live connection."""

from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "onewindow_manager"
SIGN_IN = "/manage/sign-in"
_POLICY = (  # NiceGUI's pages are started by an inline script and compile their templates in the browser
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """Middleware in front of the pages.

    Args:
        app: What it guards.
        staff_of: The staff number of a manager's session token, None without.
    """

    def __init__(self, app: ASGIApp, staff_of: Callable[[str], Awaitable[str | None]]) -> None:
        self._app = app
        self._staff_of = staff_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or connection, as ASGI hands it over."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not same_origin(headers) or await self._staff_of(token_of(headers)) is None:
            await _turn_away(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = _POLICY
            await send(message)

        await self._app(scope, receive, dressed)


def token_of(headers: Headers) -> str:
    """The session token in the cookie, empty without one."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def same_origin(headers: Headers) -> bool:
    """Whether a request that names an origin comes from our own pages (programs name none)."""
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def _turn_away(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4401, "reason": "sign in"})
    elif scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""):
        await RedirectResponse(SIGN_IN, 303)(scope, receive, send)
    else:
        await PlainTextResponse("请先登录", 401)(scope, receive, send)
