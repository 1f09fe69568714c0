"""The words of the desk and of the rating page, one complete set per language."""

from window_client.i18n.chinese import CHINESE
from window_client.i18n.english import ENGLISH
from window_client.i18n.phrases import Phrases

LANGUAGES: dict[str, Phrases] = {"zh": CHINESE, "en": ENGLISH}

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "Phrases"]
