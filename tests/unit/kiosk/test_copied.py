"""A kiosk over a copied data folder: it says so, gives no number, and goes on by itself once it has met the server."""

import shutil
from pathlib import Path

import pytest

from devices.config import DevicesConfig
from hall.facts import TicketIssued
from kiosk.config import KioskConfig, Setup
from kiosk.journey import events as ev
from kiosk.machine import Machine
from kiosk.metrics import Metrics
from queue_server.link.errors import NotEnrolled
from tests.support.kiosks import HALL_KEY, kiosk_ledger, sample_hall
from tests.support.ledgers import issue
from tests.support.scripted_server import ScriptedServer
from tests.support.watch import Watch


def test_it_waits_for_the_server_and_tells_everything_again(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path / "kiosk") as ledger:
        numbers = [issue(ledger).number for _ in range(2)]
    shutil.copytree(tmp_path / "kiosk", tmp_path / "copy")
    server, told = ScriptedServer(sample_hall()), Watch[ev.Event]()
    kiosk = KioskConfig(name="kiosk-1", data=tmp_path / "copy", hall_key=tmp_path / "none", server=server.address)
    machine = Machine(Setup(kiosk, DevicesConfig(), HALL_KEY), Metrics(), told)
    machine.start()
    try:
        first = told.until(lambda event: isinstance(event, ev.AroundChanged) and event.copied is not None)
        assert isinstance(first, ev.AroundChanged)
        assert (first.configured, first.copied, first.unsent) == (False, True, 2)
        with pytest.raises(NotEnrolled):
            issue(machine.ledger)
        with server:
            told.until(lambda event: isinstance(event, ev.AroundChanged) and event.configured is True)
            told.until(lambda event: isinstance(event, ev.AroundChanged) and event.unsent == 0)
            bodies = [item.entry.fact.body for item in server.journal]
            assert [f"A{body.n:03}" for body in bodies if isinstance(body, TicketIssued)] == numbers
            assert (server.hellos[0].lane, server.hellos[0].replaces, machine.ledger.lane) == (None, 2, 3)
    finally:
        machine.stop()
