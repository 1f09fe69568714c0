"""A small program for the kill loop: issue one number after another and tell each as soon as it is durable.

Usage: python issuing_child.py FOLDER. Every line it writes stands for a slip of paper.
"""

import sys
from pathlib import Path

from tests.support.ledgers import issue, open_ledger, plan, welcome


def main() -> None:
    """Issue until killed."""
    ledger = open_ledger(Path(sys.argv[1]))
    if ledger.lane is None:
        ledger.apply_welcome(welcome(plan=plan()))
    while True:
        sys.stdout.write(f"{issue(ledger).number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
