"""How many lines may be open at once: every phone page is one, and unasked a system lets a program have a thousand.

One more would lock out kiosks and clerks.
"""

import sys
from contextlib import suppress

MOST = 65_536
"""More than any hall has phones, and not so many that they fill the memory."""

if sys.platform == "win32":

    def let_many_in() -> None:
        """Nothing to do: there is no such limit here."""

else:
    import resource

    def let_many_in() -> None:
        """Ask for as many as the machine's administrator allows; with fewer the program serves all the same."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
        if soft < most:
            with suppress(OSError, ValueError):  # a system that names no limit may keep one
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
