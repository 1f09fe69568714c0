"""The last list this window saw, kept for a start without the server: numbers and items, nobody's name.

It is a help to read by, not a record: an old one is as good as none, and a disk that does not take it harms nothing.
"""

import logging
from pathlib import Path

from pydantic import ValidationError

from hall.errors import system_words
from hall.wire.views import Desk, DeskTicket

FILE = "last_list.json"
_log = logging.getLogger("onewindow.window.last_list")


class LastList:
    """One file in the window's data folder; `keep` is called from one thread."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._kept: tuple[tuple[DeskTicket, ...], ...] = ()

    def keep(self, desk: Desk) -> None:
        """Note the lists of a desk; the same lists as before are not written again."""
        bare = _nobody(desk)
        lists = (bare.queue, bare.missed, bare.held, bare.uncertain)
        if lists == self._kept:
            return
        part = self._path.with_suffix(".part")
        try:
            part.write_text(bare.model_dump_json(), encoding="utf-8")
            part.replace(self._path)  # whole or not at all
        except OSError as error:
            _log.warning("window.list_not_kept %s", system_words(error))
            return
        self._kept = lists

    def read(self) -> Desk | None:
        """The last one; None if there is none, or none that this program can read."""
        try:
            return Desk.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return None


def _nobody(desk: Desk) -> Desk:
    """The desk without anybody's name, and without who is at the window."""
    lists = {
        name: tuple(each.model_copy(update={"masked_name": ""}) for each in getattr(desk, name))
        for name in ("queue", "missed", "held", "uncertain")
    }
    return desk.model_copy(update=lists | {"active": None, "to_rate": None, "undo_until": 0})
