"""The panel over real twins: what its buttons do is told in a sentence, and a pulled slip can be shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.config import EscposConfig
from devices.printer import Cut, PrintOutcome, Qr, Slip
from devices.registry import build_printer
from devices.simulation.process import TwinProcess
from installer.rehearsal.panel.twins import TwinActs
from tests.support.grab import Screen

SIZE = (480, 860)


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[dict[str, TwinProcess]]:
    options = {
        "id_card": ["--link", str(tmp_path / "card")],
        "scanner": ["--link", str(tmp_path / "scanner")],
        "printer": ["--port", "0", "--out", str(tmp_path / "slips")],
    }
    running = {kind: TwinProcess(kind, extra) for kind, extra in options.items()}
    yield running
    for twin in running.values():
        twin.stop()


def said(acts: TwinActs) -> str:
    return str(acts.property("said"))


def test_a_pulled_slip_can_be_held_before_the_scanner(twins: dict[str, TwinProcess]) -> None:
    acts = TwinActs(*(twins[kind].control for kind in ("id_card", "scanner", "printer")))
    with Screen("installer/rehearsal/panel/Panel.qml", SIZE, {"acts": acts}, scale="desk") as screen:
        acts.pullPaper()
        assert said(acts) == "打印机口没有取号单"
        printer = build_printer(EscposConfig(address=f"tcp:{twins['printer'].address}"))
        printer.open()
        assert printer.print("1" * 32, Slip((Qr("OW1:TEST"), Cut()))).outcome is PrintOutcome.PRINTED
        printer.close()
        acts.pullPaper()
        assert (said(acts), acts.property("code")) == ("取走了取号单", "OW1:TEST")
        acts.showCode(acts.property("code"))
        assert said(acts) == "出示了二维码"
        acts.layCard()
        assert "虚构" in said(acts)
        assert screen.picture().width() == SIZE[0]


def test_a_twin_that_is_gone_is_told(twins: dict[str, TwinProcess]) -> None:
    acts = TwinActs(*(twins[kind].control for kind in ("id_card", "scanner", "printer")))
    twins["id_card"].stop()
    acts.liftCard()
    assert "不在运行" in said(acts)
