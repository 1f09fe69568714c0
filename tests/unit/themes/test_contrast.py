"""Contrast by the formula of WCAG 2.2 (relative luminance), checked against the bars of the design."""

from dataclasses import asdict

import pytest

from themes.loader import load_theme

WORDS_ON_GROUND = [
    *((words, ground) for words in ("text", "text_muted") for ground in ("background", "surface", "sunken")),
    ("text", "primary_soft"),
    ("text_muted", "primary_soft"),
    *(("text", f"{kind}_soft") for kind in ("calling", "positive", "caution", "negative")),
    *(
        (kind, ground)
        for kind in ("primary", "calling", "positive", "negative")
        for ground in ("background", "surface")
    ),
    ("caution", "surface"),
    *((kind, f"{kind}_soft") for kind in ("primary", "calling", "positive", "caution", "negative")),
    *((f"text_on_{kind}", kind) for kind in ("primary", "calling", "positive", "plate")),
    ("text_on_primary", "primary_edge"),
    ("ink", "paper"),
]


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(theme: str, one: str, other: str) -> float:
    colors = asdict(load_theme(theme).colors)
    dark, light = sorted((luminance(colors[one]), luminance(colors[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast", "night"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_stand_out_seven_to_one(theme: str, words: str, ground: str) -> None:
    assert contrast(theme, words, ground) >= 7.0


@pytest.mark.parametrize(
    ("theme", "one", "other", "ratio"),
    [
        ("standard", "text", "surface", 16.5),
        ("standard", "text_muted", "sunken", 7.1),
        ("standard", "primary", "surface", 8.3),
        ("standard", "text_on_primary", "primary_edge", 13.5),
        ("standard", "edge", "background", 3.0),
        ("high_contrast", "primary", "surface", 16.1),
        ("high_contrast", "text_off", "surface", 6.2),
        ("night", "text", "background", 16.8),
        ("night", "calling", "surface", 9.1),
    ],
)
def test_the_figures_of_the_design(theme: str, one: str, other: str, ratio: float) -> None:
    assert round(contrast(theme, one, other), 1) == ratio


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast", "night"])
def test_what_cannot_be_pressed_is_quieter_yet_still_legible(theme: str) -> None:
    assert 2.95 <= contrast(theme, "text_off", "sunken") < contrast(theme, "text_muted", "sunken")
    assert contrast(theme, "edge", "surface") >= 3.0


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast"])
def test_one_of_the_two_focus_rings_always_shows(theme: str) -> None:
    for ground in ("background", "surface", "sunken"):  # the rings stand outside a fill
        assert max(contrast(theme, "focus", ground), contrast(theme, "text", ground)) >= 3.0
