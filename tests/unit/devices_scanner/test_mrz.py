"""Machine-readable zones: the specimens of ICAO Doc 9303, every wrong digit, and what a camera makes of them."""

from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner import ocr_b
from devices.scanner.mrz import ALPHABET, Flaw, Mrz, check_digit, parse
from devices.scanner.mrz_reader import read_mrz
from devices.scanner.travellers import invented_zone
from hall.identity import DocumentKind, Sex
from tests.support.passports import HARD_LOOKS, LOOKS, TODAY, count_reads, seen
from tests.support.shots import without_codes

# Specimens of Doc 9303, parts 4 and 5.
PASSPORT = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
PERMIT = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
LONG_NUMBER = ["I<UTOD23145890<AB112234566<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]


def read(lines: list[str]) -> Mrz:
    found = parse(lines, TODAY)
    assert found is not None
    return found


def test_the_specimens_are_understood() -> None:
    for lines, number in ((PASSPORT, "L898902C3"), (PERMIT, "D23145890")):
        found = read(lines)
        assert found.flaws == frozenset()
        assert (found.number, found.name, found.nationality, found.issuer) == (
            number,
            "ERIKSSON ANNA MARIA",
            "UTO",
            "UTO",
        )
        assert (found.birth, found.expiry, found.sex) == (date(1974, 8, 12), date(2012, 4, 15), Sex.FEMALE)
    assert read(LONG_NUMBER).number == "D23145890AB11223456"
    assert read(LONG_NUMBER).flaws == frozenset()


def test_the_kiosk_gets_a_document_only_of_a_sound_zone() -> None:
    document = read(PASSPORT).document()
    assert (document.kind, document.number, document.name_en) == (
        DocumentKind.PASSPORT,
        "L898902C3",
        "ERIKSSON ANNA MARIA",
    )
    assert (document.birth, document.valid_to, document.masked_name) == (date(1974, 8, 12), date(2012, 4, 15), "E*")
    with pytest.raises(ValueError, match="不能使用"):
        replace(read(PASSPORT), flaws=frozenset({Flaw.NUMBER})).document()


@pytest.mark.parametrize("lines", [PASSPORT, PERMIT])
def test_every_single_wrong_digit_of_number_and_dates_is_noticed(lines: list[str]) -> None:
    row, places = (
        (1, [*range(9), *range(13, 19), *range(21, 27)]) if lines is PASSPORT else (1, [*range(6), *range(8, 14)])
    )
    for place in places:
        for digit in "0123456789":
            line = lines[row]
            if digit != line[place] and line[place].isdecimal():
                changed = [*lines]
                changed[row] = line[:place] + digit + line[place + 1 :]
                assert read(changed).flaws, (place, digit)


def test_which_check_digits_failed_is_said() -> None:
    second = PASSPORT[1]
    assert read([PASSPORT[0], "M" + second[1:]]).flaws == {Flaw.NUMBER, Flaw.COMPOSITE}
    assert read([PASSPORT[0], second[:43] + "1"]).flaws == {Flaw.COMPOSITE}
    assert read([PASSPORT[0].replace("ANNA", "4NNA"), second]).flaws == {Flaw.GRAMMAR}
    birth = "741332" + check_digit("741332")
    assert Flaw.GRAMMAR in read([PASSPORT[0], second[:13] + birth + second[20:]]).flaws


def test_what_a_document_does_not_state_is_none() -> None:
    number, expiry = "L898902C36", "<<<<<<0"
    birth, optional = "74<<<<" + check_digit("74<<<<"), "<" * 15
    second = f"{number}UTO{birth}<{expiry}{optional}" + check_digit(number + birth + expiry + optional)
    found = read([PASSPORT[0], second])
    assert (found.flaws, found.birth, found.expiry, found.sex) == (frozenset(), None, None, Sex.NOT_STATED)
    assert found.document().long_term


def test_a_child_is_born_in_this_century() -> None:
    number, birth, expiry, optional = "L898902C36", "2401019", "3004159", "<" * 15
    birth = birth[:6] + check_digit(birth[:6])
    expiry = expiry[:6] + check_digit(expiry[:6])
    second = f"{number}UTO{birth}F{expiry}{optional}" + check_digit(number + birth + expiry + optional)
    assert read([PASSPORT[0], second]).birth == date(2024, 1, 1)


@pytest.mark.parametrize("lines", [PASSPORT, PERMIT])
def test_a_zone_never_shows_whose_it_is(lines: list[str]) -> None:
    for shown in (repr(read(lines)), str(read(lines)), repr(read(lines).document())):
        for secret in ("ERIKSSON", "ANNA", "898902", "231458", "1974", "74"):
            assert secret not in shown


@given(st.sampled_from([(2, 44), (3, 30), (1, 10), (2, 30)]), st.data())
def test_any_lines_are_a_zone_with_or_without_flaws_or_none(shape: tuple[int, int], data: st.DataObject) -> None:
    line = st.text(ALPHABET, min_size=shape[1], max_size=shape[1])
    lines = data.draw(st.lists(line, min_size=shape[0], max_size=shape[0]))
    found = parse(lines, TODAY)
    assert (found is None) == (shape not in ((2, 44), (3, 30)))


@pytest.mark.parametrize("shape", ["TD3", "TD1"])
def test_a_camera_reads_most_zones_and_never_a_wrong_one(shape: str) -> None:
    for how, look in LOOKS.items():
        reads = count_reads(look, shape, 2)
        assert reads["wrong"] == 0, how
        assert reads["right"] == 2, how


def test_what_is_hardly_legible_is_not_guessed() -> None:
    for how, look in HARD_LOOKS.items():
        assert count_reads(look, "TD3", 2)["wrong"] == 0, how


def test_a_zone_with_a_wrong_check_digit_is_not_read() -> None:
    lines = invented_zone(Random(1))
    spoiled = [lines[0], lines[1][:43] + str((int(lines[1][43]) + 1) % 10)]
    assert read_mrz(seen(spoiled, np.random.default_rng(1), LOOKS["clean"]), TODAY) is None


def test_nothing_is_read_where_there_is_no_document() -> None:
    for shot in without_codes(12, 3):
        assert read_mrz(np.ascontiguousarray(shot.image[..., 0]), TODAY) is None, shot.how


def test_without_the_typeface_the_technician_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_b, "TYPEFACE", "NoSuchTypeface.otf")
    ocr_b.shapes.cache_clear()
    with pytest.raises(ocr_b.TypefaceError) as told:
        ocr_b.shapes()
    assert "fonts-ocr-b" in told.value.advice
