"""What the log of a server holds: one line per event of ours, none for each request of a library."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TALK = """
import logging
from queue_server.logs import start_logging
start_logging()
logging.getLogger("httpx").info("HTTP Request: POST https://relay.test/hall")
logging.getLogger("onewindow.server").info("server.ready")
"""


def test_a_push_to_the_relay_each_second_leaves_no_line() -> None:
    done = subprocess.run([sys.executable, "-c", TALK], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "server.ready" in done.stderr
    assert "relay.test" not in done.stderr
