"""The real server with a commit of its own for every request: only to measure what sharing commits is worth.

Started by the bench as `python -m installer.bench.lone_commits CONFIG`; no setting of the product leads here.
"""

import os
import sys
from pathlib import Path

from queue_server import app
from queue_server.config import load
from queue_server.logs import start_logging


def main(argv: list[str]) -> int:
    """Serve until told to stop, as `python -m queue_server --announce` does."""
    (config,) = argv
    start_logging()
    app.serve(
        load(Path(config), os.environ), lambda address: print(app.announcement(address), flush=True), most_at_once=1
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
