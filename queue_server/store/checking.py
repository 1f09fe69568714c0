"""The process of `aside`: `python -m queue_server.store.checking DATABASE HALL`.

One JSON line comes out, what was found; with status 1 what kept it from looking. It ends when its input ends: never
without whoever asked.
"""

import os
import sys
import threading
from contextlib import closing
from pathlib import Path

import apsw
import peewee

from hall.errors import OneWindowError
from hall.wire.views import JournalCheck
from queue_server.helpers import step_back
from queue_server.store.check import check
from queue_server.store.connections import open_reader
from queue_server.store.reader import Reader
from queue_server.store.translation import translated


def main(argv: list[str]) -> int:
    """Check and tell."""
    path, hall_id = argv
    threading.Thread(target=_end_with_input, name="end-with-input", daemon=True).start()
    step_back()
    try:
        told, status = _check(Path(path), hall_id).model_dump_json(), 0
    except OneWindowError as error:
        told, status = str(error), 1
    sys.stdout.buffer.write(told.encode())
    return status


def _check(path: Path, hall_id: str) -> JournalCheck:
    """As one picture of the file."""
    try:
        with closing(open_reader(path)) as database:
            database.execute_sql("BEGIN")
            return check(Reader(database, hall_id, {}))
    except (peewee.PeeweeException, apsw.Error) as error:
        raise translated(error) from error


def _end_with_input() -> None:
    while os.read(sys.stdin.fileno(), 1):  # not through Python's buffer, whose lock would hold up a good end
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
