"""The real server at another time: started as `python -m installer.rehearsal.contact_sheet.hall_then CONFIG WALL_US`.

Its clock begins at that moment and goes on twenty times slower, so that pictures taken one after another show the same
minute. No setting of the product leads here.
"""

import os
import sys
from pathlib import Path

from hall.clock import Moment
from queue_server import app
from queue_server.config import load
from queue_server.link.clock import SystemClock
from queue_server.logs import start_logging

_SLOWER = 20


class SlowClock:
    """A `hall.clock.Clock` that begins at a moment and goes slowly.

    Args:
        wall_us: When it begins.
    """

    def __init__(self, wall_us: int) -> None:
        self._real = SystemClock()
        self._wall_us, self._began = wall_us, self._real.now()

    def now(self) -> Moment:
        """The moment that the hall believes in."""
        real = self._real.now()
        gone = (real.mono_us - self._began.mono_us) // _SLOWER
        return Moment(wall_us=self._wall_us + gone, mono_us=self._began.mono_us + gone, boot_id=real.boot_id)


def main(argv: list[str]) -> int:
    """Serve until told to stop, as `python -m queue_server --announce --moved` does."""
    config, wall_us = argv
    start_logging()
    app.serve(
        load(Path(config), os.environ),
        lambda address: print(app.announcement(address), flush=True),
        moved=True,
        clock=SlowClock(int(wall_us)),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
