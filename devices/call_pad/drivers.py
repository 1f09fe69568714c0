"""Call pads by what they are connected with; what they share with other pads is in devices.keys."""

from collections.abc import Callable, Mapping
from typing import Any

from devices.call_pad.call_pad import KeyPressed, PadKey
from devices.keys import KeyboardKeys, KeySource, SerialKeys, Template
from devices.led_display.texts import cut, digits_only
from devices.transports import Transport


class SerialCallPad(SerialKeys[PadKey]):
    """A pad on a serial line.

    Args:
        transport: Not yet open.
        on_event: Told every KeyPressed; must be quick.
        frame: What the pad sends for a key.
        keys: Code → key.
        show: What the pad is sent to show a text; None for one without a display.
        cells: How wide its display is; a Chinese character takes two.
        digits: Whether it has digits only.
        name: In settings and logs.
        options: Further ones of SerialKeys.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[KeyPressed], None],
        *,
        frame: Template,
        keys: Mapping[bytes, PadKey],
        show: Template | None = None,
        cells: int = 8,
        digits: bool = False,
        name: str = "call_pad",
        **options: Any,
    ) -> None:
        super().__init__(
            transport, lambda key: on_event(KeyPressed(key)), frame=frame, keys=keys, name=name, lasting=True, **options
        )
        self._show = show
        self._size = show.data_size if show and show.data_size else 0  # of a frame that is always full
        self._cells = min(cells, self._size or cells)
        self._fit = digits_only if digits else cut

    def show(self, text: str) -> None:
        """See CallPad. The newest text is shown again after the pad was away."""
        if self._show is not None:
            data = self._fit(text, self._cells).encode("gbk", "replace")  # as many bytes as cells
            self.say(self._show.build(data.ljust(self._size), address=self._address))


class KeyboardCallPad(KeyboardKeys[PadKey]):
    """A pad that is a USB keypad.

    Args:
        source: Not yet open.
        on_event: Told every KeyPressed; must be quick.
        keys: Name of the Linux input layer → key.
        name: In settings and logs.
    """

    def __init__(
        self,
        source: KeySource,
        on_event: Callable[[KeyPressed], None],
        *,
        keys: Mapping[str, PadKey],
        name: str = "call_pad",
    ) -> None:
        super().__init__(source, lambda key: on_event(KeyPressed(key)), keys=keys, name=name)

    def show(self, text: str) -> None:
        """See CallPad; a keyboard has no display."""
        del text
