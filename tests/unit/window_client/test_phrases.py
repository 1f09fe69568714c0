"""The words of every language: complete, and each page's words are there."""

import re
import string
from collections.abc import Mapping
from dataclasses import fields
from enum import Enum
from typing import get_args, get_type_hints

import pytest

from tests.support.window_desk import ROOT
from window_client.i18n import CHINESE, LANGUAGES
from window_client.i18n.pad_phrases import PadPhrases

PAD_CELLS = 8
"""The narrowest pad's display; a Chinese character takes two."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_every_kind_has_a_word(language: str) -> None:
    for every in (LANGUAGES[language], LANGUAGES[language].pad):
        hints = get_type_hints(type(every))
        for field in fields(every):
            words = getattr(every, field.name)
            if isinstance(words, Mapping):
                kind: type[Enum] = get_args(hints[field.name])[0]
                assert set(words) == set(kind), field.name
                assert all(words.values()), field.name
            else:
                assert words, field.name


def test_what_a_pad_says_fits_the_narrowest_display() -> None:
    pad = CHINESE.pad
    lines = [line for field in fields(PadPhrases) if isinstance(line := getattr(pad, field.name), str)]
    for line in [*lines, *pad.refusals.values()]:
        for act in pad.acts.values():
            shown = line.format(count=9, number="A001", calls="", place=1, name="", act=act)
            assert len(shown.encode("gb18030")) <= PAD_CELLS, shown


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_languages_have_the_same_places() -> None:
    for words in LANGUAGES.values():
        for every, chinese in ((words, CHINESE), (words.pad, CHINESE.pad)):
            for field in fields(every):
                if isinstance(getattr(every, field.name), str):
                    assert places(getattr(every, field.name)) == places(getattr(chinese, field.name)), field.name


def test_refusals_are_told_apart() -> None:
    for words in LANGUAGES.values():
        assert len(set(words.refusals.values())) == len(words.refusals)


def test_every_word_a_page_asks_for_exists() -> None:
    asked = set()
    for page in (ROOT / "window_client" / "qml").rglob("*.qml"):
        asked |= set(re.findall(r"\broot\.words\.(\w+)", page.read_text(encoding="utf-8")))
    assert asked
    assert asked <= set(CHINESE.plain())
