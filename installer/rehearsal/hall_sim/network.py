"""The hall's network: letters that come late, twice, out of turn or never, and lines that look open but are dead."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hall.clock import SECOND_US
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice

LONGEST_US = 90 * SECOND_US
"""No letter is under way for longer; what a sleeping hall left on the wire is lost."""
NOTICED_US = 15 * SECOND_US
"""A line that only looks open is noticed by its pings after so long (queue_server/link/live)."""


@dataclass
class Weather:
    """How bad the network is: shares of letters lost and doubled, mean delay, share of letters that come very late."""

    lost: float = 0.0
    doubled: float = 0.0
    mean_us: int = 3_000
    straggling: float = 0.0


@dataclass
class Network:
    """Every machine's way to the server and back.

    Attributes:
        weather: As it is now.
        cut_up: Machines whose letters to the server go nowhere.
        cut_down: Machines that no letter from the server reaches. In one of the two only: a one-way partition.
    """

    clockwork: Clockwork
    dice: Dice
    weather: Weather = field(default_factory=Weather)
    cut_up: set[str] = field(default_factory=set)
    cut_down: set[str] = field(default_factory=set)

    def up(self, machine: str, name: str, deliver: Callable[[], None]) -> None:
        """A letter to the server."""
        self._send(machine in self.cut_up, f"{machine}>{name}", deliver)

    def down(self, machine: str, name: str, deliver: Callable[[], None]) -> None:
        """A letter from the server."""
        self._send(machine in self.cut_down, f"{machine}<{name}", deliver)

    def delay_us(self) -> int:
        """How long a letter takes."""
        weather = self.weather
        if self.dice.chance(weather.straggling):
            return self.dice.between(1, 90) * SECOND_US
        return 500 + self.dice.around(weather.mean_us)

    def _send(self, cut: bool, name: str, deliver: Callable[[], None]) -> None:  # noqa: FBT001 - two callers above
        if cut or self.dice.chance(self.weather.lost):
            return
        sent_us, leaps = self.clockwork.now_us, self.clockwork.leaps

        def arrive() -> None:
            if self.clockwork.leaps == leaps or self.clockwork.now_us - sent_us < LONGEST_US:
                deliver()

        self.clockwork.after(self.delay_us(), name, arrive)
        if self.dice.chance(self.weather.doubled):
            self.clockwork.after(self.delay_us(), name, arrive)


class Line:
    """One open socket from the server to a machine: in order, whole, or broken.

    Args:
        network: The network it runs on.
        machine: The far end.
        receive: Takes what arrives, at the far end.
        broken: Told at the far end when the line has died, however late that is noticed.
    """

    def __init__(
        self, network: Network, machine: str, receive: Callable[[object], None], broken: Callable[[], None]
    ) -> None:
        self._network = network
        self.machine = machine
        self._receive = receive
        self._broken = broken
        self._last_us = 0
        self.open = True

    def send(self, what: object) -> None:
        """To the far end, after everything sent before; a cut network breaks the line."""
        network = self._network
        if not self.open:
            return
        if self.machine in network.cut_down or self.machine in network.cut_up:
            self.end(NOTICED_US)
            return
        arrives = max(network.clockwork.now_us + network.delay_us() % (20 * SECOND_US), self._last_us)
        self._last_us = arrives
        network.clockwork.at(arrives, f"{self.machine}<line", lambda: self._arrive(what))

    def end(self, noticed_after_us: int = 10_000) -> None:
        """It is dead; the far end notices after a while."""
        if self.open:
            self.open = False
            self._network.clockwork.after(noticed_after_us, f"~{self.machine}<broken", self._broken)

    def _arrive(self, what: object) -> None:
        if self.open:
            self._receive(what)
