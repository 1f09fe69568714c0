"""The server's addresses as calls: one request, one answer, or one error of this room's tree.

The table of addresses stands in hall/wire/README.md.
"""

import threading
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from hall.catalog import Catalog
from hall.clock import SECOND_US, Clock
from hall.keys import device_proof
from hall.wire.acts import Memory
from hall.wire.commands import Command, SignIn, Withdraw
from hall.wire.health import HealthReport
from hall.wire.hello import DeviceKind, Hello, Nonce, Ready, Welcome
from hall.wire.replies import Reply, SignedIn
from hall.wire.sync import Push, Pushed
from hall.wire.version import MIN_SCHEMA_VERSION, SCHEMA_VERSION
from hall.wire.views import Desk, RatingPage
from queue_server.link.errors import (
    OtherHall,
    ServerAway,
    ServerGarbled,
    ServerRefused,
    VersionTooNew,
    VersionTooOld,
)
from queue_server.link.find import Finder
from queue_server.link.problems import error_of

M = TypeVar("M", bound=BaseModel)
PATIENCE_S = 15.0
_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_PAUSE_S = 0.25
_OTHER_VERSION = "hello.schema"


class ServerLink:
    """A client of one server under one session; safe to use from several threads.

    Args:
        address: `http://HOST:PORT`.
        clock: For the patience of `command`.
        transport: Another way to the server than the network, for tests.

    Attributes:
        session: Sent with every request once `hello` or `sign_in` has brought it.
    """

    def __init__(self, address: str, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self.address = address
        self.session = ""
        self._clock = clock
        # The hall's network is spoken to directly: a proxy of the machine's owner has no business here.
        # Certificates are loaded only where they are checked: on a plain address that would cost 30 ms at every try.
        secure = address.startswith("https:")
        self._client = httpx.Client(
            base_url=address, timeout=_TIMEOUT, trust_env=False, transport=transport, verify=secure
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hello(
        self,
        hall_key: bytes,
        *,
        device: str,
        kind: DeviceKind,
        incarnation: str,
        boot_id: str,
        last_seq: int = 0,
        acked_seq: int = 0,
        catalog_version: str = "",
        lane: int | None = None,
        replaces: int | None = None,
        plan_id: str = "",
        server_epoch: str = "",
        feed_seq: int = 0,
        window: int | None = None,
        hall_id: str = "",
    ) -> Welcome:
        """Introduce the device and take over the session.

        With a hall's id nothing of the device is told to the server of another one.

        Raises:
            OtherHall: If the server is of another hall.
            LinkError: One of its branches; `VersionTooNew` also when the server is older than this device can bear.
        """
        self.session = ""
        nonce = self._get("/api/hello/nonce", Nonce)
        if nonce.schema_version < MIN_SCHEMA_VERSION:
            raise VersionTooNew(f"the server speaks version {nonce.schema_version}, we need {MIN_SCHEMA_VERSION}")
        if hall_id and nonce.hall_id not in ("", hall_id):
            raise OtherHall(f"the server is of {nonce.hall_id}, this device's data are of {hall_id}")
        hello = Hello(
            schema_version=SCHEMA_VERSION,
            device=device,
            kind=kind,
            incarnation=incarnation,
            boot_id=boot_id,
            last_seq=last_seq,
            acked_seq=acked_seq,
            catalog_version=catalog_version,
            lane=lane,
            replaces=replaces,
            plan_id=plan_id,
            server_epoch=server_epoch,
            feed_seq=feed_seq,
            window=window,
            nonce=nonce.nonce,
            proof=device_proof(hall_key, device, nonce.nonce),
        )
        try:
            welcome = self._post("/api/hello", hello, Welcome)
        except ServerRefused as error:
            if error.problem.code != _OTHER_VERSION:
                raise
            verdict = VersionTooOld if nonce.schema_version > SCHEMA_VERSION else VersionTooNew
            raise verdict(f"the server speaks version {nonce.schema_version}, we speak {SCHEMA_VERSION}") from None
        self.session = welcome.session
        return welcome

    def ready(self) -> Ready:
        """Which hall serves here, and in which life; needs no session."""
        return self._get("/api/ready", Ready)

    def push(self, push: Push) -> Pushed:
        """Send a run of facts. Sending it again is harmless."""
        return self._post("/api/sync", push, Pushed)

    def report_health(self, report: HealthReport) -> None:
        """Tell how a window's devices are. Telling it again is harmless."""
        self._send(self._request("/api/health", report))

    def catalog(self) -> Catalog:
        """The catalogue in force."""
        return self._get("/api/catalog", Catalog)

    def sign_in(self, staff: str, pin: str, window: int | None) -> SignedIn:
        """Open a staff session and take it over.

        Raises:
            ServerRefused: If staff number and PIN do not fit, or the account is locked.
        """
        self.session = ""
        signed_in = self._post("/api/sessions", SignIn(staff=staff, pin=pin, window=window), SignedIn)
        self.session = signed_in.session
        return signed_in

    def command(
        self, command: Command, *, patience_s: float = PATIENCE_S, cancel: threading.Event | None = None
    ) -> Reply:
        """Send a command until it is answered: always with its own request id, so it is carried out once.

        Args:
            command: The command with its request id.
            patience_s: After that many seconds without an answer the last error is raised.
            cancel: Set it to give up at once.

        Raises:
            ServerAway: If no answer came in time; whether it was carried out is unknown, the same id may be sent again.
            LinkError: Any other branch at once.
        """
        cancel = cancel or threading.Event()
        deadline = self._clock.now().mono_us + round(patience_s * SECOND_US)
        while True:
            try:
                return self._post("/api/commands", command, Reply)
            except ServerAway:
                if self._clock.now().mono_us >= deadline or cancel.wait(_PAUSE_S):
                    raise

    def withdraw(self, request_id: str) -> Reply:
        """What became of a command; one that was not carried out is refused from now on. Asking again is harmless."""
        return self._post("/api/commands/withdraw", Withdraw(request_id=request_id), Reply)

    def tell_acts(self, memory: Memory) -> None:
        """Tell a run of what this window remembers. Telling it again is harmless."""
        self._send(self._request("/api/acts", memory))

    def desk(self) -> Desk:
        """The clerk's desk now."""
        return self._get("/api/desk", Desk)

    def rating(self) -> RatingPage:
        """The rating page now."""
        return self._get("/api/rating", RatingPage)

    def _get(self, path: str, answer: type[M]) -> M:
        return self._answer(self._client.build_request("GET", path, headers=self._headers()), answer)

    def _post(self, path: str, body: BaseModel, answer: type[M]) -> M:
        return self._answer(self._request(path, body), answer)

    def _request(self, path: str, body: BaseModel) -> httpx.Request:
        headers = self._headers() | {"Content-Type": "application/json"}
        return self._client.build_request("POST", path, content=body.model_dump_json(), headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session}"} if self.session else {}

    def _answer(self, request: httpx.Request, answer: type[M]) -> M:
        response = self._send(request)
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise ServerGarbled(f"{request.url.path} answered no {answer.__name__}") from error

    def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._client.send(request)
        except (httpx.TransportError, RuntimeError) as error:  # httpx: a closed client is a RuntimeError
            raise ServerAway(f"{self.address} does not answer: {type(error).__name__}") from error
        if response.status_code >= httpx.codes.BAD_REQUEST:
            raise error_of(response.status_code, response.text, with_session="Authorization" in request.headers)
        return response


def connect(finder: Finder, clock: Clock, cancel: threading.Event) -> ServerLink:
    """A link to the server that the finder tells, without a session yet.

    Raises:
        ServerAway: If it tells none.
    """
    address = finder.address(cancel)
    if address is None:
        raise ServerAway("no server was found on the network")
    return ServerLink(address, clock)
