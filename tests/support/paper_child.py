"""A kiosk's way to the paper as a process that can be killed at any moment.

Usage: python -m tests.support.paper_child FOLDER ADDRESS. Says the numbers it asks about after its last life, then
takes lines: `take` (a citizen takes a number), `again` (重打 at the first question); each answered with what is seen.
"""

import json
import sys
from pathlib import Path

from devices.printer import Profile
from tests.support.paper_kiosk import PaperKiosk


def main() -> None:
    """Live until the input ends or somebody kills it."""
    kiosk = PaperKiosk(Path(sys.argv[1]), sys.argv[2], Profile(qr="native"))
    while kiosk.health.problem:  # as its supervisor does
        kiosk.open()
    _say({"in_doubt": [issued.number for issued in kiosk.in_doubt]})
    for line in sys.stdin:
        seen = kiosk.answer_doubt() if line.strip() == "again" else kiosk.take(on_number=lambda number: _say([number]))
        _say({"page": seen.page, "number": seen.number, "paper": seen.paper})
    kiosk.close()


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
