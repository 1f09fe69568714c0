"""Pads on a serial line: they send a frame for each key, and some take frames to show a text or to light up."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from devices.clock import wall_us
from devices.errors import DeviceGarbled
from devices.health import Health, HealthState, health_after
from devices.keys.template import Finder, Template
from devices.newest import Newest
from devices.transports import Transport

_log = logging.getLogger("onewindow.devices.keys")

K = TypeVar("K")

PAUSE_S = 2.0  # silence after which a frame that has begun does not end any more
NOISE = 24  # stray bytes and unknown codes since the last key: the line or the settings are not right
CANNOT_ANSWER = ("应答", "这种键盘不能回答，是否接好要按一次键看")
_WAIT_S = 0.1  # how long a stop, or something to show, may go unnoticed


class SerialKeys(Generic[K]):
    """Drives every table-driven pad. `open`, `watch` and `close` run on one thread, which also delivers the keys.

    A pad does not answer: whether it is there shows only when a key is pressed or the port is gone.
    Key codes are neither logged nor kept: digits may be a PIN.

    Args:
        transport: Not yet open.
        on_key: Told every key of the table; must be quick.
        frame: What the pad sends for a key; its data is the key's code.
        keys: Code → key. Codes that are not in it mean nothing here.
        name: In settings and logs.
        address: Of the pad, on lines that several share.
        others: What else the pad sends, heartbeats and answers; it means nothing here.
        lasting: What was last said to the pad is said again after it was away (a text), instead of dropped (a call to
            press now).
        pause_s: See PAUSE_S.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        transport: Transport,
        on_key: Callable[[K], None],
        *,
        frame: Template,
        keys: Mapping[bytes, K],
        name: str,
        address: int = 0,
        others: Sequence[Template] = (),
        lasting: bool = False,
        pause_s: float = PAUSE_S,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._transport = transport
        self._on_key = on_key
        self._new_finder = partial(Finder, frame, address, others)
        self._keys = keys
        self._name = name
        self._address = address
        self._lasting = lasting
        self._pause_s = pause_s
        self._clock_us = clock_us
        self._to_say: Newest[bytes] = Newest()
        self._finder = self._new_finder()
        self._unknown = 0
        self._health = Health(name, HealthState.ONLINE, 0)

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    def health(self) -> Health:
        """Online while open, except when what arrives is noise; the details say how little that means."""
        return replace(self._health, details=(CANNOT_ANSWER,))

    def open(self) -> None:
        """See Device."""
        self._transport.open()
        self._finder = self._new_finder()
        self._unknown = 0
        self._health = Health(self._name, HealthState.ONLINE, self._clock_us())
        if self._lasting:
            self._to_say.renew()
        else:
            self._to_say.forget()

    def close(self) -> None:
        """See Device."""
        self._transport.close()

    def say(self, frame: bytes) -> None:
        """Send these bytes to the pad soon; only the newest count. Callable from any thread."""
        self._to_say.put(frame)

    def watch(self, stop: threading.Event) -> None:
        """Listen until stopped; returns when health has changed; see Device."""
        quiet_s = 0.0
        while not stop.is_set():
            frame = self._to_say.take()
            if frame is not None:
                self._transport.write(frame)
            data = self._transport.read(1, _WAIT_S)
            quiet_s = 0.0 if data else quiet_s + _WAIT_S
            if data:
                codes = self._finder.feed(data + self._transport.read_available())
            else:
                codes = self._finder.pause() if quiet_s >= self._pause_s else []
            for code in codes:
                self._pressed(code)
            if self._judged():
                return

    def _pressed(self, code: bytes) -> None:
        key = self._keys.get(code)
        if key is not None:
            self._unknown = 0
            self._on_key(key)
            return
        if not self._unknown:
            _log.warning("keys.unknown %s", self._name)
        self._unknown += 1

    def _judged(self) -> bool:
        """Whether the line has become noisy, or clean again."""
        noisy = self._finder.stray + self._unknown >= NOISE
        if noisy == (self._health.state is not HealthState.ONLINE):
            return False
        now_us = self._clock_us()
        garbled = DeviceGarbled(
            f"{self._name}: the line carries noise", code="keys.noise", words="收到的不是按键，像是干扰"
        )
        self._health = (
            health_after(self._name, garbled, now_us) if noisy else Health(self._name, HealthState.ONLINE, now_us)
        )
        return True
