"""Satisfaction pads by what they are connected with; what they share with other pads is in devices.keys."""

from collections.abc import Callable, Mapping
from typing import Any

from devices.keys import KeyboardKeys, KeySource, SerialKeys, Template
from devices.rating_pad.rating_pad import LevelPressed
from devices.transports import Transport
from hall.rating import Level


class SerialRatingPad(SerialKeys[Level]):
    """A pad on a serial line.

    Args:
        transport: Not yet open.
        on_event: Told every LevelPressed; must be quick.
        frame: What the pad sends for a key.
        keys: Code → level.
        invite: What the pad is sent to ask the citizen; empty for one that cannot.
        name: In settings and logs.
        options: Further ones of SerialKeys.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[LevelPressed], None],
        *,
        frame: Template,
        keys: Mapping[bytes, Level],
        invite: bytes = b"",
        name: str = "rating_pad",
        **options: Any,
    ) -> None:
        super().__init__(
            transport, lambda level: on_event(LevelPressed(level)), frame=frame, keys=keys, name=name, **options
        )
        self._invitation = invite

    def invite(self) -> None:
        """See RatingPad. An invitation to a pad that is away is dropped: it would come too late."""
        if self._invitation:
            self.say(self._invitation)


class KeyboardRatingPad(KeyboardKeys[Level]):
    """A pad that is a USB keypad.

    Args:
        source: Not yet open.
        on_event: Told every LevelPressed; must be quick.
        keys: Name of the Linux input layer → level.
        name: In settings and logs.
    """

    def __init__(
        self,
        source: KeySource,
        on_event: Callable[[LevelPressed], None],
        *,
        keys: Mapping[str, Level],
        name: str = "rating_pad",
    ) -> None:
        super().__init__(source, lambda level: on_event(LevelPressed(level)), keys=keys, name=name)

    def invite(self) -> None:
        """See RatingPad; a keyboard cannot."""
