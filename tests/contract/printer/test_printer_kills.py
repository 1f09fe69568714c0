"""The line, the printer or the kiosk breaks at any byte: nobody is left without a number, no number is given twice.

Here at a sample of bytes; `python -m tests.support.paper_kills` does every byte.
"""

from pathlib import Path

import pytest

from tests.support.paper_kills import CONVERSATION, break_line, kill_kiosk


@pytest.mark.parametrize("power", [False, True], ids=["line", "power"])
def test_the_printer_is_cut_off_at_any_byte(tmp_path: Path, power: bool) -> None:
    broken = break_line(tmp_path, range(1, CONVERSATION, 97), power=power)
    assert broken > 10


def test_the_kiosk_is_killed_at_any_byte(tmp_path: Path) -> None:
    assert kill_kiosk(tmp_path, (14, 500, 1200)) >= 2
