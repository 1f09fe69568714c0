"""What only a camera does: many symbologies, troubles of the view, films, all over its twin or real files."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from random import Random

import pytest
import segno

from devices.clock import mono_us
from devices.config import ScannerConfig
from devices.errors import ActRefused, DeviceMissing
from devices.health import HealthState
from devices.registry import build_scanner
from devices.scanner.camera_scanner import CameraScanner
from devices.scanner.camera_simulator import CameraSimulator
from devices.scanner.mrz import Mrz, parse
from devices.scanner.scanner import Scan
from devices.scanner.travellers import invented_zone
from hall.identity import DocumentKind
from tests.contract.scanner.scanners import PATIENCE_S, Gate, camera
from tests.support.code_folder import save
from tests.support.passports import TODAY
from tests.support.shots import modules

FASTER = 10  # the driver's own clock, so that two seconds of patience pass quickly


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate(CameraSimulator(), lambda address, told: camera(address, told, lambda: mono_us() * FASTER))
    yield gate
    gate.stop()


@pytest.mark.parametrize(
    ("symbology", "text"),
    [("Micro QR", "A023"), ("Code 128", "A023-0001"), ("EAN", "6901234567892"), ("PDF417", "一窗通 A023"),
     ("Data Matrix", "OW1:ABC")],
)  # fmt: skip
def test_codes_of_slips_receipts_and_documents_are_read(gate: Gate, symbology: str, text: str) -> None:
    gate.show(text=text, symbology=symbology)
    assert gate.next() == Scan(text, text.encode(), symbology)


@pytest.mark.parametrize(("fault", "word"), [("covered", "挡住"), ("dark", "全黑"), ("frozen", "不动")])
def test_a_camera_that_sees_nothing_says_what_to_do_and_recovers(gate: Gate, fault: str, word: str) -> None:
    gate.twin.act("fault", {"kind": fault})
    assert gate.watched.get(timeout=PATIENCE_S) == f"scanner.{fault}"
    health = gate.scanner.health()
    assert health.state is HealthState.ATTENTION
    assert word in health.trouble
    assert "请" in health.advice
    gate.twin.act("mend", {})
    assert gate.watched.get(timeout=PATIENCE_S) == ""
    gate.show(text="OW1:AGAIN")
    assert gate.next().text == "OW1:AGAIN"


@pytest.mark.parametrize("shape", ["TD3", "TD1"])
def test_a_passport_or_permit_held_before_the_camera_is_read(shape: str) -> None:
    read: Queue[Mrz] = Queue()
    gate = Gate(CameraSimulator(), lambda address, told: camera(address, told, lambda: 0, read.put))
    try:
        gate.twin.act("show_document", {"seed": 4, "shape": shape})
        found = read.get(timeout=PATIENCE_S)
        expected = parse(invented_zone(Random(4), shape), TODAY)
        assert found == expected
        assert expected.document().kind is DocumentKind.PASSPORT
        assert gate.told.empty()
    finally:
        gate.stop()


def test_documents_are_looked_for_only_if_the_settings_want_it() -> None:
    for wanted in (True, False):
        config = ScannerConfig(driver="camera", port="0", documents=wanted)
        scanner = build_scanner(config, lambda _: None, lambda _: None)
        assert isinstance(scanner, CameraScanner)
        assert scanner.reads_documents is wanted


def test_a_still_scene_is_no_trouble(gate: Gate) -> None:
    gate.show(text="OW1:STILL")
    gate.next()
    gate.twin.act("clear", {})
    gate.show(text="OW1:LATER")  # a frame of each was looked at, and the driver never came back to report
    gate.next()
    assert gate.watched.empty()


def test_the_twin_says_which_faults_and_codes_there_are(gate: Gate) -> None:
    with pytest.raises(ActRefused, match="covered"):
        gate.twin.act("fault", {"kind": "stolen"})
    with pytest.raises(ActRefused, match="EAN"):
        gate.show(text="not a number", symbology="EAN")


def test_a_camera_that_is_not_there_is_missing(tmp_path: Path) -> None:
    for address in ("0", "/dev/video99", str(tmp_path / "none.avi"), "http://user:secret@127.0.0.1:1/camera.mjpg"):
        scanner = build_scanner(ScannerConfig(driver="camera", port=address), lambda _: None)
        with pytest.raises(DeviceMissing, match="打不开") as told:
            scanner.open()
        assert "secret" not in str(told.value)
        scanner.close()


def test_a_sequence_of_pictures_plays_over_and_over(tmp_path: Path) -> None:
    texts = ["OW1:ONE", "OW1:TWO", "OW1:TEN"]
    for index, text in enumerate(texts):
        save(modules(segno.make(text, micro=False), 8), tmp_path / f"frame_{index:03d}.png")
    told: Queue[Scan] = Queue()
    stop = threading.Event()
    scanner = camera(str(tmp_path / "frame_%03d.png"), told.put, lambda: mono_us() * FASTER)
    scanner.open()
    thread = threading.Thread(target=scanner.watch, args=(stop,))
    thread.start()
    try:
        assert [told.get(timeout=PATIENCE_S).text for _ in range(4)] == [*texts, texts[0]]
    finally:
        stop.set()
        thread.join(PATIENCE_S)
        scanner.close()
