"""Who may come in where: one table, and everything that is not in it is refused."""

from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from queue_server.api.errors import NoSessionError, WrongSessionError
from queue_server.api.parts import parts_of
from queue_server.operations.portals import find_portal
from queue_server.operations.sessions import use_session
from queue_server.store.records import STAFF_KINDS, Session, SessionKind

_K = SessionKind
PUBLIC: frozenset[SessionKind] = frozenset()
_DEVICES = frozenset({_K.KIOSK, _K.WINDOW})
_CLERK = frozenset({_K.CLERK})
_RATING = frozenset({_K.RATING})
_MANAGER = frozenset({_K.MANAGER})
_SEES = frozenset({_K.MANAGER, _K.AUDITOR})
"""Of what changes nothing, whatever the method: an auditor sees all that a manager sees."""
_BOOKS = frozenset({_K.PORTAL, _K.MANAGER})

ACCESS: dict[tuple[str, str], AbstractSet[SessionKind]] = {
    ("GET", "/api/ready"): PUBLIC,
    ("GET", "/api/hello/nonce"): PUBLIC,
    ("POST", "/api/hello"): PUBLIC,
    ("GET", "/api/catalog"): frozenset(_K),
    ("POST", "/api/sync"): _DEVICES,
    ("WS", "/api/feed"): _DEVICES,
    ("POST", "/api/health"): frozenset({_K.WINDOW}),
    ("POST", "/api/sessions"): PUBLIC,
    ("DELETE", "/api/sessions"): STAFF_KINDS,
    ("POST", "/api/commands"): _CLERK | _RATING | _MANAGER,
    ("POST", "/api/commands/withdraw"): _CLERK,
    ("POST", "/api/acts"): _CLERK,
    ("GET", "/api/desk"): _CLERK,
    ("WS", "/api/desk/live"): _CLERK,
    ("GET", "/api/waits"): _DEVICES | _SEES,
    ("WS", "/api/waits/live"): frozenset({_K.KIOSK}),
    ("GET", "/api/forecast/accuracy"): _SEES,
    ("POST", "/api/windows/what-if"): _SEES,
    ("POST", "/api/windows/plan"): _SEES,
    ("POST", "/api/rule/preview"): _SEES,
    ("GET", "/api/arrangements"): _SEES,
    ("GET", "/api/accounts"): _SEES,
    ("POST", "/api/accounts/{staff}/pin"): _MANAGER,
    ("GET", "/api/rating"): _RATING,
    ("WS", "/api/rating/live"): _RATING,
    ("GET", "/api/board"): PUBLIC,
    ("WS", "/board/live"): PUBLIC,
    ("WS", "/board/window/{window}/live"): PUBLIC,
    ("GET", "/board"): PUBLIC,
    ("GET", "/board/zone/{zone}"): PUBLIC,
    ("GET", "/board/window/{window}"): PUBLIC,
    ("GET", "/voice/{name}.wav"): PUBLIC,
    ("GET", "/t/{code}"): PUBLIC,
    ("GET", "/t/{code}/now"): PUBLIC,
    ("GET", "/t/{code}/leave"): PUBLIC,
    ("POST", "/t/{code}/leave"): PUBLIC,
    ("GET", "/t/{code}/rate"): PUBLIC,
    ("POST", "/t/{code}/rate"): PUBLIC,
    ("GET", "/api/tickets/{number}/before"): STAFF_KINDS | _DEVICES,
    ("GET", "/api/hall"): _SEES,
    ("GET", "/api/statistics"): _SEES,
    ("GET", "/api/journal"): _SEES,
    ("GET", "/api/journal/check"): _SEES,
    ("GET", "/api/slots"): _BOOKS | _CLERK | _SEES,
    ("POST", "/api/bookings"): _BOOKS,
    ("POST", "/api/bookings/here"): _CLERK | _MANAGER,
    ("POST", "/api/bookings/cancel"): _BOOKS | _CLERK,
    ("GET", "/api/bookings"): _BOOKS | _SEES,
    ("GET", "/api/bookings/changes"): _BOOKS | _SEES,
    ("POST", "/api/bookings/file"): _MANAGER,
    ("POST", "/api/portals"): _MANAGER,
    ("DELETE", "/api/portals/{portal}"): _MANAGER,
    ("GET", "/api/backups"): _SEES,
    ("POST", "/api/backups"): _MANAGER,
    ("POST", "/api/backups/drill"): _MANAGER,
    ("GET", "/manage/sign-in"): PUBLIC,
    ("POST", "/manage/sign-in"): PUBLIC,
    ("POST", "/manage/sign-out"): PUBLIC,
}
"""Method (WS for a socket) and path → kinds of session that may; `PUBLIC` needs none. Mounted folders stand apart."""


async def admit(connection: HTTPConnection) -> None:
    """Runs before every route: lets in by the table, keeps the session for the route in `connection.state`.

    Raises:
        NoSessionError: Without a session, or with one that has ended.
        WrongSessionError: With a session of another kind, from a page of another site, or to a place not in the table.
    """
    path = connection.scope["route"].path
    kinds = ACCESS.get((connection.scope.get("method", "WS"), path))
    if kinds is None:
        raise WrongSessionError("这个地址没有开放")
    _check_origin(connection)
    if kinds is PUBLIC:
        return
    session = session_of(connection)
    if session is None:
        raise NoSessionError("没有登录，或者登录已经结束")
    if session.kind not in kinds:
        raise WrongSessionError("这个登录不能做这件事")
    connection.state.session = session


def session_of(connection: HTTPConnection) -> Session | None:
    """The open session a request brings, None without."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    parts = parts_of(connection)
    moment = parts.clock.now()
    session = use_session(parts.store, moment, token)
    if session is not None:
        return session
    with parts.store.read() as reader:
        return find_portal(reader, moment, token)


async def admitted(connection: HTTPConnection) -> Session:  # async, or each request would cross to a worker thread
    """The session `admit` let in; a dependency of routes that need one."""
    session: Session = connection.state.session
    return session


def _check_origin(connection: HTTPConnection) -> None:
    """Sockets and posts of a browser must come from our own pages; programs name no origin."""
    origin = connection.headers.get("origin")
    if origin is not None and _host_of(origin) != connection.headers.get("host"):
        raise WrongSessionError("请求来自别的网站")


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
