"""Kiosks and server are killed with signal 9 at any moment, through a bad network, while citizens come and clerks call.

The oracle is what citizens hold in their hands: every number a kiosk told, every slip the printer's twin put out. At
the end each of them must be in the server once, and the files must be whole.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hall.facts import TicketIssued
from hall.numbering import Number, parse_number
from installer.rehearsal.faults.clerks import Clerk
from installer.rehearsal.faults.disk import integrity
from installer.rehearsal.faults.judge import double_calls
from installer.rehearsal.faults.lives import HeadlessLives, LoneLives
from installer.rehearsal.faults.lone_kiosk import LoneKiosk
from installer.rehearsal.faults.promises import arrived
from installer.rehearsal.faults.report import Report
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.relay import Relay, Way
from installer.rehearsal.stage import Stage, free_port
from queue_server.link.clock import new_id
from queue_server.link.ledger.database import FILE
from queue_server.operations.accounts import Role
from queue_server.store import Store, check

LONE_KIOSKS = 6
CLERKS = 3
_OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
_ROUND_S = (0.2, 1.2)
_ORDER_S = 0.05
_WEATHER: tuple[Callable[[Relay], None], ...] = (
    lambda _: None,
    lambda relay: relay.delay(0.05),
    lambda relay: relay.hold(Way.UP),
    lambda relay: relay.hold(Way.DOWN),
    lambda relay: relay.drop_after(3_000, Way.UP),
    lambda relay: relay.drop_after(0, Way.DOWN),
    lambda relay: relay.throttle(20_000),
    lambda relay: relay.cut(),
)


def kill_loop(kills: int, seed: int, folder: Path | None = None) -> Report:
    """Kill so often.

    Args:
        kills: At least so many processes.
        seed: Of who is killed when; the machine adds its own chance.
        folder: On the disk to use; the system's place for temporary files if None.
    """
    report = Report("kill-loop", {"seed": seed, "kills": 0})
    with TemporaryDirectory(prefix="onewindow-kills-", dir=folder) as own, _hall(Path(own), Random(seed)) as hall:
        while int(report.figures["kills"]) < kills:
            hall.round(report)
        hall.finish(report)
    return report


@contextmanager
def _hall(folder: Path, dice: Random) -> Iterator["_Hall"]:
    port = free_port()
    with ExitStack() as stack:
        relay = stack.enter_context(Relay(f"127.0.0.1:{port}"))
        server = f"http://{relay.address}"
        crew = stack.enter_context(Crew(folder / "logs", {**_OFFSCREEN, "ONEWINDOW_KIOSK_SERVER": server}))
        stage = Stage(folder, crew, port=port)
        stage.init_hall()
        windows = [window.number for window in stage.catalog.windows[:CLERKS]]
        pins = [stage.hall.renew_pin(f"{300 + window:04}", (Role.CLERK,)) for window in windows]
        twins = stage.start_twins()
        key = bytes.fromhex(stage.hall.hall_key.read_text("ascii"))
        lone = [LoneLives(folder / f"lone-{n}", server, key, f"lone-{n}") for n in range(1, LONE_KIOSKS + 1)]
        stack.callback(lambda: [kiosk.kill() for kiosk in lone])
        hall = _Hall(
            stage=stage,
            relay=relay,
            dice=dice,
            server=stage.start_server(),
            headless=HeadlessLives(crew, stage.settings, [service.id for service in stage.catalog.services]),
            lone=lone,
            clerks=[
                Clerk(server, pin.staff, pin.pin, window, dice.getrandbits(32))
                for window, pin in zip(windows, pins, strict=True)
            ],
            slips=lambda: [str(slip["text"]) for slip in twins["printer"].control.act("slips")["slips"]],
            hall_key=key,
        )
        hall.begin()
        yield hall


@dataclass
class _Hall:
    """Everything that lives and dies."""

    stage: Stage
    relay: Relay
    dice: Random
    server: Program
    headless: HeadlessLives
    lone: list[LoneLives]
    clerks: list[Clerk]
    slips: Callable[[], list[str]]
    hall_key: bytes

    def begin(self) -> None:
        """The first lives."""
        self.headless.begin()
        for kiosk in self.lone:
            kiosk.begin(self.dice.getrandbits(32))
        for clerk in self.clerks:
            clerk.start()

    def round(self, report: Report) -> None:
        """A while of work in some weather, then some are killed, all at once or one after the other."""
        self.dice.choice(_WEATHER)(self.relay)
        self._work(self.dice.uniform(*_ROUND_S))
        unlucky = self.dice.sample(self.lone, self.dice.randint(len(self.lone) - 2, len(self.lone)))
        victims: list[Callable[[], None]] = [partial(self._kill_lone, kiosk, report) for kiosk in unlucky]
        if self.dice.random() < 0.5:
            victims.append(partial(self._kill_headless, report))
        if self.dice.random() < 0.5:
            victims.append(partial(self._kill_server, report))
        self.dice.shuffle(victims)
        for kill in victims:
            kill()
        self.relay.heal()
        if not self.server.alive:
            self.server = self.stage.start_server()
        report.count("rounds")

    def finish(self, report: Report) -> None:
        """All is well again: everything is sent, all stop, and everything is looked through."""
        self.relay.heal()
        for clerk in self.clerks:
            clerk.stop()
            report.breaches += clerk.breaches
            report.count("answers", len(clerk.answers))
            report.count("asked_again", clerk.retried)
        self.headless.kill()
        for kiosk in self.lone:
            kiosk.kill()
        folders = {"kiosk-1": self.stage.hall.root / "kiosk-1"} | {kiosk.name: kiosk.folder for kiosk in self.lone}
        for name, folder in folders.items():
            with LoneKiosk(folder, self.stage.address, self.hall_key, name) as last_life:
                if not last_life.wait_sent():
                    report.breaches.append(f"{name} does not get its facts through")
            verdict = integrity(folder / FILE)
            if verdict != "ok":
                report.breaches.append(f"the ledger of {name}: {verdict}")
        self.server.stop()
        self._look(report)

    def _look(self, report: Report) -> None:
        told = self.headless.told.copy()
        for kiosk in self.lone:
            told |= kiosk.told
        database = self.stage.hall.database
        with Store.open(database, self.stage.catalog.hall.id, new_id=new_id) as store, store.read() as reader:
            entries = list(reader.entries())
            report.breaches += check(reader).differences
        verdict = integrity(database)
        if verdict != "ok":
            report.breaches.append(f"the server's database: {verdict}")
        slips = [number for text in self.slips() for line in text.split("\n") if (number := parse_number(line))]
        bodies = [body for entry in entries if isinstance(body := entry.fact.body, TicketIssued)]
        issued = {Number(body.prefix, body.n, body.lane) for body in bodies}
        report.figures |= {"told": len(told), "slips": len(slips), "entries": len(entries)}
        report.breaches += arrived(told, entries)
        report.breaches += [f"slip {number} is not in the server" for number in slips if number not in issued]
        doubles = list(double_calls(entries))
        report.figures["double_calls"] = len(doubles)
        report.breaches += doubles

    def _work(self, seconds: float) -> None:
        """Citizens come to the real kiosk for a while; the lone ones have their own."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.headless.order(self.dice)
            time.sleep(_ORDER_S)

    def _kill_lone(self, kiosk: LoneLives, report: Report) -> None:
        kiosk.kill()
        report.count("kills")
        report.count("lone_kiosks_killed")
        kiosk.begin(self.dice.getrandbits(32))

    def _kill_headless(self, report: Report) -> None:
        self.headless.kill()
        report.count("kills")
        report.count("real_kiosks_killed")
        self.headless.begin()

    def _kill_server(self, report: Report) -> None:
        self.server.kill()
        report.count("kills")
        report.count("servers_killed")
