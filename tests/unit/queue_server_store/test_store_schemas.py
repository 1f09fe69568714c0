"""A hall of any released schema opens today, whole, even if it is killed before any statement on its way up."""

import gzip
import os
import signal
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from hall.ticket import Ticket, TicketState
from queue_server.store import Store, check, snapshot
from queue_server.store.migrations import STEPS
from queue_server.store.records import HolderRow, Meta, Rating
from tests.support.backups import new_id
from tests.support.referee import HALL_ID

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests/golden/store"
SCHEMAS = (1, 2, 4)
"""Those that have been in somebody's hands; steps 3 and 4 came with one release."""

HEADS = {
    1: (54, "2febf6aad64ccb8a6a87a1320e4303f5fc0ce1c57f94ffef55895029e10301cd"),
    2: (54, "0b5c4116c331f0186363230da9202122827d24ce742460037a7c7cfb564b25ee"),
    4: (54, "0b5c4116c331f0186363230da9202122827d24ce742460037a7c7cfb564b25ee"),  # the same hall, opened by that time
}
OPEN_AND_DIE = """
import os, secrets, signal, sys
from pathlib import Path
import apsw
from queue_server.store import Store

left = int(sys.argv[2])

def step(_cursor, _statement, _values):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return True

apsw.connection_hooks.append(lambda connection: setattr(connection, "exec_trace", step))
Store.open(Path(sys.argv[1]), "test-hall", new_id=lambda: secrets.token_hex(16)).close()
"""


def old_hall(schema: int, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "hall.db"
    path.write_bytes(gzip.decompress((GOLDEN / f"hall-schema-{schema}.db.gz").read_bytes()))
    return path


def version_of(path: Path) -> int:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        version: int = connection.pragma("user_version")
        return version
    finally:
        connection.close()


def assert_whole(path: Path, schema: int) -> None:
    with Store.open(path, HALL_ID, new_id=new_id) as store, store.read() as reader:
        assert reader.head() == HEADS[schema]
        assert check(reader).differences == ()
        assert reader.restored() is None
        tickets = list(reader.every(Ticket))
        assert {ticket.state for ticket in tickets} >= {TicketState.WAITING, TicketState.MISSED, TicketState.FINISHED}
        assert len(tickets) == 12
        assert len(list(reader.every(HolderRow))) == 7
        assert list(reader.every(Rating))
        assert reader.get(Meta, "server_epoch")
    assert version_of(path) == len(STEPS)


def test_every_released_schema_is_kept() -> None:
    assert max(SCHEMAS) >= len(STEPS) - 2
    assert {path.name for path in GOLDEN.glob("*.gz")} == {f"hall-schema-{schema}.db.gz" for schema in SCHEMAS}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_climbs_to_the_newest_with_all_that_stood_in_it(schema: int, tmp_path: Path) -> None:
    path = old_hall(schema, tmp_path)
    assert version_of(path) == schema
    assert_whole(path, schema)
    kept = path.with_name(f"hall.db.schema-{schema}")
    assert version_of(kept) == schema
    found = snapshot.examine(kept)
    assert (found.seq, found.hash) == HEADS[schema]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_what_is_kept_of_the_old_schema_names_nobody(schema: int, tmp_path: Path) -> None:
    path = old_hall(schema, tmp_path)
    connection = apsw.Connection(str(path))
    tokens = [row[0] for row in connection.execute("SELECT token FROM holder")]
    connection.close()
    assert_whole(path, schema)
    kept = path.with_name(f"hall.db.schema-{schema}").read_bytes()
    assert len(tokens) == 7
    assert not any(token.encode() in kept for token in tokens)


def test_killed_before_any_statement_it_climbs_the_next_time(tmp_path: Path) -> None:
    schema, kills = min(SCHEMAS), 0  # its way leads over every step
    for step in range(400):
        path = old_hall(schema, tmp_path / str(step))
        child = subprocess.run(
            [sys.executable, "-c", OPEN_AND_DIE, str(path), str(step)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        if child.returncode == 0:
            break
        assert child.returncode == -signal.SIGKILL
        kills += 1
        version = version_after_kill(path)
        assert_whole(path, schema)
        kept = path.with_name(f"hall.db.schema-{schema}")
        if kept.exists():
            assert (snapshot.examine(kept).seq, version_of(kept)) == (HEADS[schema][0], schema)
        if version == len(STEPS):
            break  # it has climbed: what follows is the usual opening
    else:
        pytest.fail("it never climbed")
    assert kills > 20


def version_after_kill(path: Path) -> int:
    connection = apsw.Connection(str(path))  # rolls back what was not committed, as the next start would
    try:
        version: int = connection.pragma("user_version")
        return version
    finally:
        connection.close()
