"""A kiosk whose scanner is a camera: a passport held before it tells who stands there."""

from pathlib import Path
from queue import Queue

from devices.config import DevicesConfig, ScannerConfig
from devices.scanner.camera_simulator import CameraSimulator
from hall.identity import DocumentKind
from kiosk.config import KioskConfig, Setup
from kiosk.journey import events as ev
from kiosk.machine import Machine
from kiosk.metrics import Metrics
from tests.support.kiosks import HALL_KEY, kiosk_ledger

PATIENCE_S = 20


def test_a_passport_before_the_camera_is_read_like_a_card(tmp_path: Path) -> None:
    kiosk_ledger(tmp_path).close()
    camera = CameraSimulator()
    camera.start()
    told: Queue[ev.Event] = Queue()
    setup = Setup(
        KioskConfig(name="kiosk-1", data=tmp_path, hall_key=tmp_path / "none", server="http://127.0.0.1:9"),
        DevicesConfig(scanner=ScannerConfig(driver="camera", port=camera.address, documents=True)),
        HALL_KEY,
    )
    machine = Machine(setup, Metrics(), told.put)
    machine.start()
    try:
        event = told.get(timeout=PATIENCE_S)
        while not (isinstance(event, ev.AroundChanged) and event.passports):  # the page says so now
            event = told.get(timeout=PATIENCE_S)
        camera.act("show_document", {"seed": 4})
        while not isinstance(event, ev.PassportRead):
            event = told.get(timeout=PATIENCE_S)
        assert event.document.kind is DocumentKind.PASSPORT
        assert len(event.document.masked_name) == 2
        for act, sees in (("fault", False), ("mend", True)):  # the page offers it only while the camera sees
            camera.act(act, {"kind": "covered"} if act == "fault" else {})
            while not (isinstance(event, ev.AroundChanged) and event.passports is sees):
                event = told.get(timeout=PATIENCE_S)
        camera.act("show", {"text": "https://example.org/somebody-elses-code"})
        while not isinstance(event, ev.OtherScanned):
            event = told.get(timeout=PATIENCE_S)
    finally:
        machine.stop()
        camera.stop()
