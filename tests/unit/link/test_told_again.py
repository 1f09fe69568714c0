"""A copied ledger and its original against the real server: both go on, nothing they gave is lost or counted twice."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from hall.facts import TicketIssued
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from tests.support.referee import Referee
from tests.support.wire import Wire
from tests.unit.link.test_any_order import Device


@pytest.fixture
def referee() -> Referee:
    return Referee()


def on_server(referee: Referee) -> Counter[str]:
    """How often each number of the hall stands there."""
    with referee.store.read() as reader:
        return Counter(ticket.number for ticket in reader.live_tickets())


def opened_again(device: Device, name: str, folder: Path, referee: Referee) -> Device:
    """The same device over another folder."""
    device.ledger = Ledger.open(folder, name, new_id)
    device.wire = Wire(referee, device.ledger)
    return device


def test_a_copy_and_its_original_go_on_side_by_side(tmp_path: Path, referee: Referee) -> None:
    original = Device(tmp_path, "kiosk-1", referee)
    for _ in range(3):
        original.issue()
    original.wire.talk()
    original.issue()  # only in the two files
    shutil.copytree(tmp_path / "kiosk-1", tmp_path / "copy")
    copy = Device(tmp_path, "other", referee)
    copy.ledger.close()
    opened_again(copy, "other", tmp_path / "copy", referee)
    copy.wire.talk()
    for device in (copy, original, copy):
        device.issue()
        device.wire.talk()
    given = [ticket.number for device in (original, copy) for ticket in device.tickets]
    assert len(given) == len(set(given)) == 7
    assert on_server(referee) == Counter(given)
    assert original.ledger.lane != copy.ledger.lane
    assert copy.ledger.unsent_count() == original.ledger.unsent_count() == 0


def test_told_again_nothing_is_counted_twice(tmp_path: Path, referee: Referee) -> None:
    device = Device(tmp_path, "kiosk-1", referee)
    for _ in range(3):
        device.issue()
    device.wire.talk()
    device.ledger.close()
    shutil.copytree(tmp_path / "kiosk-1", tmp_path / "moved")  # to a new disk; the old one is thrown away
    opened_again(device, "kiosk-1", tmp_path / "moved", referee)
    device.wire.talk()
    device.issue()
    device.wire.talk()
    with referee.store.read() as reader:
        facts = [entry.fact.body for entry in reader.entries()]
        tickets = [reader.ticket(ticket.id) for ticket in device.tickets]
    assert len({body.ticket for body in facts if isinstance(body, TicketIssued)}) == 4
    assert on_server(referee) == Counter(ticket.number for ticket in device.tickets)
    assert [device.ledger.ticket(ticket.id) for ticket in device.tickets] == tickets
