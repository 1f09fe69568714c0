"""Who has seen enough of an answer, as `head` has, gets no traceback for it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_reader_that_goes_is_no_fault() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "installer", "help"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before it has begun to write
        said = process.stderr.read().decode()
    assert said == ""
    assert process.returncode == 141
