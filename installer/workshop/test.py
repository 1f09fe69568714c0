"""`./onewindow test [pytest arguments]`: the checks, then every test, without a screen."""

import os
import sys

from installer.workshop import check
from installer.workshop.steps import run

_WHOLE = ["-q", "--durations=30", "--durations-min=5", "--numprocesses=auto", "--dist=loadfile"]


def main(argv: list[str]) -> int:
    """Checks first, tests even when a check failed; arguments go to pytest (and then only the tests run).

    A whole run has half an hour, so it uses every core, a file of tests at a time (what one file sets up is set up
    once), and tells where its minutes went.
    """
    checked = 0 if argv else check.main([])
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    tested = run({"pytest": [sys.executable, "-m", "pytest", *(argv or _WHOLE)]}, env=env)
    return checked or tested
