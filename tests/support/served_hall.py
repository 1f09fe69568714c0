"""A hall's server on a real socket, in this process or as its own, and callers that speak to it over the wire."""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
from websockets.sync.client import ClientConnection, connect

from hall.catalog import Catalog
from hall.clock import Clock
from hall.facts import Body, Fact, TicketIssued
from hall.identity import Holder
from hall.keys import device_proof
from hall.numbering import next_number
from hall.opening import business_day
from hall.ticket import TicketClass
from hall.wire.bookings import PortalToken
from hall.wire.commands import Command, SignIn
from hall.wire.hello import DeviceKind, Hello, Welcome
from hall.wire.replies import Reply, SignedIn
from hall.wire.sync import Push, Pushed, SentFact
from queue_server.api.application import create
from queue_server.api.live import Live
from queue_server.api.parts import Parts
from queue_server.api.screens import looking
from queue_server.app import pages_of
from queue_server.backup.backups import backups_of
from queue_server.config import ServerSettings
from queue_server.foresight import Foresight
from queue_server.link.clock import SystemClock
from queue_server.operations.accounts import Role, add_staff
from queue_server.operations.catalog import publish_catalog
from queue_server.rule_trials import RuleTrials
from queue_server.store import Store
from queue_server.voice import Announcer
from tests.support.referee import small_catalog

MANAGER, AUDITOR, PIN = "1001", "7001", "246802"
ROOT = Path(__file__).resolve().parents[2]


def new_id() -> str:
    return secrets.token_hex(16)


def clerk_of(window: int) -> str:
    """The staff number of the clerk who always sits at a window."""
    return f"{300 + window:04}"


def settings_of(folder: Path, catalog: Catalog | None = None) -> ServerSettings:
    """The settings of a hall in a folder."""
    hall_id = (catalog or small_catalog()).hall.id
    return ServerSettings(hall_id=hall_id, data=folder / "server", hall_key=folder / "hall.key", port=0)


def make_hall(folder: Path, catalog: Catalog | None = None) -> ServerSettings:
    """A hall on disk: key, database with catalogue, a manager and a clerk for every window."""
    catalog = catalog or small_catalog()
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_of(folder, catalog)
    settings.data.mkdir()
    settings.hall_key.touch(mode=0o600)
    settings.hall_key.write_text(secrets.token_hex(32))
    with Store.open(settings.database, catalog.hall.id, new_id=new_id) as store:
        store.run(lambda transaction: publish_catalog(transaction, SystemClock().now(), catalog))
        add_staff(store, MANAGER, PIN, [Role.MANAGER])
        add_staff(store, AUDITOR, PIN, [Role.AUDITOR])
        for window in catalog.windows:
            add_staff(store, clerk_of(window.number), PIN, [Role.CLERK])
    return settings


@dataclass
class Caller:
    """Whoever speaks to a server: with a session or without."""

    address: str
    session: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.session}"} if self.session else {}

    def http(self, method: str, path: str, **options: object) -> httpx.Response:
        with httpx.Client(base_url=self.address, headers=self.headers, timeout=20, trust_env=False) as client:
            return client.request(method, path, **options)  # type: ignore[arg-type]

    def get(self, path: str) -> httpx.Response:
        return self.http("GET", path).raise_for_status()

    @contextmanager
    def socket(self, path: str, **headers: str) -> Iterator[ClientConnection]:
        address = self.address.replace("http", "ws", 1) + path
        with connect(address, additional_headers=self.headers | headers, proxy=None, open_timeout=20) as connected:
            yield connected

    def do(self, command: Command) -> Reply:
        answer = self.http("POST", "/api/commands", content=command.model_dump_json()).raise_for_status()
        return Reply.model_validate_json(answer.content)


@dataclass
class WireKiosk(Caller):
    """A kiosk with a lane and an outbox of its own."""

    welcome: Welcome | None = None
    facts: list[SentFact] = field(default_factory=list)
    highest: int = 0

    def note(self, body: Body, holder: Holder | None = None) -> None:
        assert self.welcome is not None
        moment = SystemClock().now()
        fact = Fact(
            event_id=new_id(),
            lane=self.welcome.lane,
            lane_seq=len(self.facts) + 1,
            wall_us=moment.wall_us,
            mono_us=moment.mono_us,
            boot_id=moment.boot_id,
            body=body,
        )
        self.facts.append(SentFact(fact=fact, holder=holder))

    def issue(
        self,
        group: str,
        service: str,
        prefix: str,
        ticket_class: TicketClass = TicketClass.ORDINARY,
        *,
        offline: bool = False,
    ) -> TicketIssued:
        """The next number, written into the outbox."""
        assert self.welcome is not None
        day = business_day(SystemClock().now().wall_us, 480)
        number = next_number(prefix, day, self.welcome.plan, self.highest, self.welcome.lane, self.highest)
        self.highest = number.n
        body = TicketIssued(
            ticket=new_id(), day=day, service=service, group=group, prefix=prefix, lane=number.lane, n=number.n,
            ticket_class=ticket_class, offline=offline,
        )  # fmt: skip
        self.note(body)
        return body

    def push(self) -> Pushed:
        """Send everything; what is known already is success."""
        assert self.welcome is not None
        moment = SystemClock().now()
        sent = Push(
            lane=self.welcome.lane,
            session_no=self.welcome.session_no,
            sent_mono_us=moment.mono_us,
            boot_id=moment.boot_id,
            facts=tuple(self.facts[-200:]),
        )
        answer = self.http("POST", "/api/sync", content=sent.model_dump_json()).raise_for_status()
        return Pushed.model_validate_json(answer.content)


