"""What each constant of the forecast is worth: the accuracy on a log with every one of them halved, then doubled.

`python -m installer.workshop.forecast_constants LOG.csv [NAME …]` prints two lines for each, or for those named.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from hall.errors import OneWindowError, plain_words
from queue_server.forecast import calibrate, learn, pace, replay, samples, simulate, stretch
from queue_server.forecast.__main__ import SPLIT
from queue_server.forecast.evaluate import evaluate
from queue_server.forecast.log_file import read_log

CONSTANTS = (
    (simulate, "RUNS"),
    (calibrate, "NEIGHBOURS"),
    (calibrate, "REMEMBERED"),
    (calibrate, "EPISODE_S"),
    (calibrate, "OFFSET"),
    (calibrate, "BELIEF"),
    (calibrate, "FIRST_RATIOS"),
    (calibrate, "FIRST_ANALOGUES"),
    (stretch, "STEP"),
    (stretch, "PROMISE_STEP"),
    (stretch, "GROUP_STEP"),
    (stretch, "OUTSIDE"),
    (pace, "DOUBT"),
    (samples, "FEW"),
    (learn, "DAYS_KEPT"),
    (learn, "ENOUGH"),
    (learn, "GONE"),
    (learn, "USUAL_SERVICE_S"),
    (learn, "USUAL_TURNAROUND_S"),
    (replay, "RECENT_S"),
)


def main(argv: list[str]) -> int:
    """Print the table for one log."""
    parser = argparse.ArgumentParser(prog="forecast_constants", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("log", type=Path, metavar="LOG.csv")
    parser.add_argument("names", nargs="*", metavar="NAME", help="constants; all of them unless said")
    options = parser.parse_args(argv)
    unknown = set(options.names) - {name for _, name in CONSTANTS}
    if unknown:
        parser.error(f"no such constant: {', '.join(sorted(unknown))}")
    try:
        visits = read_log(options.log)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 2
    history = int(len({visit.day for visit in visits}) * SPLIT)
    print(f"{'':<30}{'value':>10}{'mae':>9}{'pinball':>9}{'cover90':>9}{'late':>8}")
    _line("as it is", "", evaluate(visits, history))
    for module, name in CONSTANTS:
        if options.names and name not in options.names:
            continue
        usual = getattr(module, name)
        for factor in (0.5, 2.0):
            setattr(module, name, type(usual)(usual * factor))
            try:
                _line(name, f"{getattr(module, name):g}", evaluate(visits, history))
            finally:
                setattr(module, name, usual)
    return 0


def _line(name: str, value: str, result: dict[str, Any]) -> None:
    ours = result["predictors"]["onewindow"]
    figures = f"{ours['mae']:>9.2f}{ours['pinball']:>9.2f}{ours['cover90']:>9.3f}{ours['late_share']:>8.3f}"
    print(f"{name:<30}{value:>10}{figures}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
