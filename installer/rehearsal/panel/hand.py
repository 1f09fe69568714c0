"""One thread per twin that does what is pressed and looks how the twin is: one that hangs holds up nothing else."""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from devices.simulation import Control
from hall.errors import OneWindowError

LOOK_S = 0.5
_PATIENCE_S = 5.0


@dataclass(frozen=True)
class Look:
    """What was seen of a twin.

    Attributes:
        running: Whether it answered.
        acts: Names of what it can be asked.
        faults: Names of its faults; empty if it tells none.
        state: Its answer to `state`; empty if it has none.
        slips: What a printer put out, the newest last.
        picture: What a display shows, as the path of a PNG; empty if it shows none.
    """

    running: bool
    acts: frozenset[str] = frozenset()
    faults: frozenset[str] = frozenset()
    state: Mapping[str, Any] = field(default_factory=dict)
    slips: tuple[Mapping[str, Any], ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Done:
    """How an act ended: its answer, or why it was not done."""

    answer: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""


class Hand:
    """The hand at one twin.

    Args:
        address: Of the twin's control port.
        looked: Told every look, on the hand's thread.
        folder: Where pictures of displays may lie.
    """

    def __init__(self, address: str, looked: Callable[[Look], None], folder: Path) -> None:
        self._control = Control(address, _PATIENCE_S)
        self._looked = looked
        self._folder = folder
        self._drawn = ("", "")  # a text and its picture
        self._pictures = count()
        self._orders: queue.SimpleQueue[tuple[str, Mapping[str, object], Callable[[Done], None]] | None]
        self._orders = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"hand-{address}", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End after what was pressed last."""
        self._orders.put(None)
        self._thread.join(2 * _PATIENCE_S)

    def do(self, act: str, arguments: Mapping[str, object], done: Callable[[Done], None]) -> None:
        """Have an act done; returns at once, `done` is told on the hand's thread after the next look."""
        self._orders.put((act, arguments, done))

    def _run(self) -> None:
        self._looked(self._look())
        while True:
            try:
                order = self._orders.get(timeout=LOOK_S)
            except queue.Empty:
                self._looked(self._look())
                continue
            if order is None:
                return
            act, arguments, done = order
            try:
                end = Done(self._control.act(act, **arguments))
            except (OneWindowError, ValueError) as refused:
                end = Done(refused=str(refused))
            self._looked(self._look())
            done(end)

    def _look(self) -> Look:
        try:
            known = self._control.act("help")
            acts = frozenset(known["acts"])
            state = self._control.act("state") if "state" in acts else {}
            slips = self._control.act("slips")["slips"] if "slips" in acts else []
            picture = self._picture(str(state.get("text", ""))) if "picture" in acts else ""
        except (OneWindowError, ValueError):
            return Look(running=False)
        return Look(
            running=True,
            acts=acts,
            faults=frozenset(known["faults"]),
            state=state,
            slips=tuple(slips),
            picture=picture,
        )

    def _picture(self, text: str) -> str:
        if text and text != self._drawn[0]:
            path = str(self._folder / f"{self._control.address.rpartition(':')[2]}-{next(self._pictures)}.png")
            self._control.act("picture", path=path)
            self._drawn = (text, path)
        return self._drawn[1] if text else ""
