"""The words of every language: complete, and each page's words are there."""

import re
import string
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import get_args, get_type_hints

import pytest

from tests.support.window_desk import ROOT
from window_client.i18n import CHINESE, LANGUAGES, Phrases

HINTS = get_type_hints(Phrases)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_kind_has_a_word(language: str) -> None:
    for field in fields(Phrases):
        words = getattr(LANGUAGES[language], field.name)
        if isinstance(words, Mapping):
            kind: type[Enum] = get_args(HINTS[field.name])[0]
            assert set(words) == set(kind), field.name
            assert all(words.values()), field.name
        else:
            assert words, field.name


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_languages_have_the_same_places() -> None:
    for words in LANGUAGES.values():
        for field in fields(Phrases):
            if HINTS[field.name] is str:
                assert places(getattr(words, field.name)) == places(getattr(CHINESE, field.name)), field.name


def test_refusals_are_told_apart() -> None:
    for words in LANGUAGES.values():
        assert len(set(words.refusals.values())) == len(words.refusals)


def test_every_word_a_page_asks_for_exists() -> None:
    asked = set()
    for page in (ROOT / "window_client" / "qml").rglob("*.qml"):
        asked |= set(re.findall(r"\broot\.words\.(\w+)", page.read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(CHINESE.plain())
