"""Whether the 90 % range is kept where the truth is known: invented halls of `simulate-day`, each hard in its own way.

`python -m installer.workshop.forecast_truth [--seeds N] [--days N] [SHAPE …]` prints a line for each hall and seed and
ends with status 1 if one of them is outside 85 to 95 %.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from installer.rehearsal.simulate_day.days import play_paper
from installer.rehearsal.simulate_day.log import rows, write_log
from installer.rehearsal.simulate_day.shape import SHAPES, Shape
from queue_server.forecast.__main__ import SPLIT
from queue_server.forecast.evaluate import evaluate
from queue_server.forecast.log_file import read_log

LEAST, MOST = 0.85, 0.95


def main(argv: Sequence[str]) -> int:
    """Print the table; 1 if a range was kept too rarely or too often."""
    parser = argparse.ArgumentParser(prog="forecast_truth", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shapes", nargs="*", choices=[[], *SHAPES], metavar="SHAPE", help="、".join(SHAPES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--days", type=int, default=24)
    options = parser.parse_args(argv)
    outside = 0
    print(
        f"{'hall':<16}{'seed':>5}{'judged':>8}{'90 % range':>12}{'50 %':>8}{'mae min':>9}{'÷ best simple':>15}{'s':>7}"
    )
    for name in options.shapes or SHAPES:
        for seed in range(1, options.seeds + 1):
            began = time.process_time()
            result = judge(SHAPES[name], options.days, seed)
            ours = result["predictors"]["onewindow"]
            best = min(figures["mae"] for key, figures in result["predictors"].items() if key != "onewindow")
            kept = LEAST <= ours["cover90"] <= MOST
            outside += not kept
            cover = f"{ours['cover90']:>11.1%}{' ' if kept else '!'}{ours['cover50']:>8.1%}"
            errors = f"{ours['mae'] / 60:>9.2f}{ours['mae'] / best:>15.2f}{time.process_time() - began:>7.0f}"
            print(f"{name:<16}{seed:>5}{result['n']:>8}{cover}{errors}", flush=True)
    print(f"outside {LEAST:.0%} to {MOST:.0%}: {outside}")
    return 1 if outside else 0


def judge(shape: Shape, days: int, seed: int) -> dict[str, Any]:
    """`evaluate` on so many days of this hall, the first part of them only learned from."""
    lines = [
        row for played in play_paper(shape, days, seed, by_arrival=False) for row in rows(played, named=shape.named)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        write_log(path, lines)
        visits = read_log(path)
    return evaluate(visits, int(days * SPLIT))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
