"""找人帮忙: what the page says about the call must be so, with a server that answers and with none."""

from pathlib import Path

from devices.config import DevicesConfig
from hall.facts import HealthChanged
from kiosk.config import KioskConfig, Setup
from kiosk.journey import events as ev
from kiosk.journey.effects import NotifyStaff
from kiosk.machine import Machine
from kiosk.metrics import Metrics
from kiosk.working import HELP_PART
from tests.support.ledgers import plan
from tests.support.referee import small_catalog
from tests.support.scripted_server import HALL_KEY, ScriptedServer
from tests.support.watch import Watch


def test_a_call_that_the_server_has_is_told_as_sent(tmp_path: Path) -> None:
    server = ScriptedServer(small_catalog())
    server.plan = plan(1, 0)
    told: Watch[ev.Event] = Watch()
    with server:
        setup = Setup(
            KioskConfig(name="kiosk-1", data=tmp_path, hall_key=tmp_path / "none", server=server.address),
            DevicesConfig(),
            HALL_KEY,
        )
        machine = Machine(setup, Metrics(), told)
        machine.start()
        try:
            told.until(lambda event: isinstance(event, ev.AroundChanged) and event.online is True)
            for _ in range(2):  # also the second one, when nothing else changes
                told.clear()
                machine.working.perform(NotifyStaff())
                told.until(lambda event: isinstance(event, ev.HelpSent))
        finally:
            machine.stop()
    told_parts = [body.part for item in server.journal if isinstance(body := item.entry.fact.body, HealthChanged)]
    assert told_parts.count(HELP_PART) == 2
