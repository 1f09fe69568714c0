"""One simulated hall: every machine in it, what people and the world do to them, and who watches."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from hall.clock import MINUTE_US, SECOND_US
from hall.mending import RecoveryReason
from hall.opening import business_day
from installer.rehearsal.hall_sim import hall
from installer.rehearsal.hall_sim.clockwork import Action, Clockwork, Dice, MachineClock
from installer.rehearsal.hall_sim.disk import Disk, SimHome
from installer.rehearsal.hall_sim.kiosk import KioskNode
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.network import Line, Network, Weather
from installer.rehearsal.hall_sim.oracle.oracle import Oracle
from installer.rehearsal.hall_sim.script import STARTS, Script
from installer.rehearsal.hall_sim.server import ServerNode
from installer.rehearsal.hall_sim.window import WindowNode
from queue_server.operations.catalog import publish_catalog
from queue_server.store.records import Restored

MOST_KIOSKS = 8
MOST_BACKUPS = 40


class World:
    """The hall of one script, ready to run.

    Args:
        script: The seed's script.
        beat_us: So often the server's clockwork and its heartbeats come round.
    """

    def __init__(self, script: Script, beat_us: int) -> None:
        start = datetime.fromisoformat(STARTS[script.start]).replace(tzinfo=UTC)
        self.script = script
        self.clockwork = Clockwork(int(start.timestamp()) * SECOND_US)
        self.network = Network(self.clockwork, self.dice("network"))
        self.beat_us = beat_us
        self.healed = False
        self.watermark_lost = False
        self._catalog = {"open_all_day": script.open_all_day, "serve_after": script.serve_after_closing}
        self._notice: dict[str, str] = {}
        clock, dice = MachineClock(self.clockwork, self.dice("server clock")), self.dice("server")
        disk = hall.server_disk(self.catalog(), dice, clock.now())
        hall.book(self.catalog(), disk, clock.now())
        self.server = ServerNode(self.clockwork, clock, disk, (hall.HALL_ID, hall.HALL_KEY), dice.new_id)
        self.lines = LinesToServer(self.network, self.server)
        self.server.on_death = self._revive("server", self.server.start)
        self.server.start()
        self.backups = [(self.clockwork.now_us, clock.now().wall_us, disk.image())]
        self._homes = 0
        self.kiosks: list[KioskNode] = []
        self.oracle = Oracle(self)
        self.windows = [self._window(number + 1) for number in range(script.windows)]
        for _each in range(script.kiosks):
            self.add_kiosk()
        self.beat()
        self._back_up()

    def dice(self, user: str) -> Dice:
        """Randomness of its own for one user."""
        return Dice(f"{self.script.seed} {user}")

    def catalog(self) -> Any:
        """The catalogue as people last edited it."""
        return hall.catalogue(self.script.windows, **self._catalog, **self._notice)

    def today(self) -> date:
        """The hall's business day."""
        return business_day(self.server.clock.now().wall_us, self.catalog().hall.offset_minutes)

    # ---- who is there

    def add_kiosk(self) -> None:
        """A further kiosk, as far as there is room."""
        if len(self.kiosks) < MOST_KIOSKS:
            number = len(self.kiosks) + 1
            self.start(self._kiosk(f"k{number}", f"kiosk-{number}", self._new_home(hall.ledger_disk())))

    def _new_home(self, disk: Disk) -> SimHome:
        self._homes += 1
        return SimHome(disk, self._homes)

    def _kiosk(self, name: str, device: str, home: SimHome) -> KioskNode:
        asking = Asking(name, self.clockwork, self.network, self.server)
        node = KioskNode(
            name, device, self.clockwork, self.dice(name), asking, home, hall.HALL_KEY, self.oracle, self.lines
        )
        node.on_death = self._revive(name, lambda: self.start(node))
        self.kiosks.append(node)
        return node

    def _window(self, number: int) -> WindowNode:
        name = f"w{number}"
        asking = Asking(name, self.clockwork, self.network, self.server)
        node = WindowNode(number, self.clockwork, self.dice(name), asking, self.lines, settles=self.script.settles)
        node.known = lambda: self.oracle.some_ticket(node.dice)
        return node

    def kiosk(self, who: int) -> KioskNode:
        """One of the kiosks by any number."""
        return self.kiosks[who % len(self.kiosks)]

    def window(self, who: int) -> WindowNode:
        """One of the windows by any number."""
        return self.windows[who % len(self.windows)]

    def machine(self, who: int) -> str:
        """The name of any machine beside the server."""
        return self.kiosk(who).name if who % 3 else self.window(who).asking.name

    # ---- what the world does

    def later(self, delay_us: int, name: str, action: Action) -> None:
        """Something ends by itself, unless everything has been healed before."""
        self.clockwork.after(delay_us, f"~{name}", lambda: None if self.healed else action())

    def set_weather(self, weather: Weather) -> None:
        """The network from now on."""
        self.network.weather = weather

    def cut(self, machine: str, *, up: bool, down: bool, for_us: int) -> None:
        """Cut a machine off and join it again later."""
        network = self.network
        if up:
            network.cut_up.add(machine)
        if down:
            network.cut_down.add(machine)

        def join() -> None:
            network.cut_up.discard(machine)
            network.cut_down.discard(machine)

        self.later(for_us, f"{machine} joined", join)

    def start(self, kiosk: KioskNode) -> None:
        """Start a kiosk's program unless it runs."""
        if not kiosk.alive:
            kiosk.start()
            self.oracle.started(kiosk)

    def pull_plug(self, kiosk: KioskNode) -> None:
        """Power loss at a kiosk."""
        kiosk.die()
        kiosk.home.disk.power_loss()
        kiosk.clock.boot()
        kiosk.printer.ends.clear()

    def pull_servers_plug(self) -> None:
        """Power loss at the server."""
        self.server.die()
        self.server.disk.power_loss()
        self.server.clock.boot()

    def _revive(self, name: str, start: Action) -> Action:
        """Whatever died is started again by its machine after a while."""
        dice = self.dice(f"revival of {name}")
        return lambda: self.clockwork.after(dice.between(1, 90) * SECOND_US, f"{name} starts", start)

    def publish(self, *, notice: str | None = None, without: str | None = None) -> None:
        """A manager publishes an edited catalogue."""
        if notice is not None:
            self._notice["notice"] = notice
        if without is not None:
            self._notice["without"] = without
        moment = self.server.clock.now()
        self.server.attempt(lambda t: publish_catalog(t, moment, self.catalog()))

    def reimage(self, kiosk: KioskNode) -> None:
        """An empty disk in place of a kiosk's own."""
        kiosk.die()
        self.oracle.scrapped(kiosk)
        kiosk.home = self._new_home(hall.ledger_disk())
        kiosk.images = []
        kiosk.clock.boot()

    def set_back(self, kiosk: KioskNode, dice: Dice) -> None:
        """An older image of its own in place of a kiosk's database; the watermark beside it stays."""
        if kiosk.images and kiosk.home.watermark:
            kiosk.die()
            self.oracle.put_back(kiosk, dice.pick(kiosk.images))
            if dice.chance(0.5):  # whoever opened the cabinet has not put the cable back yet
                self.cut(kiosk.name, up=True, down=True, for_us=dice.between(60, 600) * SECOND_US)

    def copy(self, kiosk: KioskNode) -> None:
        """A second machine with a copy of a kiosk's folder and its name."""
        if not kiosk.alive or len(self.kiosks) >= MOST_KIOSKS + 2:
            return
        home = self._new_home(Disk(kiosk.home.disk.image(), hall.SAFE_LEDGER))
        home.watermark = kiosk.home.watermark
        twin = self._kiosk(f"{kiosk.name}c{len(self.kiosks)}", kiosk.device, home)
        self.oracle.copied(kiosk, twin)
        self.start(twin)

    def restore_server(self, dice: Dice) -> None:
        """A backup in place of the server's database: a new life of the hall's memory."""
        age = dice.pick([MINUTE_US, 5 * MINUTE_US, 24 * 60 * MINUTE_US])
        wanted = self.clockwork.now_us - age
        _, known_until, image = min(self.backups, key=lambda backup: abs(backup[0] - wanted))
        by_the_verb = dice.chance(0.7) or self.server.watermark.mark is None  # with neither, nothing tells of it
        self._restore(image, Restored(reason=RecoveryReason.RESTORED, known_until=known_until) if by_the_verb else None)

    def mend_server(self) -> None:
        """What the program does that finds its database damaged."""
        _, known_until, image = self.backups[-1]
        self._restore(image, Restored(reason=RecoveryReason.DAMAGED, known_until=known_until))

    def _restore(self, image: bytes, restored: Restored | None) -> None:
        self.server.disk.full, self.server.disk.fail_in, self.server.disk.kill_in = False, 0, 0
        self.server.restore(image, restored)
        self.oracle.restored()

    # ---- the passing of time

    def beat(self) -> None:
        """The server's own clockwork and its heartbeats."""
        self.server.pass_time()
        self.server.broadcast.heartbeat()
        self.clockwork.after(self.beat_us, "~beat", self.beat)

    def _back_up(self) -> None:
        server = self.server
        if server.store is not None:
            self.backups = [
                *self.backups[-MOST_BACKUPS:],
                (self.clockwork.now_us, server.clock.now().wall_us, server.disk.image()),
            ]
        for kiosk in self.kiosks:
            if kiosk.alive:
                kiosk.images = [*kiosk.images[-3:], kiosk.home.disk.image()]
        self.clockwork.after(min(5 * MINUTE_US, 40 * self.script.pace_us), "~backup", self._back_up)


class LinesToServer:
    """Lines of a hall: one that is cut off gets none."""

    def __init__(self, network: Network, server: ServerNode) -> None:
        self._network = network
        self._broadcast = server.broadcast

    def new(self, machine: str, receive: Callable[[Any], None], broken: Callable[[], None]) -> Line:
        """A line whose far end is this machine."""
        return Line(self._network, machine, receive, broken)

    def follow(self, session: str, after: int, line: Line) -> bool | None:
        """Have the feed sent over it."""
        return self._broadcast.follow(session, after, line) if self._reaches(line.machine) else None

    def watch(self, session: str, window: int | None, line: Line) -> bool | None:
        """Have a screen kept current over it."""
        return self._broadcast.watch(session, window, line) if self._reaches(line.machine) else None

    def _reaches(self, machine: str) -> bool:
        return machine not in self._network.cut_up and machine not in self._network.cut_down
