"""Long work at a terminal: a line that says how far it is, and Ctrl-C, which stops it between two steps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from devices.signals import asked_to_end
from queue_server.operations.progress import Progress


@contextmanager
def watched(what: str, *, shown: bool) -> Iterator[Progress]:
    """For as long as the block lasts, Ctrl-C ends nothing at once: the work is asked to stop, and leaves all in order.

    Args:
        what: The work, in a word or two.
        shown: Whether the line can stand on standard error; never where no terminal is.
    """
    told = [""]

    def progress(done: int, total: int, /) -> bool:
        words = f"{what} {100 * done // total}%" if total else f"{what}…"
        if shown and sys.stderr.isatty() and words != told[0]:
            told[0] = words
            print(f"\r{words}", end="", file=sys.stderr, flush=True)
        return not ended.is_set()

    with asked_to_end() as ended:
        try:
            yield progress
        finally:
            if told[0]:
                print(file=sys.stderr)
