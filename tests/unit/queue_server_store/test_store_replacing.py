"""A database is exchanged whole: killed before any step, the hall opens as it was or as it shall be, never mixed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from queue_server.store import Store, check
from queue_server.store.records import Meta
from queue_server.store.replacing import is_pending, replace
from tests.support.referee import HALL_ID, Ids, Referee

ROOT = Path(__file__).parents[3]
STAMP = "20261126T091500Z"
CHILD = """
import os, signal, sys
from pathlib import Path
from queue_server.store import durable, replacing

left, real = int(sys.argv[2]), {name: getattr(os, name) for name in ("rename", "replace", "fsync")}

def counted(name):
    def step(*values):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real[name](*values)
    return step

for name in real:
    setattr(os, name, counted(name))
database = Path(sys.argv[1])
replacing.replace(database, database.with_name("fresh.db"), "20261126T091500Z")
"""


def hall(path: Path, word: str) -> None:
    """A hall that ends as a killed server leaves it: with a log beside the file that holds its last word."""
    child = subprocess.run(
        [sys.executable, "-c", _HALL, str(path), word], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert child.returncode == -signal.SIGKILL


_HALL = """
import os, signal, sys
from pathlib import Path
from queue_server.store.records import Meta
from tests.support.referee import Referee
referee = Referee(Path(sys.argv[1]))
referee.kiosk()
referee.run(lambda tx: tx.put(Meta("word", sys.argv[2])))
os.kill(os.getpid(), signal.SIGKILL)
"""


def word_of(path: Path) -> str:
    with Store.open(path, HALL_ID, new_id=Ids()) as store, store.read() as reader:
        assert check(reader).differences == ()
        meta = reader.get(Meta, "word")
        assert meta is not None
        return meta.value


def fresh(folder: Path) -> Path:
    referee = Referee(folder / "fresh.db")
    referee.run(lambda tx: tx.put(Meta("word", "new")))
    referee.store.close()
    return folder / "fresh.db"


def test_the_old_file_is_kept_whole_with_its_log(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    hall(path, "old")
    assert path.with_name("hall.db-wal").stat().st_size > 0
    aside = replace(path, fresh(tmp_path), STAMP)
    assert aside.name == f"hall.db.replaced-{STAMP}"
    assert not is_pending(path)
    assert word_of(path) == "new"
    assert word_of(aside) == "old"


def test_killed_at_any_step_the_hall_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    seen = set()
    for step in range(40):
        folder = tmp_path / str(step)
        folder.mkdir()
        hall(folder / "hall.db", "old")
        fresh(folder)
        child = subprocess.run(
            [sys.executable, "-c", CHILD, str(folder / "hall.db"), str(step)],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        word = word_of(folder / "hall.db")
        assert word in {"old", "new"}
        seen.add(word)
        if child.returncode == 0:
            assert word == "new"
            break
        assert child.returncode == -signal.SIGKILL
        assert not is_pending(folder / "hall.db")
    else:
        pytest.fail("the exchange never ended")
    assert seen == {"old", "new"}
    assert step > 5
