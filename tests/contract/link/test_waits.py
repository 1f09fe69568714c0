"""What kiosks hear of waits over the real server: at every forecast, and nothing where nothing is known."""

from pathlib import Path
from typing import cast

from hall.ticket import TicketClass
from hall.waiting import Wait, WaitKind
from hall.wire.views import ForecastAccuracy, Waits
from queue_server.forecast.outlook import NewcomerOutlook, Outlook, Said
from queue_server.foresight import Foresight
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger
from queue_server.link.sync import Sync
from tests.support.served_hall import served
from tests.support.watch import Watch

CLOCK = SystemClock()


class Foretold:
    """A foresight of which only the outlook is asked."""

    def __init__(self) -> None:
        self.outlook: Outlook | None = None

    def say(self, low: int, high: int) -> None:
        wait = Wait(kind=WaitKind.RANGE, low=low, high=high)
        said = Said(ahead=1, p20=60.0 * low, p50=60.0 * low, p90=60.0 * high, wait=wait)
        newcomer = NewcomerOutlook(group="alpha", ticket_class=TicketClass.ORDINARY, said=said)
        self.outlook = Outlook(at=CLOCK.now().wall_us, seq=1, newcomers=(newcomer,), tickets={})


def highs(waits: Waits) -> list[int]:
    return [group.ordinary.high for group in waits.groups]


def test_a_kiosk_hears_every_forecast(tmp_path: Path) -> None:
    foretold, heard = Foretold(), Watch[Waits]()
    with served(tmp_path / "hall", foresight=cast("Foresight", foretold)) as hall:
        assert hall.parts is not None
        key = bytes.fromhex(hall.settings.hall_key.read_text())
        with Ledger.open(tmp_path / "kiosk", "kiosk-1", new_id) as ledger:
            sync = Sync(ledger, Finder(hall.address), key, CLOCK, on_waits=heard, jitter=lambda: 0.0)
            sync.start()
            try:
                heard.until(lambda waits: waits.groups == ())
                for high in (10, 25):
                    foretold.say(5, high)
                    hall.parts.live.foreseen()
                    heard.until(lambda waits, high=high: highs(waits) == [high])  # type: ignore[misc]
            finally:
                sync.stop()


def test_managers_and_devices_may_ask_once(tmp_path: Path) -> None:
    foretold = Foretold()
    foretold.say(5, 15)
    with served(tmp_path / "hall", foresight=cast("Foresight", foretold)) as hall:
        for caller in (hall.manager(), hall.kiosk()):
            assert highs(Waits.model_validate_json(caller.get("/api/waits").content)) == [15]
        accuracy = ForecastAccuracy.model_validate_json(hall.manager().get("/api/forecast/accuracy?weeks=2").content)
        assert accuracy.weeks == ()
