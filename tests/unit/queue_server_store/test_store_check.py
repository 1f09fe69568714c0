"""The check finds every edit, and says nothing when nothing was done."""

import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from hall.wire.commands import CallNext, FinishService, StartService
from queue_server.store import Store, check
from queue_server.store.aside import Aside
from queue_server.store.errors import CheckBrokenError, ClosedError
from tests.support.referee import HALL_ID, Ids, Referee


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("day") / "hall.db"
    referee = Referee(path)
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    for _ in range(12):
        kiosk.issue()
        referee.pass_time(20)
    kiosk.push()
    for _ in range(6):
        reply = referee.do(clerk, CallNext(request_id=referee.ids()))
        assert reply.ticket is not None
        for command in (StartService, FinishService):
            referee.do(clerk, command(request_id=referee.ids(), ticket=reply.ticket.id))
    referee.store.close()
    return path


def edited(day: Path, folder: Path, statement: str) -> tuple[bool, bool]:
    """Chain and tables as the check finds them after somebody edited a copy behind our back."""
    path = folder / "copy.db"
    shutil.copy(day, path)
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER journal_is_never_changed; DROP TRIGGER journal_is_never_shortened")
    connection.execute("DROP TRIGGER ticket_is_never_deleted; DROP TRIGGER ticket_keeps_its_number")
    connection.execute(statement)
    assert connection.changes() > 0
    connection.close()
    with Store.open(path, HALL_ID, new_id=Ids()) as store, store.read() as reader:
        result = check(reader)
    path.unlink()
    assert bool(result.differences) == (not (result.chain_ok and result.tables_agree))
    return result.chain_ok, result.tables_agree


def test_an_honest_day_is_whole(day: Path) -> None:
    with Store.open(day, HALL_ID, new_id=Ids()) as store, store.read() as reader:
        result = check(reader)
    assert (result.chain_ok, result.tables_agree, result.differences) == (True, True, ())
    assert result.entries > 30


def test_every_random_edit_of_the_journal_is_found(day: Path, tmp_path: Path) -> None:
    dice = random.Random(7)
    columns = {
        "at": "at + 1",
        "quality": "CASE quality WHEN 'exact' THEN 'clamped' ELSE 'exact' END",
        "fact_json": "replace(fact_json, '\"lane\":', '\"lane\": ')",
        "prev_hash": "replace(prev_hash, substr(prev_hash, 1, 1), 'x')",
        "hash": "replace(hash, substr(hash, 1, 1), 'x')",
        "event_id": "replace(event_id, '0', 'f')",
        "kind": "kind || 'x'",
        "wall": "wall + 1",
        "mono": "mono + 1",
        "boot_id": "boot_id || 'x'",
    }
    for column, value in columns.items():
        for seq in dice.sample(range(1, 30), 3):
            chain_ok, _ = edited(day, tmp_path, f"UPDATE journal SET {column} = {value} WHERE seq = {seq}")
            assert not chain_ok, (column, seq)


def test_a_missing_entry_is_found(day: Path, tmp_path: Path) -> None:
    assert not edited(day, tmp_path, "DELETE FROM journal WHERE seq = 9")[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket SET effective_at = effective_at - 1 WHERE n = 8",
        "UPDATE ticket SET state = 'cancelled' WHERE n = 9",
        "DELETE FROM ticket WHERE n = 3",
        "UPDATE window_status SET clerk = '9999'",
        "UPDATE lane SET highwater = highwater + 1",
        "UPDATE number_plan SET residue = 0, modulus = 2",
        "UPDATE day_count SET finished = finished + 1",
        "DELETE FROM served WHERE seq = (SELECT max(seq) FROM served)",
        'INSERT INTO rating SELECT hall_id, ticket, "window", clerk, day, 5, at FROM served LIMIT 1',
    ],
)
def test_an_edit_of_the_tables_is_found_and_not_mended(day: Path, tmp_path: Path, statement: str) -> None:
    assert edited(day, tmp_path, statement) == (True, False)


def test_the_journal_can_be_neither_changed_nor_shortened(day: Path) -> None:
    connection = apsw.Connection(str(day))
    for statement in ("UPDATE journal SET at = 0", "DELETE FROM journal", "REPLACE INTO journal SELECT * FROM journal"):
        with pytest.raises(apsw.ConstraintError):
            connection.execute(statement)
    connection.close()


def test_a_running_hall_is_checked_in_another_process_which_says_the_same(day: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(day, tmp_path / "running.db"))
    with Store.open(path, HALL_ID, new_id=Ids()) as store:
        assert store.check().tables_agree
        with store.read() as reader:
            assert store.check() == check(reader)
        behind = apsw.Connection(str(path))
        behind.execute("DROP TRIGGER ticket_keeps_its_number")
        behind.execute("UPDATE ticket SET n = n + 500 WHERE id = (SELECT min(id) FROM ticket)")
        behind.close()
        found = store.check()
    assert found.chain_ok
    assert not found.tables_agree
    assert found.differences


def test_a_check_that_cannot_look_says_why(tmp_path: Path) -> None:
    path = tmp_path / "no.db"
    path.write_bytes(b"this was never a database" * 400)
    with pytest.raises(CheckBrokenError, match="不是可读的数据库"):
        Aside().check(path, HALL_ID)


def test_who_stops_waits_for_no_check(tmp_path: Path) -> None:
    slow, aside = tmp_path / "slow.db", Aside()
    os.mkfifo(slow)
    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(aside.check, slow, HALL_ID)
        written = os.open(slow, os.O_WRONLY)  # comes back once the check has opened it, and waits for what is in it
        aside.end()
        assert isinstance(asked.exception(10), CheckBrokenError)
        os.close(written)
    with pytest.raises(ClosedError):
        aside.check(slow, HALL_ID)
