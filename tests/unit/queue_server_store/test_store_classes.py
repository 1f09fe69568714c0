"""Every class of a ticket can be stored, in a hall that climbed as in a new one, and nothing else can."""

import gzip
from pathlib import Path

import apsw
import pytest

from hall.ticket import TicketClass
from queue_server.store import Store
from tests.support.backups import new_id
from tests.support.referee import HALL_ID

GOLDEN = Path(__file__).parents[2] / "golden/store"


@pytest.mark.parametrize("schema", [None, 1, 4])
def test_every_class_can_be_stored_and_nothing_else(tmp_path: Path, schema: int | None) -> None:
    path = tmp_path / "hall.db"
    if schema is not None:
        path.write_bytes(gzip.decompress((GOLDEN / f"hall-schema-{schema}.db.gz").read_bytes()))
    Store.open(path, HALL_ID, new_id=new_id).close()
    connection = apsw.Connection(str(path))
    try:
        written = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'ticket'").get
        connection.execute(written.replace("CREATE TABLE ticket", "CREATE TEMP TABLE probe", 1))
        columns = [row[1] for row in connection.execute("PRAGMA table_info(probe)")]
        for word in TicketClass:
            connection.execute(f"INSERT INTO probe ({_named(columns)}) VALUES ({_values(columns, word)})")
        with pytest.raises(apsw.ConstraintError):
            connection.execute(f"INSERT INTO probe ({_named(columns)}) VALUES ({_values(columns, 'favoured')})")
        assert connection.pragma("integrity_check") == "ok"
    finally:
        connection.close()


def _named(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _values(columns: list[str], word: str) -> str:
    known = {"ticket_class": f"'{word}'", "state": "'waiting'", "window": "NULL", "id": f"'{word}'"}
    texts = {"hall_id", "day", "service", "group", "prefix", "flags"}
    return ", ".join(known.get(name, "''" if name in texts else "1") for name in columns)
