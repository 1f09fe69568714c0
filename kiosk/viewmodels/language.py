"""English for every Chinese word of the screens, from one dictionary file."""

import tomllib
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

FILE = Path(__file__).parents[1] / "i18n" / "english.toml"


@cache
def english_words() -> dict[str, str]:
    """Chinese → English."""
    words: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))["words"]
    return words


class English(QTranslator):
    """Gives QML's `qsTr` its English words; a word that has none stays Chinese rather than vanish."""

    def translate(  # noqa: D102 - of QTranslator
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        del context, disambiguation, n
        return english_words().get(source_text, source_text)

    def isEmpty(self) -> bool:  # noqa: D102 - of QTranslator
        return False


class Language:
    """Switches the whole program between Chinese and English; the caller then lets its engine retranslate."""

    def __init__(self) -> None:
        self._english = English()
        self._on = False

    def set_english(self, on: bool) -> None:  # noqa: FBT001 - the value is the language
        """Install or remove the dictionary."""
        if on == self._on:
            return
        self._on = on
        if on:
            QCoreApplication.installTranslator(self._english)
        else:
            QCoreApplication.removeTranslator(self._english)
