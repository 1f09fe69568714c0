"""The forecast in a process of its own: `python -m queue_server.forecast.worker SEED`, for `queue_server.foresight`.

So that hundreds of milliseconds of numpy never hold the interpreter that answers calls, and nothing that goes wrong
here can stop the hall. One line in, told by its first word; an `Outlook` as a line out for every `look`. It ends when
its input ends.

    catalog JSON                     the catalogue in force, first of all
    learned JSON                     what was said before the start
    entry SEQ AT QUALITY FACT-JSON   the next journal entry
    look AT                          forecast as of now
    ask AT JSON                      a question about windows (`asked`); a line is the answer
"""

import logging
import signal
import sys
import time
import traceback
from typing import BinaryIO

from pydantic import TypeAdapter

from hall.catalog import Catalog
from hall.errors import BugError
from hall.wire.entry_lines import entry_of
from queue_server.forecast.asked import Asked
from queue_server.forecast.live import Forecaster
from queue_server.forecast.outlook import Learned
from queue_server.helpers import step_back
from queue_server.logs import start_logging

log = logging.getLogger("onewindow.server.forecast")
_ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)


def main(argv: list[str]) -> int:
    """Serve until the input ends; 1 after a defect, which is told in one line."""
    start_logging()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it closes our input
    step_back()
    try:
        serve(int(argv[0]), sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        return 0
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error("forecast.bug %s in %s, line %s", type(error).__name__, where.name, where.lineno)
        return 1
    return 0


def serve(seed: int, lines: BinaryIO, out: BinaryIO) -> None:
    """Take lines until they end."""
    forecaster: Forecaster | None = None
    for line in lines:
        word, _, rest = line.rstrip(b"\n").partition(b" ")
        if word == b"catalog":
            catalog = Catalog.model_validate_json(rest)
            if forecaster is None:
                forecaster = Forecaster(catalog, seed)
            else:
                forecaster.publish(catalog)
            continue
        if forecaster is None:
            raise BugError("the catalogue comes first")
        if word == b"learned":
            forecaster.remember(Learned.model_validate_json(rest))
        elif word == b"entry":
            _hear(forecaster, rest)
        elif word == b"look":
            began = time.process_time()  # its own, so that others at work do not count
            outlook = forecaster.look(int(rest))
            took = outlook.model_copy(update={"took_ms": (time.process_time() - began) * 1000})
            out.write(took.model_dump_json().encode() + b"\n")
            out.flush()
        elif word == b"ask":
            at, _, question = rest.partition(b" ")
            told = forecaster.answer(_ASKED.validate_json(question), int(at))
            out.write(told.model_dump_json().encode() + b"\n")
            out.flush()
        else:
            raise BugError("a line that nobody writes")


def _hear(forecaster: Forecaster, text: bytes) -> None:
    entry = entry_of(text)
    try:
        forecaster.hear(entry)
    except BugError as error:  # what led up to it is older than what was read; one ticket less is known
        log.info("forecast.entry_left_out %d: %s", entry.seq, error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
