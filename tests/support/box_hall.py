"""A window without a screen in a real hall: server, box and the three twins, each a process; hands for all of them."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from devices.call_pad import PadKey
from devices.simulation.process import TwinProcess
from hall.facts import JournalEntry
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import free_port
from queue_server.config import ServerSettings
from tests.support.served_hall import PIN, ROOT, ServedHall, clerk_of, make_hall
from tests.support.watched import WAIT_S, until

AGAIN_S = 1.0
F = TypeVar("F")
WINDOW, IDLE = 1, "1号窗口"


class BoxHall:
    """One running hall with a box at window 1."""

    def __init__(self, folder: Path, crew: Crew, twins: dict[str, TwinProcess]) -> None:
        self._crew = crew
        self._settings = make_hall(folder)
        self._port = free_port()
        self.config = folder / "hall.toml"
        self.config.write_text(_toml(self._settings, self._port, twins), encoding="utf-8")
        self.hall = ServedHall(f"http://127.0.0.1:{self._port}", self._settings)
        self.twins = twins
        self.server = self.start_server()
        self.kiosk = self.hall.kiosk()
        self.box = self.start_box()

    def start_server(self) -> Program:
        server = self._crew.start("server", "queue_server", "--config", str(self.config), "--announce")
        server.hear("address")
        return server

    def start_box(self, *arguments: str) -> Program:
        box = self._crew.start("box", "window_client", "--config", str(self.config), "--box", *arguments)
        box.hear("ready")
        return box

    # What people see

    def pad(self) -> str:
        return str(self.twins["call_pad"].control.act("state")["text"])

    def strip(self) -> str:
        return str(self.twins["led_display"].control.act("state")["text"])

    def until_pad(self, text: str) -> None:
        _until(lambda: self.pad() == text, lambda: f"the pad says {self.pad()!r}, not {text!r}")

    def until_strip(self, text: str) -> None:
        _until(lambda: self.strip() == text, lambda: f"the strip says {self.strip()!r}, not {text!r}")

    # What people do

    def issue(self) -> str:
        """A citizen takes a number."""
        issued = self.kiosk.issue("alpha", "alpha_one", "A")
        self.kiosk.push()
        return f"A{issued.n:03}"

    def press(self, key: PadKey) -> None:
        self.twins["call_pad"].control.act("press", key=key.value)

    def digits(self, digits: str) -> None:
        self.twins["call_pad"].control.act("type", digits=digits)

    def do(self, key: PadKey, *, strip: str = "", pad: str = "") -> None:
        """Press until strip or pad says so: a key pressed while the acts rest does nothing, and is pressed again."""

        def holds() -> bool:
            return (not strip or self.strip() == strip) and (not pad or self.pad() == pad)

        deadline = time.monotonic() + WAIT_S
        while not holds():
            assert time.monotonic() < deadline, f"the strip says {self.strip()!r}, the pad {self.pad()!r}"
            self.press(key)
            again = time.monotonic() + AGAIN_S
            until(lambda: holds() or time.monotonic() > again)  # noqa: B023 - asked at once

    def sign_in(self, then: str = "没人在等") -> None:
        """By digits, if nobody is."""
        if not self.box.alive:
            self.box = self.start_box()
        until(lambda: self.pad() in ("输入工号", then))
        if self.pad() == then:
            return
        self.digits(clerk_of(WINDOW))
        self.until_pad(clerk_of(WINDOW))
        self.press(PadKey.ENTER)
        self.until_pad("输入口令")
        self.digits(PIN)
        self.until_pad("*" * len(PIN))
        self.press(PadKey.ENTER)
        self.until_pad(then)

    def serve(self, number: str) -> None:
        """From the call to the end."""
        self.do(PadKey.START, strip=f"{number}号服务中")
        self.do(PadKey.FINISH, strip=IDLE)

    # What the manager sees

    def facts(self, kind: type[F]) -> list[F]:
        """What the journal holds of one kind, in order."""
        lines = self.hall.manager().get("/api/journal?after=0").text.splitlines()
        bodies = (JournalEntry.model_validate_json(line).fact.body for line in lines)
        return [body for body in bodies if isinstance(body, kind)]

    def part(self, part: str) -> dict[str, Any]:
        devices = self.hall.manager().get("/api/hall").json()["devices"]
        return next((each for each in devices if each["part"] == part), {"state": ""})

    def until_part(self, part: str, state: str) -> dict[str, Any]:
        _until(lambda: self.part(part)["state"] == state, lambda: f"{part} is {self.part(part)}")
        return self.part(part)


@contextmanager
def box_hall(folder: Path) -> Iterator[BoxHall]:
    with ExitStack() as stack:
        twins = {}
        for kind in ("call_pad", "rating_pad", "led_display"):
            twins[kind] = TwinProcess(kind, ["--link", str(folder / f"{kind}.tty")])
            stack.callback(twins[kind].stop)
        crew = stack.enter_context(Crew(folder / "logs", {"PYTHONPATH": f"{_without_qt(folder)}{os.pathsep}{ROOT}"}))
        yield BoxHall(folder / "hall", crew, twins)


def _without_qt(folder: Path) -> Path:
    """A folder before all others in which Qt cannot be imported, as on a box that has none."""
    (folder / "no_qt" / "PySide6").mkdir(parents=True)
    (folder / "no_qt" / "PySide6" / "__init__.py").write_text('raise ImportError("there is no Qt here")')
    return folder / "no_qt"


def _until(holds: Callable[[], bool], words: Callable[[], str]) -> None:
    try:
        until(holds)
    except AssertionError:
        raise AssertionError(words()) from None


def _toml(settings: ServerSettings, port: int, twins: dict[str, TwinProcess]) -> str:
    ports = "\n".join(f'[devices.{kind}]\nport = "{twin.address}"' for kind, twin in twins.items())
    return f"""
[server]
hall_id = "{settings.hall_id}"
data = "{settings.data}"
hall_key = "{settings.hall_key}"
port = {port}

[window]
number = {WINDOW}
hall_key = "{settings.hall_key}"
server = "http://127.0.0.1:{port}"

{ports}
""".replace("[devices.led_display]\n", '[devices.led_display]\ndriver = "onbon"\n')
