"""A writer killed at any moment loses nothing that it had acknowledged, and nothing is half done."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from queue_server.store import Store, check
from tests.support.referee import HALL_ID, Ids

KILLS = 20
WRITER = """
import secrets, sys
from concurrent.futures import Future
from pathlib import Path
from hall.clock import Moment
from hall.facts import WindowOpened, JournalEntry
from queue_server.store import Store
from queue_server.store.records import Meta

store = Store.open(Path(sys.argv[1]), "test-hall", new_id=lambda: secrets.token_hex(16))
moment = Moment(wall_us=1, mono_us=1, boot_id="b" * 32)

def write(number):
    def operation(transaction):
        transaction.put(Meta(f"seen-{number}", "yes"))
        return transaction.record(WindowOpened(window=number % 900 + 1, clerk="1001"), moment)
    return store.write(operation)

def told(future):
    entry = future.result()
    sys.stdout.write(f"{entry.seq} {entry.hash}\\n")
    sys.stdout.flush()

print("ready", flush=True)
number = 0
while True:
    futures = [write(number + step) for step in range(7)]
    number += 7
    for future in futures:
        told(future)
"""


def test_twenty_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    path, dice = tmp_path / "hall.db", random.Random(3)
    acknowledged: dict[int, str] = {}
    for _ in range(KILLS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        for _ in range(dice.randint(1, 60)):
            _note(acknowledged, writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
        for line in rest.splitlines(keepends=True):
            _note(acknowledged, line)
        writer.stdout.close()
        assert writer.wait() == -signal.SIGKILL
    assert len(acknowledged) > KILLS
    with Store.open(path, HALL_ID, new_id=Ids()) as store, store.read() as reader:
        stored = {entry.seq: entry.hash for entry in reader.entries()}
        assert acknowledged.items() <= stored.items()
        assert check(reader).differences == ()


def _note(acknowledged: dict[int, str], line: str) -> None:
    if line.endswith("\n"):  # a line cut short by the kill was not acknowledged
        seq, entry_hash = line.split()
        assert int(seq) not in acknowledged
        acknowledged[int(seq)] = entry_hash
