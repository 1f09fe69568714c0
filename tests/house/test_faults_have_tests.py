"""Every fault that a twin knows is named in the contract suite of its kind; a new one without a test is found here."""

from pathlib import Path

import pytest

from devices.registry import TWINS, twin_class
from devices.simulation.line_faults import KINDS

CONTRACT = Path(__file__).parents[1] / "contract"
SUITES = {"camera": ["scanner"], "keyboard": ["call_pad", "rating_pad"]}


@pytest.mark.parametrize("kind", TWINS)
def test_every_fault_is_named_in_the_suite_of_its_kind(kind: str) -> None:
    files = [file for folder in SUITES.get(kind, [kind]) for file in sorted((CONTRACT / folder).glob("*.py"))]
    suite = "\n".join(file.read_text("utf-8") for file in files)
    by_table = set(KINDS) if "KINDS" in suite or "SPOILT" in suite else set()  # a suite may take them all from there
    assert [name for name in twin_class(kind).faults if name not in by_table and f'"{name}"' not in suite] == []
