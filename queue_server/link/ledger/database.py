"""The ledger's file, opened so that a commit survives a pulled plug: settings asserted, content checked.

Rollback journal with synchronous=EXTRA (the journal's folder is synced too): a device writes a few records a minute,
and this mode needs no second file to be copied along. Figures: ./onewindow bench.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from peewee import DatabaseError, IntegrityError, OperationalError
from playhouse.apsw_ext import APSWDatabase

from hall.errors import BugError
from queue_server.link.errors import LedgerDamaged, LedgerNewer, LedgerUnwritable
from queue_server.link.ledger.schema import APPLICATION_ID, LADDER

FILE = "ledger.db"
WATERMARK_FILE = "ledger.watermark"
SETTINGS: dict[str, str | int] = {
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "secure_delete": 1,
}
_OF_A_FILE: dict[str, str | int] = {"journal_mode": "delete", "mmap_size": 0}


def open_database(path: Path) -> APSWDatabase:
    """The checked, up-to-date database of one ledger.

    One connection for all threads, under the ledger's own lock: two connections are two writers.

    Raises:
        LedgerDamaged: If the file is no ledger or does not read back right.
        LedgerNewer: If a later version of the program wrote it.
        LedgerUnwritable: If it cannot be opened or written at all.
    """
    settings = SETTINGS | _OF_A_FILE
    database = APSWDatabase(str(path), pragmas=settings, timeout=5, thread_safe=False, autoconnect=False)
    prepare(database, path, settings)
    return database


def prepare(database: APSWDatabase, path: Path, settings: dict[str, str | int]) -> None:
    """Connect, assert the settings, check the content and bring the schema up to date.

    Args:
        database: Not connected yet, made with these settings as its pragmas.
        path: What it is called in messages.
        settings: What must hold on the connection: `SETTINGS`, and for a file what files need.

    Raises:
        LedgerError: As `open_database`; the database is closed then.
    """
    with ExitStack() as opened:
        opened.callback(_close, database)
        try:
            database.connect()
            _assert_settings(database, settings)
            _check(database, path)
            with writing(database):
                _climb(database, path)
        except OperationalError as error:
            raise LedgerUnwritable(f"{path} 打不开：{error}") from error
        except DatabaseError as error:
            raise LedgerDamaged(f"{path} 坏了，原样没有动：{error}") from error
        opened.pop_all()


def _close(database: APSWDatabase) -> None:
    """Close after a failure, which says more than what the closing of a failing file may say."""
    with suppress(DatabaseError):
        database.close()


@contextmanager
def writing(database: APSWDatabase) -> Iterator[None]:
    """One immediate transaction: all of it durable on leaving, or none of it.

    Raises:
        LedgerUnwritable: If the disk did not take it.
        LedgerDamaged: If the file does not read back right any more.
    """
    with reading(), database.atomic("IMMEDIATE"):
        yield


@contextmanager
def reading() -> Iterator[None]:
    """What SQLite says about the file while it is in use, as our errors.

    Raises:
        LedgerUnwritable: If the disk did not take or give it.
        LedgerDamaged: If the file does not read back right any more.
    """
    try:
        yield
    except OperationalError as error:
        raise LedgerUnwritable(f"磁盘没有写进或读出这条记录：{error}") from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise LedgerDamaged(f"本机的记录读不对了：{error}") from error


def _assert_settings(database: APSWDatabase, settings: dict[str, str | int]) -> None:
    for name, wanted in settings.items():
        found = database.execute_sql(f"PRAGMA {name}").fetchone()
        if found is not None and found[0] != wanted:
            raise BugError(f"the ledger runs with {name}={found[0]}, not {wanted}")


def _number(database: APSWDatabase, pragma: str) -> int:
    return int(database.execute_sql(f"PRAGMA {pragma}").fetchone()[0])


def _check(database: APSWDatabase, path: Path) -> None:
    verdict = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise LedgerDamaged(f"{path} 坏了，原样没有动：{verdict}")
    empty = _number(database, "schema_version") == 0
    if not empty and _number(database, "application_id") != APPLICATION_ID:
        raise LedgerDamaged(f"{path} 不是取号端的记录文件，原样没有动")


def _climb(database: APSWDatabase, path: Path) -> None:
    version = _number(database, "user_version")
    if version > len(LADDER):
        raise LedgerNewer(f"{path} 是第 {version} 版的，本程序只认到第 {len(LADDER)} 版")
    if version == len(LADDER):
        return
    for statement in [statement for step in LADDER[version:] for statement in step]:
        database.execute_sql(statement)
    database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute_sql(f"PRAGMA user_version = {len(LADDER)}")
