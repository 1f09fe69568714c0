"""English for every Chinese word of the screens, from one dictionary file."""

import tomllib
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTemporaryDir, QTranslator

from hall.errors import BugError
from kiosk.i18n.compiled import compiled

FILE = Path(__file__).parents[1] / "i18n" / "english.toml"


@cache
def english_words() -> dict[str, str]:
    """Chinese → English."""
    words: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]
    return words


class Language:
    """Switches the whole program between Chinese and English; the caller then lets its engine retranslate.

    A word that has no English stays Chinese rather than vanish.
    """

    def __init__(self) -> None:
        self._english = QTranslator()
        self._on = False
        folder = QTemporaryDir()
        path = Path(folder.path()) / "english.qm"
        path.write_bytes(compiled(english_words()))
        if not self._english.load(str(path)):
            raise BugError("Qt does not take the compiled English words")

    def set_english(self, on: bool) -> None:  # noqa: FBT001 - the value is the language
        """Install or remove the dictionary."""
        if on == self._on:
            return
        self._on = on
        if on:
            QCoreApplication.installTranslator(self._english)
        else:
            QCoreApplication.removeTranslator(self._english)
