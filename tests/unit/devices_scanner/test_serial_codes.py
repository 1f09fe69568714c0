"""How a scanner's bytes become codes and texts, without any port."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.decoding import cleaned, decode
from devices.scanner.framing import LONGEST, Framer
from devices.scanner.scanner import Scan

ACK = bytes.fromhex("02 00 00 01 00 33 31")
# What a code may hold without ending it or seeming to be an acknowledgement at its start.
BYTES = st.binary(min_size=1, max_size=60).filter(lambda b: not set(b) & {10, 13} and b[0] != ACK[0])
CODES = st.lists(st.one_of(BYTES, BYTES.map(lambda b: b + ACK + b)), max_size=5)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=80)


@given(CODES, st.sampled_from([b"\r", b"\n", b"\r\n"]), st.integers(1, 50))
def test_codes_are_found_however_the_bytes_are_cut(codes: list[bytes], suffix: bytes, step: int) -> None:
    stream = b"".join(ACK + code + suffix for code in codes)
    framer = Framer()
    assert [c for at in range(0, len(stream), step) for c in framer.feed(stream[at : at + step])] == codes
    assert not framer.unfinished
    assert framer.suffix_seen == bool(codes)


def test_silence_ends_a_code_and_an_acknowledgement_alone_is_none() -> None:
    framer = Framer()
    assert framer.feed(b"OW1:ABC") == []
    assert framer.unfinished
    assert framer.pause() == [b"OW1:ABC"]
    framer.feed(ACK)
    assert framer.pause() == []
    assert framer.pause() == []


def test_what_is_longer_than_any_code_is_thrown_away_whole() -> None:
    framer = Framer()
    assert framer.feed(b"x" * LONGEST + b"\r") == [b"x" * LONGEST]
    assert framer.feed(b"x" * (LONGEST + 1)) == []
    assert framer.feed(b"tail\rnext\r") == [b"next"]
    assert framer.too_long == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (b"OW1:ABCD", {"text": "OW1:ABCD", "symbology": None, "uncertain": False}),
        (b"]Q1OW1:ABCD", {"text": "OW1:ABCD", "symbology": "QR", "raw": b"OW1:ABCD"}),
        (b"]C0123456", {"text": "123456", "symbology": "Code 128"}),
        (b"]?1stays", {"text": "]?1stays", "symbology": None}),
        ("政务服务".encode(), {"text": "政务服务", "uncertain": False}),
        ("政务服务".encode("gb18030"), {"text": "政务服务", "uncertain": False}),
        (b"\xff\xfe\xe9", {"text": "ÿþé", "uncertain": True}),
        (b"A\x00B\x1bC\tD", {"text": "ABCD", "raw": b"A\x00B\x1bC\tD"}),
        ("张三\u202e321\u2066".encode(), {"text": "张三321"}),
        ("A\u200b0\u200d2\ufeff3\u00ad\u3164".encode(), {"text": "A023"}),
        ("A\u2028B\u2029\x85".encode(), {"text": "AB"}),
        ("e\u0301".encode(), {"text": "é"}),
        ("𬱖\ue000".encode("gb18030"), {"text": "𬱖\ue000"}),
    ],
)
def test_bytes_become_text(code: bytes, expected: dict[str, Any]) -> None:
    scan = decode(code)
    assert scan is not None
    assert {name: getattr(scan, name) for name in expected} == expected


@given(TEXTS, st.sampled_from(["utf-8", "gb18030"]), st.booleans(), st.sampled_from([b"\r", b"\n", b"\r\n", b""]))
def test_what_was_printed_is_what_is_read(text: str, encoding: str, acknowledged: bool, suffix: bytes) -> None:
    raw = text.encode(encoding)
    framer = Framer()
    codes = framer.feed(ACK * acknowledged + b"]Q1" + raw + suffix) or framer.pause()
    scans = [scan for code in codes if (scan := decode(code)) is not None]
    if not cleaned(text).strip():
        assert scans == []
        return
    (scan,) = scans
    assert (scan.raw, scan.symbology, scan.uncertain) == (raw, "QR", False)
    # Few GB18030 bytes are valid UTF-8 with another meaning; those no program can tell apart.
    assert scan.text == cleaned(text) or (encoding == "gb18030" and raw.decode("utf-8", "ignore").encode() == raw)


@given(st.text(max_size=200))
def test_a_cleaned_text_is_whole_composed_and_has_nothing_hidden(text: str) -> None:
    seen = cleaned(text)
    assert cleaned(seen) == seen == unicodedata.normalize("NFC", seen)
    assert not [c for c in seen if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")]


def test_nothing_readable_is_no_scan() -> None:
    assert decode(b"\x00\x1b ") is None


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_become_a_scan_or_nothing(code: bytes) -> None:
    scan = decode(code)
    assert scan is None or not any(ord(c) < 32 for c in scan.text)


def test_a_scan_never_shows_its_text() -> None:
    assert "secret" not in repr(Scan("secret", b"secret"))
