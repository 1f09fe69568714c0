"""A rule tried on a past day in a process of its own: `python -m queue_server.operations.rule_trial`.

It takes the lines of `rule_preview.told`, gives one `RulePreview`, and ends. It opens no file of the hall.
"""

import logging
import signal
import sys
import traceback

from queue_server.helpers import step_back
from queue_server.logs import start_logging
from queue_server.operations.rule_preview import tried

log = logging.getLogger("onewindow.server.rule_trial")


def main() -> int:
    """Try one rule; 1 after a defect, which is told in one line without what was read."""
    start_logging()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends us
    step_back()
    try:
        shown = tried(line.rstrip(b"\n") for line in sys.stdin.buffer)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error("rule_trial.bug %s in %s, line %s", type(error).__name__, where.name, where.lineno)
        return 1
    sys.stdout.buffer.write(shown.model_dump_json().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
