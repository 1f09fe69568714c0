"""At the door of every request: no body over 1 MB, and headers that keep browsers from doing more than asked."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from queue_server.api.errors import TooLargeError
from queue_server.api.problems import refuse

BODY_BYTES = 1_000_000
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a form of ours would name the origin "null"
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Door:
    """Wraps an application: limits bodies, adds safety headers unless a page brought its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, as ASGI hands it over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > BODY_BYTES:
            await refuse(TooLargeError("请求太大", advice="一次最多 1 MB，请分批发送"))(scope, receive, dressed)
            return
        await self._app(scope, _limited(receive), dressed)


def _limited(receive: Receive) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > BODY_BYTES:  # sent in chunks, without a declared length
            raise TooLargeError("请求太大", advice="一次最多 1 MB，请分批发送")
        return message

    return counted
