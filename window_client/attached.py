"""The devices attached to a window: call pad, rating pad, strip, scanner; kept alive, and told of to the manager."""

from collections.abc import Callable
from random import Random

from devices.call_pad import CallPad, KeyPressed
from devices.device import Device
from devices.health import Health, HealthState
from devices.led_display import LedDisplay, Message
from devices.rating_pad import LevelPressed, RatingPad
from devices.registry import build_call_pad, build_led_display, build_rating_pad, build_scanner
from devices.scanner import Scan, Scanner
from devices.supervisor import Supervisor
from hall.clock import Clock
from hall.wire.health import PartHealth
from queue_server.link.find import Finder
from queue_server.link.health_link import HealthLink
from window_client.config import Setup


class Attached:
    """What the settings name of them; what they leave out is simply not there.

    Args:
        setup: Checked settings.
        finder: Where the server is.
        clock: The machine's clock.
        on_key: Gets each key of the call pad, on the pad's own thread.
        on_level: Gets each press on the rating pad, on the pad's own thread.
        on_scan: Gets what the scanner reads, on its own thread; without it a scanner is left alone.
    """

    def __init__(
        self,
        setup: Setup,
        finder: Finder,
        clock: Clock,
        *,
        on_key: Callable[[KeyPressed], None],
        on_level: Callable[[LevelPressed], None],
        on_scan: Callable[[Scan], None] | None = None,
    ) -> None:
        named = setup.devices
        self._call_pad: CallPad | None = build_call_pad(named.call_pad, on_key) if named.call_pad else None
        self._rating_pad: RatingPad | None = build_rating_pad(named.rating_pad, on_level) if named.rating_pad else None
        self._strip: LedDisplay | None = build_led_display(named.led_display) if named.led_display else None
        scanner = setup.window.scanner
        self._scanner: Scanner | None = build_scanner(scanner, on_scan) if scanner and on_scan else None
        every = (self._call_pad, self._rating_pad, self._strip, self._scanner)
        devices: list[Device] = [each for each in every if each is not None]
        self._health = HealthLink(finder, setup.hall_key, setup.window.number, clock)
        self._supervisor = Supervisor(devices, lambda health: self._health.tell(_told(health)), random=Random())
        self._line = ""
        self._message: Message | None = None

    def start(self) -> None:
        """Open them; returns at once, whatever they do."""
        self._health.start()
        self._supervisor.start()

    def stop(self) -> None:
        """Let them go."""
        self._supervisor.stop()
        self._health.close()

    def show(self, line: str, message: Message) -> None:
        """Put a line on the call pad's display and a message on the strip; returns at once."""
        if self._call_pad is not None and line != self._line:
            self._call_pad.show(line)
        if self._strip is not None and message != self._message:
            self._strip.show(message)
        self._line, self._message = line, message

    def invite(self) -> None:
        """Ask the citizen to rate, where the pad can."""
        if self._rating_pad is not None:
            self._rating_pad.invite()


def any_named(setup: Setup) -> bool:
    """Whether the settings name any device of a window."""
    named = setup.devices
    return any((named.call_pad, named.rating_pad, named.led_display, setup.window.scanner))


def _told(health: Health) -> PartHealth:
    """What the manager reads; the stable code stays in the log."""
    problem = "" if health.state is HealthState.ONLINE else health.trouble or health.state_words
    return PartHealth(part=health.device, state=health.state.value, problem=problem, advice=health.advice)
