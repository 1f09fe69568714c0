"""Why PySide6 is pinned: a release that loses a reference of None on every call ends the process after a few hours."""

import sys

from PySide6 import __version__
from PySide6.QtCore import QObject

CALLS = 1_000


def test_a_thousand_qt_calls_lose_no_reference_of_none() -> None:
    thing = QObject()
    name = "window"
    thing.setObjectName(name)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName(name)
        thing.blockSignals(False)
    lost = before - sys.getrefcount(None)
    assert lost < CALLS // 10, f"PySide6 {__version__} loses {lost} references of None in {CALLS} calls"
