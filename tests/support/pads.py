"""The twins of pads by driver, and the finger that presses the same key on each of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from devices.keys.keyboard_twin import KeyboardTwin
from devices.simulation.simulator import Simulator
from tests.support.watched import until


class PadRig:
    """One twin, the settings of the driver that fits it, and a finger.

    Args:
        twin: Not yet started.
        config: Settings.
        press: What the act `press` is told for a key.
    """

    def __init__(self, twin: Simulator, config: Any, press: Callable[[Any], dict[str, Any]]) -> None:
        self.twin = twin
        self.config = config
        self._press = press

    def press(self, key: Any, **more: Any) -> None:
        """Press one key."""
        self.twin.act("press", {**self._press(key), **more})

    def state(self, name: str) -> Any:
        """One thing of the twin's state."""
        return self.twin.act("state", {})[name]

    def until(self, name: str, value: Any) -> None:
        """Wait until the twin's state says so."""
        until(lambda: self.state(name) == value)


def keyboard_rig(link: Path, config: Callable[..., Any], key_names: Mapping[str, Any]) -> PadRig:
    """A keypad whose keys mean `key_names`."""
    twin = KeyboardTwin(link=link)
    names = {key: name for name, key in key_names.items()}
    return PadRig(twin, config(path=twin.address), lambda key: {"key": names[key]})
