"""Sets the stage of a rehearsal: a hall in a folder, and its twins and programs as real processes."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

from devices.simulation import Control
from hall.catalog import Catalog
from hall.opening import DAYS, WeekHours
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.folder import FirstPin, HallFolder
from installer.rehearsal.processes import Crew, Program
from queue_server.operations.accounts import Role

SAMPLE = Path(__file__).resolve().parents[1] / "sample_hall"
WINDOW = 3
CLERK = "0303"
MANAGER = "1001"
USUAL_PORT = 8600


def open_all_day(catalog: Catalog) -> Catalog:
    """The same hall, open at any hour of any day, so that a rehearsal can be held at night."""
    always = WeekHours(**dict.fromkeys(DAYS, ("00:00-24:00",)))
    groups = tuple(group.model_copy(update={"hours": None}) for group in catalog.groups)
    hall = catalog.hall.model_copy(update={"hours": always})
    return Catalog(hall=hall, groups=groups, services=catalog.services, windows=catalog.windows)


def _with_phone_page(catalog: Catalog, address: str) -> Catalog:
    """The same hall, whose slips lead a phone to its page."""
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"public_url": address})})


def free_port(wanted: int = 0) -> int:
    """The wanted port if nobody listens on it, else a free one."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port")


@dataclass(frozen=True, slots=True)
class Twin:
    """A running twin: what a driver opens, and the hand of the person at it."""

    program: Program
    address: str
    control_address: str

    @property
    def control(self) -> Control:
        """Acts upon it."""
        return Control(self.control_address)


class Stage:
    """Everything of one rehearsal in one folder; programs are started one by one.

    Args:
        folder: Where the hall, the logs and the slips lie; kept from one rehearsal to the next.
        crew: Ends the programs again.
        small: Kiosk and window as small windows on a real screen.
        port: The server's port if it is free; else, and with 0, any.
    """

    def __init__(self, folder: Path, crew: Crew, *, small: bool = False, port: int = 0) -> None:
        self.folder = folder
        self.crew = crew
        self.hall = HallFolder(folder / "hall")
        self.metrics = folder / "logs" / "kiosk-metrics.jsonl"
        self.settings = folder / "hall" / "rehearsal.toml"
        self._small = small
        self.port = free_port(port)
        self.address = f"http://127.0.0.1:{self.port}"
        self.catalog = _with_phone_page(open_all_day(read_catalogue(SAMPLE)), self.address)

    def init_hall(self) -> tuple[FirstPin, FirstPin]:
        """Make the hall on the first rehearsal; fresh PINs for its clerk and its manager on every one."""
        if self.hall.database.exists():
            self.hall.publish(self.catalog)
        else:
            self.hall.create(self.catalog, server_port=self.port)
        return self.hall.renew_pin(CLERK, (Role.CLERK,)), self.hall.renew_pin(MANAGER, (Role.MANAGER,))

    def start_twins(self) -> dict[str, Twin]:
        """Reader and scanner on pseudo-terminals, printer on a TCP port."""
        slips = self.folder / "slips"
        options = {
            "id_card": ["--link", str(self.folder / "id_card.tty")],
            "scanner": ["--link", str(self.folder / "scanner.tty")],
            "printer": ["--port", "0", "--out", str(slips)],
        }
        programs = {
            kind: self.crew.start(f"twin-{kind}", "devices", "simulate", kind, *extra)
            for kind, extra in options.items()
        }
        twins = {}
        for kind, program in programs.items():
            line = program.hear("ready")
            twins[kind] = Twin(program, line["address"], line["control"])
        self.settings.write_text(self._toml(twins), encoding="utf-8")
        return twins

    def start_server(self) -> Program:
        """The server, once it is ready."""
        server = self.crew.start("server", "queue_server", "--config", str(self.settings), "--announce")
        server.hear("address")
        return server

    def start_kiosk(self, script: list[dict[str, object]] | None = None) -> Program:
        """The kiosk; with a script it plays it and ends."""
        arguments = ["kiosk", "--config", str(self.settings), "--metrics", str(self.metrics)]
        if script is not None:
            play = self.folder / "logs" / "kiosk-play.json"
            play.write_text(json.dumps(script, ensure_ascii=False, indent=1), encoding="utf-8")
            arguments += ["--play", str(play), "--pictures", str(self.folder)]
        return self.crew.start("kiosk", *arguments)

    def forget_script(self) -> None:
        """Delete the kiosk's script once it is read: it waits for a masked name, which has no business in a file."""
        (self.folder / "logs" / "kiosk-play.json").unlink()

    def start_window(self, *, played: bool) -> Program:
        """The window client with its rating page; played, it takes steps as JSON lines."""
        return self.crew.start(
            "window", "window_client", "--config", str(self.settings), *(("--play", "-") if played else ())
        )

    def durations(self) -> dict[str, dict[str, float]]:
        """The kiosk's last figure of each kind: `ms` and the moment it ended (`mono_us`)."""
        lines = self.metrics.read_text(encoding="utf-8").splitlines() if self.metrics.exists() else []
        return {line["what"]: line for line in map(json.loads, lines)}

    def _toml(self, twins: dict[str, Twin]) -> str:
        def text(value: object) -> str:
            return json.dumps(str(value), ensure_ascii=False)

        key = text(self.hall.hall_key)
        size = "full_screen = false\nwidth = 540\nheight = 960" if self._small else "full_screen = false"
        return f"""# 演示用的设置，每次演示重写
[server]
hall_id = "{self.catalog.hall.id}"
data = {text(self.hall.database.parent)}
hall_key = {key}
port = {self.port}

[kiosk]
name = "kiosk-1"
number = 1
data = {text(self.hall.root / "kiosk-1")}
hall_key = {key}
server = "{self.address}"
{size}

[devices.id_card]
port = {text(twins["id_card"].address)}

[devices.scanner]
port = {text(twins["scanner"].address)}

[devices.printer]
address = "tcp:{twins["printer"].address}"

[window]
number = {WINDOW}
hall_key = {key}
server = "{self.address}"
"""
