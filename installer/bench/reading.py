"""From the question whose answer was "card found" to the document in the driver: the line and the driver, no poll."""

import threading
import time
from pathlib import Path

from devices.id_card import CardEvent, CardRead
from devices.id_card.codec import Command
from devices.id_card.drivers.sdt import SdtReader
from devices.simulation import TwinProcess
from devices.transports import SerialTransport
from installer.bench.errors import BenchError

_PATIENCE_S = 10.0


class _Stamped(SerialTransport):
    """Notes when it was last asked whether a card is there."""

    asked_s = 0.0

    def write(self, data: bytes) -> None:
        """See Transport."""
        if data == Command.FIND.request:
            self.asked_s = time.monotonic()
        super().write(data)


def found_to_document_ms(folder: Path, baud: int, cards: int) -> list[float]:
    """Milliseconds for each of so many cards, read one after another from a twin at the speed of the wire.

    Raises:
        BenchError: A card was not read.
    """
    found: list[float] = []
    with TwinProcess("id_card", ["--link", str(folder / "reading"), "--baud", str(baud)]) as twin:
        for seed in range(cards):
            twin.control.act("lay", seed=seed)
            transport, stop = _Stamped(twin.address, baud), threading.Event()

            def heed(event: CardEvent, line: _Stamped = transport, end: threading.Event = stop) -> None:
                if isinstance(event, CardRead):
                    found.append((time.monotonic() - line.asked_s) * 1000)
                end.set()

            reader, patience = SdtReader(transport, heed), threading.Timer(_PATIENCE_S, stop.set)
            patience.start()
            try:
                reader.open()
                reader.watch(stop)
            finally:
                patience.cancel()
                reader.close()
            if len(found) != seed + 1:
                raise BenchError("阅读器没有读到证件")
    return found
