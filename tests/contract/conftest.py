"""The same suites on a real device: `pytest tests/contract/KIND --port PORT [--baud BAUD]`.

A suite that can do so has tests with the fixture `place`; all others need a twin's hands and are left out then. On the
twin `place` is filled by the kind's own fixture `twin_place`.
"""

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Place:
    """Where the device under test is.

    Attributes:
        port: Such as `/dev/ttyUSB0`.
        baud: Its rate, None when the settings shall find it.
        real: Whether people must do by hand what a twin does by itself.
    """

    port: str
    baud: int | None
    real: bool = False


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("真实设备")
    group.addoption("--port", help="在接于此串口的真实设备上运行，如 /dev/ttyUSB0")
    group.addoption("--baud", type=int, help="它的波特率；不写则自动寻找")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not _port(config):
        return
    kept = [item for item in items if "place" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if _port(config):
        terminalreporter.write_line(
            f"在真实设备 {_port(config)} 上运行：只跑了不需要模拟器的测试；断线、坏字节等故障没有试", yellow=True
        )


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    """The real device of the command line, else the twin of the kind."""
    port = _port(request.config)
    if port:
        return Place(port, request.config.getoption("--baud"), real=True)
    twin_place: Place = request.getfixturevalue("twin_place")
    return twin_place


def _port(config: pytest.Config) -> str | None:
    # A run of all tests meets this file too late to declare options; then there are none.
    port: str | None = config.getoption("--port", None)
    return port
