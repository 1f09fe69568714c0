"""The real server by a clock that is carried forward: `python -m installer.bench.carried_server CONFIG CLOCK_FILE`.

No setting of the product leads here.
"""

import os
import sys
from pathlib import Path

from installer.bench.carried_clock import CarriedClock
from queue_server import app
from queue_server.config import load
from queue_server.logs import start_logging
from queue_server.own_process import settle_in, settled


def main(argv: list[str]) -> int:
    """Serve until told to stop, as `python -m queue_server --announce` does."""
    config, clock = argv

    def ready(address: str) -> None:
        settled()
        print(app.announcement(address), flush=True)

    settle_in()
    start_logging()
    app.serve(load(Path(config), os.environ), ready, clock=CarriedClock(Path(clock)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
