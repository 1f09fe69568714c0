"""Each fault of the twin by its name: what the citizen is told (events) and what the manager reads (health)."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random
from typing import Any

import pytest

from devices.clock import mono_us
from devices.errors import ActRefused
from devices.health import Health
from devices.id_card import CardEvent, CardLifted, CardRead, CardUnreadable, UnreadableReason
from devices.id_card.drivers.sdt import SdtReader
from devices.id_card.people import invented_person
from devices.id_card.simulator import IdCardSimulator
from devices.simulation import TwinProcess
from devices.simulation.faults import orders_of
from devices.supervisor import Supervisor
from devices.transports import SerialTransport

READ = CardRead(invented_person(Random(3)))
NOT_READ = CardUnreadable(UnreadableReason.NOT_READ)
NO_DOCUMENT = CardUnreadable(UnreadableReason.NOT_AN_ID_DOCUMENT)
WELL = "正常"
POWER = "未连接：请检查设备电源，或将设备断电后重新接通"
CABLE = "未连接：请检查设备的电源和数据线是否插好"
NOISE = "需要处理：请检查数据线是否松动，以及设备设置是否正确"

# What the citizen whose card is laid is told, None for nothing; and what the manager reads.
LASTING: dict[str, tuple[CardEvent | None, str]] = {
    "split_writes": (READ, WELL),
    "stray_bytes": (READ, WELL),
    "extra_aa": (READ, WELL),
    "latch_off": (READ, WELL),
    "slow_rf": (READ, WELL),
    "80": (None, WELL),
    "81": (NOT_READ, WELL),
    "41": (NOT_READ, WELL),
    "31": (NOT_READ, WELL),
    "32": (NOT_READ, WELL),
    "33": (NOT_READ, WELL),
    "47": (NOT_READ, WELL),
    "40": (NO_DOCUMENT, WELL),
    "10": (None, NOISE),
    "11": (None, NOISE),
    "21": (None, NOISE),
    "flipped_bit": (None, NOISE),
    "truncated": (None, NOISE),
    "silence": (None, POWER),
    "oem_timeout": (None, POWER),
    "wrong_baud": (None, POWER),
    "unplug": (None, CABLE),
    "24": (None, "故障：阅读器报告未知错误，请断电后重新接通，仍不行请联系维护人员"),
    "60": (None, "故障：阅读器自检没有通过，请断电后重新接通，仍不行请联系维护人员"),
    "66": (None, "故障：阅读器的安全模块没有授权，不能读证，请联系维护人员"),
}
# Faults that pass: nobody notices more than a moment. On the first answer, and on the one with the card's text.
ON_THE_LINE = ["silence", "flipped_bit", "truncated", "stray_bytes", "extra_aa", "split_writes", "oem_timeout", "reset"]
STATUSES = ["81", "41", "31", "32", "33", "47", "10", "11", "21", "24", "60", "66"]
PASSING = [(fault, on) for fault in ON_THE_LINE for on in ("FIND", "READ")] + [(fault, None) for fault in STATUSES]


class Hall:
    """A supervised reader on its twin: what the kiosk hears, and what the manager reads."""

    def __init__(self, twin: IdCardSimulator) -> None:
        self.twin = twin
        self.told: Queue[CardEvent] = Queue()
        self.health: Queue[Health] = Queue()
        # Three times as fast, so that nobody waits out how long a lifted card must be away.
        reader = SdtReader(
            SerialTransport(twin.address, 115200), self.told.put, poll_s=0.05, now_us=lambda: 3 * mono_us()
        )
        self.supervisor = Supervisor([reader], self.health.put, random=Random(1))
        self.supervisor.start()

    def act(self, name: str, **arguments: Any) -> None:
        self.twin.act(name, arguments)

    def manager_reads(self) -> str:
        return self.health.get(timeout=20).words

    def citizen_is_told(self) -> CardEvent:
        return self.told.get(timeout=20)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    twin = IdCardSimulator(link=tmp_path / "id_card")
    twin.start()
    hall = Hall(twin)
    yield hall
    stuck = hall.supervisor.stop()
    twin.stop()
    assert stuck == ()


def test_every_fault_is_told_of() -> None:
    assert set(IdCardSimulator.faults) == {*LASTING, *ON_THE_LINE}
    assert all(fault.words for fault in IdCardSimulator.faults.values())


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_is_told_to_whom_it_concerns_and_ends_with_its_cause(hall: Hall, fault: str) -> None:
    citizen, manager = LASTING[fault]
    assert hall.manager_reads() == WELL
    for act, arguments in orders_of(hall.twin.faults, [fault]):
        hall.act(act, **arguments)
    if fault != "unplug":
        hall.act("lay", seed=3)
    if manager != WELL:
        assert hall.manager_reads() == manager
    if citizen is not None:
        assert hall.citizen_is_told() == citizen
    with pytest.raises(Empty):
        hall.told.get(timeout=0.1)  # once, or not at all

    hall.act("mend")
    hall.act("plug")
    if manager != WELL:
        assert hall.manager_reads() == WELL
        hall.act("lay", seed=3)
        assert hall.citizen_is_told() == READ
    elif fault in ("41", "40"):  # laid anew, it is read
        hall.act("lift")
        assert hall.citizen_is_told() == CardLifted()
        hall.act("lay", seed=3)
        assert hall.citizen_is_told() == READ
    elif citizen is None:
        assert hall.citizen_is_told() == READ
    assert hall.health.empty()


@pytest.mark.parametrize(("fault", "on"), PASSING)
def test_a_passing_fault_costs_nobody_anything(hall: Hall, fault: str, on: str | None) -> None:
    assert hall.manager_reads() == WELL
    [(act, arguments)] = orders_of(hall.twin.faults, [f"{fault}:1"])
    hall.act(act, **arguments, on=on)
    hall.act("lay", seed=3)
    assert hall.citizen_is_told() == READ
    assert hall.health.empty()


def test_polls_that_find_no_card_are_counted(hall: Hall) -> None:
    [(act, arguments)] = orders_of(hall.twin.faults, ["80:5"])
    hall.act(act, **arguments)
    hall.act("lay", seed=3)
    assert hall.citizen_is_told() == READ


def test_a_twin_is_started_with_its_faults(tmp_path: Path) -> None:
    options = ["--link", str(tmp_path / "reader"), "--lay", "hmt_permit", "--seed", "7"]
    with TwinProcess("id_card", [*options, "--fault", "41", "--fault", "latch_off"]) as twin:
        told: Queue[CardEvent] = Queue()
        reader = SdtReader(SerialTransport(twin.address, 115200), told.put)
        supervisor = Supervisor([reader], lambda _: None, random=Random(1))
        supervisor.start()
        try:
            assert told.get(timeout=20) == NOT_READ
            twin.control.act("mend")
        finally:
            assert supervisor.stop() == ()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (["fire"], "silence"),
        (["41:often"], "次数"),
        (["41:0"], "次数"),
        (["unplug:2"], "不计次数"),
        (["41", "silence"], "不能同时"),
    ],
)
def test_a_fault_that_cannot_be_is_refused_in_words(wanted: list[str], words: str) -> None:
    with pytest.raises(ActRefused, match=words):
        orders_of(IdCardSimulator.faults, wanted)
