"""The second place for backups: another disk or a share on the network, which may hang or be away.

It is filled by a thread of its own, so that a share that never answers holds up neither backups nor the server.
"""

import threading

from hall.errors import OneWindowError, system_words
from queue_server.backup.place import Place

PATIENCE = 60.0
"""So many seconds one filling may take before it counts as hanging; it goes on all the same."""


class SecondPlace:
    """A place that is kept like the first one."""

    def __init__(self, place: Place, patience: float = PATIENCE) -> None:
        self.place = place
        self._patience = patience
        self._filling: threading.Thread | None = None
        self._trouble = ""

    def follow(self, first: Place, now: int) -> str:
        """Copy what the first place has and this one has not, and age it; what is wrong with it, empty if nothing."""
        if self._filling is None or not self._filling.is_alive():
            self._trouble = ""
            self._filling = threading.Thread(target=self._fill, args=(first, now), name="backup-second", daemon=True)
            self._filling.start()
        self._filling.join(self._patience)
        return f"{self.place.folder} 没有反应" if self._filling.is_alive() else self._trouble

    def _fill(self, first: Place, now: int) -> None:
        try:
            if not self.place.folder.is_dir():  # made by a person: an empty mount point must not be taken for the disk
                self._trouble = f"{self.place.folder} 不在"
                return
            self.place.sweep()
            here = {path.name for path in self.place.paths(now)}
            for path in first.paths(now):
                if path.name not in here and path.exists():
                    self.place.copy_from(path)
            self.place.prune(now)
        except OneWindowError as error:
            self._trouble = str(error)
        except OSError as error:
            self._trouble = f"{self.place.folder} 用不了：{system_words(error)}"
