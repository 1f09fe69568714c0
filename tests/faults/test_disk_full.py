"""A disk that is full or read-only: told in our words, no number that is not on disk, all well afterwards."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from hall.errors import OneWindowError
from hall.wire.replies import Problem
from installer.rehearsal.faults.acts import asked
from installer.rehearsal.faults.pair import DATABASE, KIOSK, Pair, SteppingClock, small_hall
from installer.rehearsal.faults.promises import broken, unsound
from queue_server.link.clock import new_id
from queue_server.link.errors import LedgerUnwritable
from queue_server.link.ledger import Ledger
from queue_server.store import Store
from queue_server.store.errors import DiskError
from tests.support.mounts import Ballast, remount, tiny_disk
from tests.support.served_hall import ROOT, make_hall, server_process

SERVER = "server"
TRIES = 40


def tried(act: Callable[[], object], times: int = TRIES) -> list[OneWindowError]:
    """The errors of an act done so often."""
    errors: list[OneWindowError] = []
    for _ in range(times):
        try:
            act()
        except OneWindowError as error:
            errors.append(error)
    return errors


def all_is_well(pair: Pair, told: int) -> None:
    """What was told before is still there, and work goes on, also after a start."""
    assert len(pair.told.numbers) == told
    assert list(broken(pair, pair.told)) == []
    pair.close()
    assert list(unsound(pair.folder)) == []


def test_a_kiosk_whose_disk_is_full_gives_no_number_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with tiny_disk(tmp_path / KIOSK, 1024) as disk:
        pair = Pair(tmp_path, SteppingClock(), 1)
        for _ in range(5):
            pair.issue()
        ballast = Ballast(disk)
        ballast.load()
        errors = tried(pair.issue)
        assert errors
        assert all(isinstance(error, LedgerUnwritable) and error.advice for error in errors)
        given = 5 + TRIES - len(errors)
        tried(pair.push, 3)
        ballast.throw_off()
        assert pair.issue()
        all_is_well(pair, given + 1)


def test_a_server_whose_disk_is_full_says_so_and_takes_everything_when_there_is_room(tmp_path: Path) -> None:
    with tiny_disk(tmp_path / SERVER, 2048) as disk:
        pair = Pair(tmp_path, SteppingClock(), 2)
        pair.issue()
        pair.push()
        ballast = Ballast(disk)
        ballast.load()
        call = asked("call_next", pair.new_id())
        tried(pair.issue)  # the kiosk does not need the server
        errors = tried(pair.push, 3) + tried(lambda: pair.do(pair.sessions[0], call), 3)
        assert errors
        assert all(isinstance(error, DiskError) and error.advice for error in errors)
        ballast.throw_off()
        pair.push()
        first, again = (pair.do(pair.sessions[0], call) for _ in range(2))
        assert first.ticket is not None
        assert first == again
        all_is_well(pair, 1 + TRIES)


def test_the_served_hall_answers_that_its_disk_is_full(tmp_path: Path) -> None:
    with tiny_disk(tmp_path / "hall", 2048) as disk:
        make_hall(disk)
        with server_process(disk) as hall:
            kiosk = hall.kiosk()
            ballast = Ballast(disk)
            ballast.load()
            refused = None
            while refused is None:  # what room is left inside the files is used up first
                kiosk.issue("alpha", "alpha_one", "A")
                try:
                    kiosk.push()
                except httpx.HTTPStatusError as error:
                    refused = error.response
            problem = Problem.model_validate_json(refused.content)
            assert (refused.status_code, problem.code) == (503, "store.disk")
            assert problem.advice
            ballast.throw_off()
            assert kiosk.push().highwater == len(kiosk.facts)


@pytest.mark.parametrize("part", [KIOSK, SERVER])
def test_a_disk_that_is_read_only_at_the_start_is_told_and_nothing_is_lost(tmp_path: Path, part: str) -> None:
    with tiny_disk(tmp_path / part, 2048) as disk:
        pair = Pair(tmp_path, SteppingClock(), 3)
        for _ in range(3):
            pair.issue()
        pair.push()
        pair.close()
        remount(disk, "ro")
        if part == KIOSK:
            with pytest.raises(LedgerUnwritable):
                Ledger.open(disk, "kiosk-1", new_id)
        else:
            with pytest.raises(DiskError):
                Store.open(tmp_path / DATABASE, small_hall().hall.id, new_id=new_id)
        remount(disk, "rw")
        again = Pair(tmp_path, SteppingClock(1_000_000), 4, bare=True)
        again.told.numbers |= pair.told.numbers
        all_is_well(again, 3)


def test_a_check_on_a_full_or_read_only_disk_says_which_and_ends_with_a_status(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    with tiny_disk(tmp_path / "small", 2048) as disk:
        shutil.copytree(made.data, disk / "server")
        names = {"HALL_ID": made.hall_id, "DATA": str(disk / "server"), "HALL_KEY": str(made.hall_key), "PORT": "0"}
        environment = os.environ | {f"ONEWINDOW_SERVER_{name}": value for name, value in names.items()}

        def check() -> tuple[int, str]:
            ended = subprocess.run(
                [sys.executable, "-m", "queue_server", "--check"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert "Traceback" not in ended.stderr
            return ended.returncode, ended.stderr

        ballast = Ballast(disk)
        ballast.load()
        status, words = check()
        assert status == 2
        assert "磁盘已满" in words
        assert "剩余空间" in words
        ballast.throw_off()
        assert check()[0] == 0
        remount(disk, "ro")
        status, words = check()
        assert status == 2
        assert "磁盘是只读的" in words
        remount(disk, "rw")
