"""The ledger across processes: a second one is refused, and a killed one has lost no printed number."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from queue_server.link.errors import LedgerInUse
from tests.support.ledgers import open_ledger
from tests.support.tickets import DAY

ROOT = Path(__file__).parents[3]
KILLS = 30


def issuing_child(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.issuing_child", str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )


def kill(child: subprocess.Popen[bytes]) -> list[str]:
    """End it as a power cut would; the whole lines it had written."""
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    return [line.decode() for line in rest.split(b"\n")[:-1]]


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    child = issuing_child(tmp_path)
    try:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(LedgerInUse):
            open_ledger(tmp_path)
    finally:
        kill(child)
    open_ledger(tmp_path).close()


def test_killed_at_any_moment_no_number_is_lost_or_given_twice(tmp_path: Path) -> None:
    random, papers = Random(7), list[str]()
    for _ in range(KILLS):
        child = issuing_child(tmp_path)
        assert child.stdout is not None
        papers += [child.stdout.readline().decode().strip() for _ in range(random.randint(1, 12))]
        papers += kill(child)
    with open_ledger(tmp_path) as ledger:
        known = [ticket.number for ticket, _ in ledger.live_tickets(DAY)]
        facts = {sent.fact.lane_seq for sent in ledger.unsent(limit=100_000)}
    assert len(papers) >= KILLS
    assert len(papers) == len(set(papers))
    assert len(known) == len(set(known))
    assert set(papers) <= set(known)
    assert facts == set(range(1, len(known) + 1))
