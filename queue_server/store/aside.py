"""The check in a process of its own: it computes years anew in memory and holds an interpreter for minutes."""

import os
import subprocess
import sys
from pathlib import Path

from hall.wire.views import JournalCheck
from queue_server.store.errors import CheckBrokenError

_ROOT = Path(__file__).resolve().parents[2]


def check_aside(database: Path, hall_id: str) -> JournalCheck:
    """Have a database checked as it stands now, by `checking`; somebody may go on writing to it.

    Raises:
        CheckBrokenError: If it did not come to an end.
    """
    paths = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])])
    with subprocess.Popen(
        [sys.executable, "-m", "queue_server.store.checking", str(database), hall_id],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
    ) as process:
        assert process.stdout is not None
        told = process.stdout.read()  # its input stays open so long: it ends with us
    if process.returncode:
        raise CheckBrokenError(told.decode() or f"核对流水的进程停了（{process.returncode}）")
    return JournalCheck.model_validate_json(told)
