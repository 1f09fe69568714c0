"""The SDT driver over its twin on a real pseudo-terminal: what a citizen does, and what goes wrong on the way."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random
from typing import Any

import pytest

from devices.clock import mono_us
from devices.errors import ActRefused, DeviceMissing
from devices.health import Health, HealthState
from devices.id_card import CardEvent, CardLifted, CardRead
from devices.id_card.drivers.sdt import WAKING_ASKS, SdtReader
from devices.id_card.people import invented_person
from devices.id_card.simulator import IdCardSimulator
from devices.simulation import TwinProcess
from devices.supervisor import Supervisor
from devices.transports import SerialTransport
from hall.identity import DocumentKind, is_citizen_number


class Desk:
    """A twin, its driver on a thread of its own, and what the driver tells."""

    def __init__(self, twin: IdCardSimulator) -> None:
        self.twin = twin
        self.told: Queue[CardEvent | Exception] = Queue()
        # The driver's clock runs three times as fast, so that nobody waits out how long a lifted card must be away.
        self.reader = SdtReader(
            SerialTransport(twin.address, 115200),
            self.told.put,
            with_newest_address=True,
            poll_s=0.05,
            now_us=lambda: 3 * mono_us(),
        )
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self.reader.open()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(10)
        self.reader.close()

    def act(self, name: str, **arguments: Any) -> dict[str, Any]:
        return self.twin.act(name, arguments)

    def next(self) -> CardEvent | Exception:
        return self.told.get(timeout=20)

    def _run(self) -> None:
        try:
            self.reader.watch(self._stop)
        except Exception as error:
            self.told.put(error)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    twin = IdCardSimulator(link=tmp_path / "id_card")
    twin.start()
    desk = Desk(twin)
    yield desk
    desk.stop()
    twin.stop()


@pytest.mark.parametrize(
    "kind",
    [DocumentKind.RESIDENT, DocumentKind.HMT_PERMIT, DocumentKind.FOREIGNER_2017, DocumentKind.FOREIGNER_2023],
)
def test_each_kind_of_card_is_read_whole(desk: Desk, kind: DocumentKind) -> None:
    desk.start()
    assert desk.act("lay", seed=5, kind=kind)["kind"] == kind
    assert desk.next() == CardRead(invented_person(Random(5), kind))
    assert desk.act("state")["reads"] == 1


def test_the_appended_address_replaces_the_printed_one(desk: Desk) -> None:
    desk.act("lay", seed=6, newest_address="某市新路2号")
    desk.start()
    event = desk.next()
    assert isinstance(event, CardRead)
    assert event.document.address == "某市新路2号"


@pytest.mark.parametrize("latching", [True, False])
def test_a_card_is_told_once_until_it_was_lifted(desk: Desk, latching: bool) -> None:
    desk.act("latch", on=latching)
    desk.act("lay", seed=1)
    desk.start()
    first = desk.next()
    assert isinstance(first, CardRead)
    with pytest.raises(Empty):
        desk.told.get(timeout=0.7)  # it still lies there, longer than a lifted card would need to be noticed
    desk.act("lift")
    if latching:
        with pytest.raises(Empty):
            desk.told.get(timeout=0.7)  # this reader cannot tell
    else:
        assert desk.next() == CardLifted()
    desk.act("lay", seed=2)
    if latching:
        assert desk.next() == CardLifted()
    second = desk.next()
    assert isinstance(second, CardRead)
    assert second != first


def test_a_module_that_is_still_waking_is_asked_again(desk: Desk) -> None:
    desk.act("fault", kind="silence", count=WAKING_ASKS - 1)
    desk.act("lay", seed=7)
    desk.start()
    assert isinstance(desk.next(), CardRead)


@pytest.mark.parametrize("kind", ["21", "silence"])
def test_a_reader_that_cannot_tell_the_appended_address_has_read_the_card(desk: Desk, kind: str) -> None:
    desk.act("fault", kind=kind, count=None, on="READ_NEWEST_ADDRESS")
    desk.act("lay", seed=3, newest_address="某市新路2号")
    desk.start()
    assert desk.next() == CardRead(invented_person(Random(3)))


def test_the_twin_refuses_what_no_hand_can_do(desk: Desk) -> None:
    refused: list[tuple[str, dict[str, Any]]] = [
        ("lay", {}),
        ("lay", {"seed": 1, "kind": "passport"}),
        ("lay", {"document": {"kind": "resident", "nickname": "x"}}),
        ("lay", {"document": {"kind": "resident", "name": 7, "number": "1"}}),
        ("lay", {"document": {"kind": "resident", "name": "长" * 16, "number": "1"}}),
        ("fault", {"kind": "fire"}),
        ("fault", {"kind": "41", "on": "SING"}),
        ("slow_rf", {"seconds": "long"}),
        ("bend", {}),
    ]
    for act, arguments in refused:
        with pytest.raises(ActRefused):
            desk.act(act, **arguments)


def test_a_pulled_plug_is_noticed_and_the_reader_comes_back_by_itself(tmp_path: Path) -> None:
    told: Queue[CardEvent] = Queue()
    health: Queue[Health] = Queue()
    link = tmp_path / "reader"
    with TwinProcess("id_card", ["--link", str(link)]) as twin:
        reader = SdtReader(SerialTransport(twin.address, 115200), told.put)
        supervisor = Supervisor([reader], health.put, random=Random(1))
        supervisor.start()
        try:
            assert health.get(timeout=20).state is HealthState.ONLINE
            twin.control.act("unplug")
            missing = health.get(timeout=20)
            assert (missing.state, missing.problem) == (HealthState.MISSING, "device.missing")
            twin.control.act("plug")
            assert health.get(timeout=20).state is HealthState.ONLINE
            person = {"kind": "resident", "name": "测试丁", "number": invented_person(Random(9)).number}
            assert twin.control.act("lay", document=person)["masked_name"] == "测**"
            event = told.get(timeout=20)
            assert isinstance(event, CardRead)
            assert is_citizen_number(event.document.number)
        finally:
            assert supervisor.stop() == ()
    with pytest.raises(DeviceMissing):
        twin.control.act("state")
    assert not link.is_symlink()


def test_a_twin_that_cannot_start_says_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DeviceMissing, match="退出码 1"):
        TwinProcess("id_card", ["--link", str(tmp_path / "no" / "folder" / "reader")])
    assert "device.missing" in capfd.readouterr().err


def test_a_twin_killed_hard_leaves_its_holder_with_a_clear_error(tmp_path: Path) -> None:
    twin = TwinProcess("id_card", ["--link", str(tmp_path / "reader")])
    subprocess.run(["kill", "-9", str(twin.pid)], check=True)
    assert twin.stop() == -9
    with pytest.raises(DeviceMissing):
        twin.control.act("state")
