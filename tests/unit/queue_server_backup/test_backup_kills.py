"""Killed at any step of a backup: every file that counts as a backup is whole, and the hall goes on."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from queue_server.backup.restore import open_backup
from queue_server.store import Store, check
from tests.support.backups import BackedHall, backed_hall, new_id
from tests.support.referee import HALL_ID, HALL_KEY

ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys
from pathlib import Path
from tests.support.backups import BackedHall

left = int(sys.argv[3])
hall = BackedHall(Path(sys.argv[1]), second=Path(sys.argv[2]))
hall.referee.pass_time(300 * (1 + left))
hall.issue()

def step(event, values):
    global left
    if event not in {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "os.listdir"}:
        return
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

sys.addaudithook(step)
hall.backups.make(daily=left % 2 == 1)
"""
MOST = 150


def killed(folder: Path, second: Path, step: int) -> int:
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(second), str(step)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    ).returncode


def test_killed_at_any_step_what_counts_as_a_backup_is_one(tmp_path: Path) -> None:
    folder, second, scratch = tmp_path / "hall", tmp_path / "usb", tmp_path / "scratch.db"
    folder.mkdir()
    second.mkdir()
    kills, good = 0, set[str]()
    for step in range(0, MOST, 2):
        ended = killed(folder, second, step)
        for place in (folder / "server" / "backups", second):
            for path in place.glob("*.owb"):
                if f"{place.name}/{path.name}" not in good:
                    open_backup(path, scratch, HALL_ID, HALL_KEY)
                    good.add(f"{place.name}/{path.name}")
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        kills += 1
    assert ended == 0, "a backup never came to its end"
    assert kills > 10
    with Store.open(folder / "server" / "hall.db", HALL_ID, new_id=new_id) as store, store.read() as reader:
        assert check(reader).differences == ()
    assert {path.name for path in second.iterdir()} == {
        path.name for path in (folder / "server" / "backups").iterdir() if path.suffix == ".owb"
    }
    assert not list((folder / "server" / "backups").glob("*.part"))  # swept by the one that came to its end


def test_a_backup_taken_at_any_moment_between_commits_opens_as_a_hall(tmp_path: Path) -> None:
    dice = random.Random(2)
    with backed_hall(tmp_path) as hall:
        for number in range(12):
            for _ in range(dice.randrange(4)):
                hall.issue()
            hall.referee.pass_time(1)
            made = hall.backups.make()
            _opens(hall, made.path, tmp_path / f"{number}.db", (made.label.seq, made.label.head))


def _opens(hall: BackedHall, backup: Path, target: Path, head: tuple[int, str]) -> None:
    open_backup(backup, target, HALL_ID, HALL_KEY)
    with Store.open(target, HALL_ID, new_id=new_id) as store, store.read() as reader:
        assert reader.head() == head
        assert check(reader).differences == ()
    assert hall.head()[0] >= head[0]
