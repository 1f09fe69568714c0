"""The check in a process of its own: it computes years anew in memory and holds an interpreter for minutes."""

import subprocess
import sys
from pathlib import Path
from threading import Lock

from hall.wire.views import JournalCheck
from queue_server.helpers import environment
from queue_server.store.errors import CheckBrokenError, ClosedError


class Aside:
    """Has databases checked, by `checking`, until it is ended."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._ended = False
        self._lock = Lock()

    def check(self, database: Path, hall_id: str) -> JournalCheck:
        """Have a database checked as it stands now; somebody may go on writing to it.

        Raises:
            CheckBrokenError: If it did not come to an end.
            ClosedError: If nothing is checked any more.
        """
        with self._begin(database, hall_id) as process:
            assert process.stdout is not None
            try:
                told = process.stdout.read()  # its input stays open so long: it ends with us
            finally:
                with self._lock:
                    self._running.discard(process)
        if process.returncode:
            raise CheckBrokenError(told.decode() or f"核对流水的进程停了（{process.returncode}）")
        return JournalCheck.model_validate_json(told)

    def end(self) -> None:
        """End what is under way, begin nothing more; from any thread."""
        with self._lock:
            self._ended = True
            for process in self._running:
                process.kill()

    def _begin(self, database: Path, hall_id: str) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._ended:
                raise ClosedError("服务器正在停止")
            process = subprocess.Popen(
                [sys.executable, "-m", "queue_server.store.checking", str(database), hall_id],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment(),
            )
            self._running.add(process)
        return process