@dataclass
class ServedHall:
    """A server that answers at `address`; `parts` only when it runs in this process."""

    address: str
    settings: ServerSettings
    parts: Parts | None = None

    @property
    def anybody(self) -> Caller:
        return Caller(self.address)

    def device(
        self, kind: DeviceKind, device: str = "dev-1", window: int | None = None, incarnation: str = ""
    ) -> Welcome:
        nonce = self.anybody.get("/api/hello/nonce").json()["nonce"]
        key = bytes.fromhex(self.settings.hall_key.read_text())
        hello = Hello(
            schema_version=1, device=device, kind=kind, incarnation=incarnation or new_id(),
            boot_id=SystemClock().now().boot_id, last_seq=0, acked_seq=0, window=window, nonce=nonce,
            proof=device_proof(key, device, nonce),
        )  # fmt: skip
        answer = self.anybody.http("POST", "/api/hello", content=hello.model_dump_json()).raise_for_status()
        return Welcome.model_validate_json(answer.content)

    def kiosk(self, device: str = "kiosk-1", incarnation: str = "") -> WireKiosk:
        welcome = self.device(DeviceKind.KIOSK, device, incarnation=incarnation)
        return WireKiosk(self.address, welcome.session, welcome=welcome)

    def window(self, window: int = 1) -> Caller:
        return Caller(self.address, self.device(DeviceKind.WINDOW, f"window-{window}", window).session)

    def rating(self, window: int = 1) -> Caller:
        return Caller(self.address, self.device(DeviceKind.RATING, f"rating-{window}", window).session)

    def sign_in(self, staff: str, window: int | None = None, pin: str = PIN) -> Caller:
        asked = SignIn(staff=staff, pin=pin, window=window)
        body = asked.model_dump(mode="json") | {"pin": pin}
        answer = self.anybody.http("POST", "/api/sessions", json=body).raise_for_status()
        return Caller(self.address, SignedIn.model_validate_json(answer.content).session)

    def clerk(self, window: int = 1) -> Caller:
        return self.sign_in(clerk_of(window), window)

    def manager(self) -> Caller:
        return self.sign_in(MANAGER)

    def auditor(self) -> Caller:
        return self.sign_in(AUDITOR)

    def portal(self, name: str = "city-portal") -> Caller:
        answer = self.manager().http("POST", "/api/portals", json={"name": name}).raise_for_status()
        return Caller(self.address, PortalToken.model_validate_json(answer.content).token)


@contextmanager
def served(
    folder: Path,
    catalog: Catalog | None = None,
    *,
    voice: bool = False,
    foresight: Foresight | None = None,
    rule_trials: Callable[[Store, Clock], RuleTrials] = RuleTrials,
) -> Iterator[ServedHall]:
    """A server on a thread of this process, without the manager's pages; `foresight` is only asked, not run."""
    settings = make_hall(folder, catalog)
    clock = SystemClock()
    with Store.open(settings.database, settings.hall_id, new_id=new_id) as store:
        announcer = Announcer(settings.voice_folder) if voice else None
        parts = Parts(
            settings=settings,
            store=store,
            backups=backups_of(settings, store, bytes.fromhex(settings.hall_key.read_text()), clock),
            clock=clock,
            hall_key=bytes.fromhex(settings.hall_key.read_text()),
            live=Live(looking(store, clock, lambda: foresight.outlook if foresight else None)),
            rule_trials=rule_trials(store, clock),
            announcer=announcer,
            foresight=foresight,
        )
        config = uvicorn.Config(
            create(parts, pages_of(parts)),
            port=0,
            server_header=False,
            ws="websockets-sansio",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        server = _TellingServer(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        assert server.began.wait(20)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield ServedHall(f"http://127.0.0.1:{port}", settings, parts)
        finally:
            server.should_exit = True
            thread.join(20)
            if announcer:
                announcer.close()


@contextmanager
def server_process(folder: Path, catalog: Catalog | None = None, **settings: str) -> Iterator[ServedHall]:
    """The real program, started as a technician would; ends with the block. A hall already in the folder goes on."""
    made = make_hall(folder, catalog) if not folder.exists() else settings_of(folder, catalog)
    variables = {"HALL_ID": made.hall_id, "DATA": str(made.data), "HALL_KEY": str(made.hall_key), "PORT": "0"}
    variables["FORECAST"] = "false"  # a process of its own beside each of many servers
    environment = {f"ONEWINDOW_SERVER_{name}": value for name, value in (variables | settings).items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "queue_server", "--announce"],
        cwd=folder,
        env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield ServedHall(json.loads(process.stdout.readline())["address"], made)
    finally:
        process.terminate()
        process.stdout.close()
        assert process.wait(20) == 0


class _TellingServer(uvicorn.Server):
    """Tells another thread when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.began = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.began.set()
