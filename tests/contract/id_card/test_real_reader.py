"""What every ID-card reader must do, the real one on the desk too (`--port`). There, lay a card before the run.

Nothing of the card is shown, also when a test fails.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from devices.errors import DeviceMissing
from devices.health import HealthState
from devices.id_card import CardEvent, CardRead
from devices.id_card.drivers.sdt import RATES, SdtReader
from devices.id_card.read_card import shown
from devices.id_card.simulator import IdCardSimulator
from devices.transports import SerialTransport
from hall.identity import DocumentKind, is_citizen_number
from tests.contract.conftest import Place

NO_CARD = "没有读到证件：请先把一张证件放在阅读器上，再运行一次（读过的要拿起再放）"


@pytest.fixture
def twin_place(tmp_path: Path) -> Iterator[Place]:
    """A twin with a card on it."""
    twin = IdCardSimulator(link=tmp_path / "reader")
    twin.start()
    twin.act("lay", {"seed": 12})
    yield Place(twin.address, 115200)
    twin.stop()


def ways(place: Place) -> Mapping[int, SerialTransport]:
    return {rate: SerialTransport(place.port, rate) for rate in ((place.baud,) if place.baud else RATES)}


def test_the_reader_is_well_and_names_its_module_again_and_again(place: Place) -> None:
    reader = SdtReader(ways(place), lambda _: None)
    told = set()
    for _ in range(3):
        with closing(reader):
            reader.open()
            assert reader.health().state is HealthState.ONLINE
            told.add(reader.health().details)
    assert len(told) == 1
    assert {"波特率", "安全模块"} == dict(told.pop()).keys()


def test_the_port_belongs_to_one_program(place: Place) -> None:
    first, second = SdtReader(ways(place), lambda _: None), SdtReader(ways(place), lambda _: None)
    with closing(first), closing(second):
        first.open()
        with pytest.raises(DeviceMissing):
            second.open()


def test_the_card_that_lies_there_is_read_once_and_makes_sense(place: Place) -> None:
    told: list[CardEvent] = []
    stop = threading.Event()
    patience = threading.Timer(20, stop.set)

    def heed(event: CardEvent) -> None:
        told.append(event)
        threading.Timer(1.0, stop.set).start()  # a reader that finds the card again must not be told again

    reader = SdtReader(ways(place), heed)
    with closing(reader):
        reader.open()
        patience.start()
        reader.watch(stop)
        patience.cancel()
    assert len(told) == 1, NO_CARD
    [event] = told
    assert isinstance(event, CardRead), NO_CARD
    document = event.document
    assert is_citizen_number(document.number) is (document.kind is not DocumentKind.FOREIGNER_2017)
    known = {key for key, value in shown(document, reveal=False).items() if value is not None}
    assert {"kind", "number", "sex", "birth", "valid_from", "valid_to"} <= known
    assert known & {"name", "name_en"}
