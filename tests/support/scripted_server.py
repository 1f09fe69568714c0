"""A real HTTP and WebSocket server with the addresses a device uses, in memory, that misbehaves on request.

It keeps the promises of hall/wire (nothing applied twice, no gaps, stored answers) with the least of means, so that
what is tested is the device's side. Faults are queued per path and used up one per request.

It is long because everything that a window or kiosk may ask of a server is answered here.
"""

import asyncio
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, Self

import uvicorn
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from hall.catalog import Catalog
from hall.facts import Body
from hall.identity import Holder
from hall.keys import device_proof
from hall.numbering import NumberPlan
from hall.wire.acts import Memory
from hall.wire.commands import Command, SignIn, Withdraw
from hall.wire.hello import Hello, Nonce, Ready, Welcome
from hall.wire.replies import Problem, Refusal, Reply, SignedIn
from hall.wire.sync import FeedHead, FeedItem, Push, Pushed
from hall.wire.views import Desk, RatingPage
from queue_server.link.clock import new_id
from tests.support.tickets import NINE, entry

HALL_KEY = bytes(range(32))
PIN = "824615"
_COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

LOST_REPLY = "lost_reply"  # carried out, but the connection breaks before the answer
LOST_REQUEST = "lost_request"  # the connection breaks before anything is carried out
BUSY = "busy"
NO_SESSION = "no_session"
FENCED = "fenced"
REUSED = "reused"  # the request id belongs to another command
REFUSED = "refused"  # a final no
GARBAGE = "garbage"
DIVERGED = "diverged"
_SESSION_ENDED = 4401
_GOING_DOWN = 1012
_STATUS = {
    BUSY: (503, "store.busy", "later"),
    NO_SESSION: (401, "session.none", "never"),
    FENCED: (400, "push.fenced", "now"),
    REUSED: (400, "request.reused", "never"),
    REFUSED: (400, "body.bad", "never"),
}


