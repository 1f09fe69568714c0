"""Opening a hall's file: settings that hold, strangers refused, schemas climbed, nothing moved or changed."""

import logging
from pathlib import Path
from typing import Any

import apsw
import pytest

from queue_server.store import Store, connections, migrations
from queue_server.store.errors import DamagedError, DiskError, ForeignFileError, InUseError, NewerSchemaError
from queue_server.store.shelves import _ALL
from queue_server.store.tables import JournalTable
from tests.support.referee import HALL_ID, Ids, Referee

MODELS: list[type[Any]] = [JournalTable, *(shelf.model for shelf in _ALL)]


def open_store(path: Path, hall_id: str = HALL_ID) -> Store:
    return Store.open(path, hall_id, new_id=Ids())


def test_every_connection_has_the_settings_that_durability_needs(tmp_path: Path) -> None:
    with open_store(tmp_path / "hall.db") as store, store.read() as reader:
        for database in (store._database, reader._database):
            assert database.pragma("synchronous") == 2
            assert database.pragma("journal_mode") == "wal"
            assert database.pragma("foreign_keys") == 1
            assert database.pragma("busy_timeout") == 5000
            assert database.pragma("mmap_size") == 0
        assert store._database.pragma("secure_delete") == 1
        assert store._database.pragma("application_id") == connections.APPLICATION_ID
        assert reader._database.pragma("wal_autocheckpoint") == 0
        with pytest.raises(Exception, match="readonly"):
            reader._database.execute_sql("DELETE FROM meta")


def test_tables_are_strict_and_name_their_hall(tmp_path: Path) -> None:
    with open_store(tmp_path / "hall.db") as store:
        connection = store._database.connection()
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'"
        ).fetchall()
        assert {name for name, _ in tables} == {model._meta.table_name for model in MODELS}
        for name, strict in tables:
            columns = [row[0] for row in connection.execute(f"SELECT name FROM pragma_table_info('{name}')")]
            assert strict == 1
            assert columns[0] == "hall_id"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_peewee_sees_the_columns_of_the_schema(tmp_path: Path, model: type[Any]) -> None:
    with open_store(tmp_path / "hall.db") as store:
        rows = store._database.connection().execute(f"SELECT name FROM pragma_table_info('{model._meta.table_name}')")
        assert {row[0] for row in rows} == set(model._meta.columns)


def test_a_hall_is_open_in_one_place_only(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    with open_store(path), pytest.raises(InUseError):
        open_store(path)
    open_store(path).close()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE theirs (a)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ForeignFileError):
        open_store(path)
    assert path.read_bytes() == before


def test_a_file_of_another_hall_is_refused(tmp_path: Path) -> None:
    open_store(tmp_path / "hall.db").close()
    with pytest.raises(ForeignFileError, match=HALL_ID):
        open_store(tmp_path / "hall.db", "another-hall")


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    path.write_bytes(b"this was never a database, but it is long enough to be looked at" * 40)
    with pytest.raises(DamagedError) as caught:
        open_store(path)
    assert caught.value.advice
    assert path.read_bytes().startswith(b"this was never")


def test_damage_inside_is_found_at_start(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    referee = Referee(path)
    kiosk = referee.kiosk()
    for _ in range(60):
        kiosk.issue()
    kiosk.push()
    referee.store.close()
    content = bytearray(path.read_bytes())
    for place in range(4096 * 3, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        open_store(path)
    assert path.read_bytes() == bytes(content)


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hall's file too large to be checked whole at start."""
    path = tmp_path / "hall.db"
    referee = Referee(path)
    kiosk = referee.kiosk()
    for _ in range(60):
        kiosk.issue()
    kiosk.push()
    referee.store.close()
    monkeypatch.setattr(connections, "WHOLE_CHECK_BYTES", 0)
    return path


def damage(path: Path, *names: str) -> None:
    """Overwrite the pages of tables and indexes."""
    connection = apsw.Connection(str(path))
    pages = connection.execute(
        f"SELECT pageno FROM dbstat WHERE name IN ({','.join('?' * len(names))})", names
    ).fetchall()
    connection.close()
    content = bytearray(path.read_bytes())
    for start in ((int(str(page)) - 1) * 4096 for (page,) in pages):
        content[start : start + 64] = b"\xff" * 64
    path.write_bytes(content)


def test_a_large_file_that_is_sound_opens(grown: Path) -> None:
    open_store(grown).close()


@pytest.mark.parametrize("name", ["lane", "holder", "catalog", "journal", "ticket", "ticket_live"])
def test_damage_in_what_a_large_hall_works_with_is_found_at_start(grown: Path, name: str) -> None:
    damage(grown, name)
    with pytest.raises(DamagedError):
        open_store(grown)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    open_store(path).close()
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", len(migrations.STEPS) + 1)
    connection.close()
    with pytest.raises(NewerSchemaError):
        open_store(path)


def test_a_folder_that_is_not_there_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        open_store(tmp_path / "nowhere" / "hall.db")


def test_an_older_schema_is_kept_aside_before_it_climbs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "hall.db"
    referee = Referee(path)
    referee.kiosk().issue()
    head = referee.store.read().__enter__().head()
    referee.store.close()
    monkeypatch.setattr(
        "queue_server.store.connections.STEPS", (*migrations.STEPS, ("CREATE TABLE later (hall_id TEXT) STRICT",))
    )
    with open_store(path) as store, store.read() as reader:
        assert reader.head() == head
        assert store._database.pragma("user_version") == len(migrations.STEPS) + 1
    kept = apsw.Connection(str(path.with_name(f"hall.db.schema-{len(migrations.STEPS)}")))
    assert kept.pragma("user_version") == len(migrations.STEPS)
    assert kept.execute("SELECT max(seq) FROM journal").get == head[0]
    kept.close()


def test_a_step_that_fails_is_as_if_never_begun(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "ladder.db"))
    steps = (("CREATE TABLE one (a) STRICT".replace("(a)", "(a TEXT)"),), ("CREATE TABLE two (a TEXT)", "NOT SQL"))
    with pytest.raises(apsw.SQLError):
        migrations.climb(connection, steps)
    assert connection.pragma("user_version") == 1
    assert connection.execute("SELECT group_concat(name) FROM sqlite_schema").get == "one"
    connection.close()


def test_an_old_sqlite_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("queue_server.store.connections.apsw.sqlite_lib_version", lambda: "3.40.1")
    with caplog.at_level(logging.WARNING):
        open_store(tmp_path / "hall.db").close()
    assert "store.old_sqlite" in caplog.text
