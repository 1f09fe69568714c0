"""A sealed backup is good whole or not at all: cut, changed, joined, under another key."""

import io
import json
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.backup import envelope
from queue_server.backup.envelope import fingerprint, read_label, seal, unseal
from queue_server.backup.errors import (
    BackupDamagedError,
    BackupError,
    BackupForeignError,
    BackupKeyError,
    BackupNewerError,
)
from queue_server.backup.label import Label

KEY, OTHER = b"k" * 32, b"o" * 32


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "PIECE", 100)


def label_of(database: bytes, *, key: bytes = KEY, salt: str = "5a" * 32) -> Label:
    import hashlib

    return Label(
        fingerprint=fingerprint(key), hall="test-hall", at=1_764_148_500_000_000, daily=False, schema_version=3,
        epoch="e" * 32, seq=1234, head="a" * 64, size=len(database), digest=hashlib.sha256(database).hexdigest(),
        salt=salt,
    )  # fmt: skip


def sealed(database: bytes, *, key: bytes = KEY, salt: str = "5a" * 32) -> bytes:
    file = io.BytesIO()
    seal(io.BytesIO(database), file, label_of(database, key=key, salt=salt), key)
    return file.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    database = io.BytesIO()
    unseal(io.BytesIO(content), database, key)
    return database.getvalue()


DATABASE = b"SQLite format 3\0" + bytes(range(256)) + b"z" * 300


@pytest.mark.parametrize("size", [1, 99, 100, 101, 200, 572])
def test_what_is_sealed_comes_back(size: int) -> None:
    assert opened(sealed(DATABASE[:size])) == DATABASE[:size]


def test_what_does_not_deflate_comes_back_too() -> None:
    noise = secrets.token_bytes(777)
    assert opened(sealed(noise)) == noise


def test_the_name_tells_when_and_how_far() -> None:
    assert label_of(DATABASE).name == "test-hall-20251126T091500Z-seq1234.owb"


def test_nothing_of_the_database_shows_through() -> None:
    assert b"SQLite" not in sealed(DATABASE)
    assert KEY not in sealed(DATABASE)


def test_cut_at_any_byte_it_is_never_good() -> None:
    whole = sealed(DATABASE)
    for length in range(len(whole)):
        with pytest.raises(BackupError):
            opened(whole[:length])


def test_changed_at_any_byte_it_is_never_good() -> None:
    whole = sealed(DATABASE)
    for place in range(len(whole)):
        for change in (0x01, 0x80):
            with pytest.raises(BackupError):
                opened(whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(min_size=1, max_size=40), st.integers(0, 10_000))
def test_bytes_put_in_anywhere_are_noticed(extra: bytes, place: int) -> None:
    whole = sealed(DATABASE)
    place %= len(whole) + 1
    with pytest.raises(BackupError):
        opened(whole[:place] + extra + whole[place:])


def test_pieces_of_two_backups_do_not_join_and_do_not_change_places() -> None:
    one, other = sealed(DATABASE), sealed(DATABASE, salt="77" * 32)
    start = one.index(b"}") + 1 + 32
    with pytest.raises(BackupDamagedError):
        opened(one[:start] + other[start:])
    first = 4 + int.from_bytes(one[start : start + 4])
    second = 4 + int.from_bytes(one[start + first : start + first + 4])
    swapped = one[start + first : start + first + second] + one[start : start + first] + one[start + first + second :]
    with pytest.raises(BackupDamagedError):
        opened(one[:start] + swapped)


def test_another_hall_key_is_told_by_its_fingerprint() -> None:
    with pytest.raises(BackupKeyError, match=f"{fingerprint(KEY)}.*{fingerprint(OTHER)}") as told:
        opened(sealed(DATABASE), OTHER)
    assert "大厅密钥" in told.value.advice


def test_a_label_can_be_read_without_the_pieces() -> None:
    whole = sealed(DATABASE)
    label = read_label(io.BytesIO(whole[: whole.index(b"}") + 33]), KEY)
    assert (label.seq, label.size) == (1234, len(DATABASE))


@pytest.mark.parametrize("content", [b"", b"OWB", b"SQLite format 3\0" * 9, b"\xff" * 5000])
def test_what_is_no_backup_is_told_so(content: bytes) -> None:
    with pytest.raises(BackupForeignError):
        opened(content)


@pytest.mark.parametrize("text", [b"[" * 4000, b"{}", b"null", b'{"format": "1"}', b"\xff\xfe"])
def test_a_label_that_is_none_is_damage(text: bytes) -> None:
    content = envelope.MAGIC + len(text).to_bytes(4) + text + b"\0" * 32
    with pytest.raises(BackupDamagedError):
        read_label(io.BytesIO(content), KEY)


def test_a_later_format_says_that_a_later_program_is_needed() -> None:
    text = json.dumps({"format": 2, "new": "words"}).encode()
    with pytest.raises(BackupNewerError, match="第 2 版"):
        read_label(io.BytesIO(envelope.MAGIC + len(text).to_bytes(4) + text + b"\0" * 32), KEY)


def test_a_length_that_promises_the_world_costs_no_memory() -> None:
    with pytest.raises(BackupDamagedError):
        read_label(io.BytesIO(envelope.MAGIC + b"\xff" * 4 + b"{" * 9000), KEY)


def test_a_label_from_before_kinds_and_zones_were_noted_reads_as_ever() -> None:
    usual = label_of(b"x")
    assert "asked" not in usual.model_dump_json()
    assert "offset_minutes" not in usual.model_dump_json()
    elsewhere = usual.model_copy(update={"asked": True, "offset_minutes": 540})
    assert Label.model_validate_json(elsewhere.model_dump_json()) == elsewhere
    assert Label.model_validate_json(usual.model_dump_json()) == usual
