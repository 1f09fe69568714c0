"""The days as a log of known truth: the columns that `forecast evaluate` reads, a line for each wait."""

import csv
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from hall.clock import SECOND_US
from installer.rehearsal.simulate_day.catalogue import sample
from installer.rehearsal.simulate_day.days import Played

COLUMNS = ("arrival", "priority", "service", "start", "end", "server", "outcome")
PRIORITY, ORDINARY = "优先", "普通"
Row = dict[str, str]


def rows(played: Played, *, named: bool) -> list[Row]:
    """The lines of one day, in the order of arrival; without servers' names if nobody wrote them down."""
    start = datetime(played.day.day.year, played.day.day.month, played.day.day.day)  # noqa: DTZ001 - the hall's own clock
    groups = {group.id: group.name for group in sample().groups}

    def clock(at: int | None) -> str:
        return "" if at is None else str(start + timedelta(seconds=(at - played.midnight_us) // SECOND_US))

    found = []
    for wait in played.waits:
        citizen = played.day.citizens[wait.citizen]
        line = (
            clock(wait.came),
            PRIORITY if citizen.priority else ORDINARY,
            groups[citizen.group],
            clock(wait.called),
            clock(wait.ended),
            f"{wait.window}号" if named and wait.window else "",
            wait.outcome,
        )
        found.append(dict(zip(COLUMNS, line, strict=True)))
    return found


def write_log(path: Path, lines: Iterable[Row]) -> None:
    """Write the file.

    Raises:
        OSError: It cannot be written there.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(lines)