class ScriptedServer:
    """One server on a free port of this machine. Attributes are what it knows and may be set before a request."""

    def __init__(self, catalog: Catalog | None = None) -> None:
        self.catalog = catalog
        self.plan: NumberPlan | None = None
        self.next_plan: NumberPlan | None = None
        self.epoch = "e" * 32
        self.journal: list[FeedItem] = []
        self.event_ids: dict[tuple[int, int], str] = {}
        self.lanes: dict[str, int] = {}
        self.quarantined: set[int] = set()
        self.hellos: list[Hello] = []
        self.plans_told: list[str] = []
        self.sessions: set[str] = set()
        self.replies: dict[str, Reply] = {}
        self.carried_out = 0
        self.memories: list[Memory] = []
        self.desk: Desk | None = None
        self.page: RatingPage | None = None
        self.faults: dict[str, deque[str]] = defaultdict(deque)
        self.seen: dict[str, int] = defaultdict(int)
        self.batches: list[int] = []
        self._asked = threading.Condition()
        self._nonces: set[str] = set()
        self._sockets: set[WebSocket] = set()
        self._news = asyncio.Event()
        self._close_code = _SESSION_ENDED
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._server: uvicorn.Server | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def highwater(self, lane: int) -> int:
        return sum(known == lane for known, _ in self.event_ids)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        config = uvicorn.Config(
            self._app(),
            host="127.0.0.1",
            port=self.port,
            ws="websockets-sansio",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        assert self._started.wait(10)

    def stop(self) -> None:
        """End it as a crash would: every connection breaks."""
        if self._server is not None:
            server, self._server = self._server, None
            self.call(lambda: self._end_sockets(_GOING_DOWN))
            server.should_exit = True
            self._thread.join(10)

    def call(self, act: Callable[[], object]) -> None:
        """Do something on the server's own thread and wait for it."""
        done = threading.Event()

        def do() -> None:
            act()
            self._tell()
            done.set()

        self._loop.call_soon_threadsafe(do)
        assert done.wait(10)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something that requests change is so."""
        with self._asked:
            assert self._asked.wait_for(holds, 10)

    def happen(self, body: Body, holder: Holder | None = None) -> None:
        """Something in the hall, by the server's own lane."""
        self.call(lambda: self._record(body, 0, None, holder))

    def forget_sessions(self) -> None:
        """As after a restart: nobody is known any more."""
        self.call(lambda: self._end_sockets(_SESSION_ENDED, self.sessions.clear))

    def restore(self, highwater: int) -> None:
        """Put an older backup in place: a new epoch that knows less."""
        self.event_ids = {place: event for place, event in self.event_ids.items() if place[1] <= highwater}
        self.journal = self.journal[:highwater]
        self.epoch = new_id()

    def _serve(self) -> None:
        async def run() -> None:
            self._loop = asyncio.get_running_loop()
            assert self._server is not None
            serving = asyncio.create_task(self._server.serve())
            while not self._server.started:
                await asyncio.sleep(0.005)
            self._started.set()
            await serving

        asyncio.run(run())

    def _app(self) -> Any:
        starlette = Starlette(
            routes=[
                Route("/api/ready", self._ready),
                Route("/api/hello/nonce", self._get_nonce),
                Route("/api/hello", self._hello, methods=["POST"]),
                Route("/api/catalog", self._get_catalog),
                Route("/api/sync", self._sync, methods=["POST"]),
                Route("/api/sessions", self._sign_in, methods=["POST"]),
                Route("/api/commands", self._command, methods=["POST"]),
                Route("/api/commands/withdraw", self._withdraw, methods=["POST"]),
                Route("/api/acts", self._acts, methods=["POST"]),
                Route("/api/desk", self._desk_now),
                WebSocketRoute("/api/feed", self._feed),
                WebSocketRoute("/api/desk/live", self._desk_live),
                WebSocketRoute("/api/rating/live", self._rating_live),
            ]
        )

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await starlette(scope, receive, send)
                return
            path = scope["path"]
            self.seen[path] += 1
            fault = self.faults[path].popleft() if self.faults[path] else ""
            if fault in _STATUS:
                await _problem(*_STATUS[fault])(scope, receive, send)
            elif fault == GARBAGE:
                await Response("<html>login to the guest network</html>")(scope, receive, send)
            elif fault in (LOST_REPLY, LOST_REQUEST):
                if fault == LOST_REPLY:
                    await starlette(scope, receive, _swallow)
                send.__self__.transport.abort()
                await asyncio.sleep(0)
            else:
                scope["fault"] = fault
                await starlette(scope, receive, send)

        return app

    async def _ready(self, _: Request) -> Response:
        return _json(Ready(hall="test-hall", schema_version=1, epoch=self.epoch))

    async def _get_nonce(self, _: Request) -> Response:
        nonce = new_id()
        self._nonces.add(nonce)
        return _json(Nonce(nonce=nonce))

    async def _hello(self, request: Request) -> Response:
        hello = Hello.model_validate_json(await request.body())
        if hello.nonce not in self._nonces or hello.proof != device_proof(HALL_KEY, hello.device, hello.nonce):
            return _problem(400, "hello.proof", "after_mending")
        self._nonces.discard(hello.nonce)
        self.hellos.append(hello)
        used = [0, hello.lane or 0, hello.replaces or 0, *self.lanes.values()]
        lane = self.lanes.setdefault(hello.incarnation, max(used) + 1)
        highwater = self.highwater(lane)
        return _json(
            Welcome(
                schema_version=1,
                session=self._session(),
                session_no=self.seen["/api/hello"],
                server_epoch=self.epoch,
                server_time=NINE,
                hall_id="test-hall",
                lane=lane,
                highwater=highwater,
                known_event=self.event_ids.get((lane, min(highwater, hello.last_seq)), ""),
                plan=self.plan,
                next_plan=self.next_plan,
                renew=lane in self.quarantined,
                catalog_version=self._version(),
            )
        )

    async def _get_catalog(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        assert self.catalog is not None
        return _json(self.catalog)

    async def _sync(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        push = Push.model_validate_json(await request.body())
        self.batches.append(len(push.facts))
        self.plans_told.append(push.plan_id)
        diverged = request.scope["fault"] == DIVERGED or push.lane in self.quarantined
        for sent in () if diverged else push.facts:
            place = (push.lane, sent.fact.lane_seq)
            if sent.fact.lane_seq == self.highwater(push.lane) + 1:
                self.event_ids[place] = sent.fact.event_id
                self._record(sent.fact.body, *place, sent.holder)
            elif self.event_ids.get(place) != sent.fact.event_id:
                diverged = True
        self._tell()
        return _json(
            Pushed(
                highwater=self.highwater(push.lane),
                diverged=diverged,
                plan=self.plan,
                next_plan=self.next_plan,
                catalog_version=self._version(),
            )
        )

    async def _sign_in(self, request: Request) -> Response:
        sign_in = SignIn.model_validate_json(await request.body())
        if sign_in.pin != PIN:
            return _problem(400, "signin.refused", "after_mending")
        return _json(
            SignedIn(
                session=self._session(), staff=sign_in.staff, roles=("clerk",), window=sign_in.window, expires_at=NINE
            )
        )

    async def _command(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        command = _COMMAND.validate_json(await request.body())
        if command.request_id not in self.replies:
            self.carried_out += 1
            self.replies[command.request_id] = Reply(request_id=command.request_id, seq=self.carried_out)
        return _json(self.replies[command.request_id])

    async def _withdraw(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        asked = Withdraw.model_validate_json(await request.body()).request_id
        never = Reply(request_id=asked, refusal=Refusal.WITHDRAWN)
        return _json(self.replies.setdefault(asked, never))

    async def _acts(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        self.memories.append(Memory.model_validate_json(await request.body()))
        return Response(status_code=204)

    async def _desk_now(self, request: Request) -> Response:
        if not self._known(request):
            return _problem(401, "session.none", "never")
        assert self.desk is not None
        return _json(self.desk)

    async def _feed(self, socket: WebSocket) -> None:
        place = int(socket.query_params["after"])

        async def send() -> None:
            nonlocal place
            for item in self.journal[place:]:
                await socket.send_text(item.model_dump_json())
                place = item.entry.seq
            head = FeedHead(
                seq=len(self.journal), server_epoch=self.epoch, server_time=NINE, catalog_version=self._version()
            )
            await socket.send_text(head.model_dump_json())

        await self._live(socket, send)

    async def _desk_live(self, socket: WebSocket) -> None:
        await self._live(socket, lambda: _send_view(socket, self.desk))

    async def _rating_live(self, socket: WebSocket) -> None:
        await self._live(socket, lambda: _send_view(socket, self.page))

    async def _live(self, socket: WebSocket, send: Callable[[], Any]) -> None:
        if not self._known(socket):
            await socket.close()
            return
        await socket.accept()
        self._sockets.add(socket)
        try:
            while socket in self._sockets:
                news = self._news
                await send()
                await news.wait()
            await socket.close(self._close_code)
        except (RuntimeError, WebSocketDisconnect):
            pass  # the other end left first
        finally:
            self._sockets.discard(socket)

    def _record(self, body: Body, lane: int, lane_seq: int | None, holder: Holder | None) -> None:
        item = FeedItem(entry=entry(len(self.journal) + 1, body, lane=lane, lane_seq=lane_seq), holder=holder)
        self.journal.append(item)

    def _session(self) -> str:
        session = new_id()
        self.sessions.add(session)
        return session

    def _known(self, connection: Request | WebSocket) -> bool:
        return connection.headers.get("authorization", "").removeprefix("Bearer ") in self.sessions

    def _version(self) -> str:
        return self.catalog.version if self.catalog else ""

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
        with self._asked:
            self._asked.notify_all()

    def _end_sockets(self, code: int, act: Callable[[], object] = lambda: None) -> None:
        act()
        self._close_code = code
        self._sockets.clear()


async def _swallow(_: Any) -> None:
    pass


async def _send_view(socket: WebSocket, view: Desk | RatingPage | None) -> None:
    if view is not None:
        await socket.send_text(view.model_dump_json())


def _json(model: Any) -> Response:
    return Response(model.model_dump_json(), media_type="application/json")


def _problem(status: int, code: str, retry: str) -> Response:
    problem = Problem(code=code, message="no", retry=retry, advice="请稍等")
    return Response(problem.model_dump_json(), status, media_type="application/json")
