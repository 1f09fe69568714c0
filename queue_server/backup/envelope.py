"""A sealed backup: a label that anybody may read and nobody may change, then the database in sealed pieces.

    OWBACKUP │ length of label, 4 bytes │ label, JSON │ seal of all before, 32 bytes │ piece │ piece │ …
    piece: length, 4 bytes │ ChaCha20-Poly1305 (RFC 8439) over up to 1 MiB of the database, deflated before

The label carries the database's size, so its seal also says how many pieces there are; each piece is bound to the
label and to its place. So a file cut or changed at any byte, or joined of two, is never taken for good. Keys derive
from the hall key and 32 random bytes of the label: no key is used for two files, and none lies beside the backup.
"""

import hashlib
import hmac
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pydantic import ValidationError

from hall.keys import Purpose, derive
from queue_server.backup.errors import BackupDamagedError, BackupForeignError, BackupKeyError, BackupNewerError
from queue_server.backup.label import FORMAT, Label, format_of

MAGIC = b"OWBACKUP"
PIECE = 1 << 20
"""Bytes of the database in one piece: what is held in memory at a time."""

_LENGTH, _SEAL = 4, 32
_MOST_LABEL = 4096
_MOST_PIECE = PIECE + 4096  # what does not deflate grows a little, and has its tag
_FAST = 1


def fingerprint(hall_key: bytes) -> str:
    """Names a hall key without telling anything of it: 16 hex digits."""
    return hmac.digest(derive(hall_key, Purpose.BACKUP), b"fingerprint", hashlib.sha256)[:8].hex()


def seal(database: BinaryIO, sealed: BinaryIO, label: Label, hall_key: bytes) -> None:
    """Write a sealed copy of a database.

    Args:
        database: Open at its start; `label.size` bytes are read.
        sealed: Open for writing.
        label: What the copy says of itself.
        hall_key: The hall's key.
    """
    start = _start(label)
    sealed.write(start + _sealed(hall_key, label, start))
    cipher = _cipher(hall_key, label)
    for number, piece in enumerate(iter(lambda: database.read(PIECE), b"")):
        content = cipher.encrypt(_nonce(number), zlib.compress(piece, _FAST), start)
        sealed.write(len(content).to_bytes(_LENGTH) + content)


def read_label(sealed: BinaryIO, hall_key: bytes) -> Label:
    """What a backup says of itself, unchanged since it was sealed. The pieces are not looked at.

    Raises:
        BackupForeignError: If it is no backup of ours.
        BackupNewerError: If a newer version wrote it in a way that this one cannot read.
        BackupKeyError: If another hall key sealed it.
        BackupDamagedError: If the label is cut short or was changed.
    """
    start = sealed.read(len(MAGIC) + _LENGTH)
    if not start.startswith(MAGIC):
        raise BackupForeignError("这个文件不是一窗通的备份")
    length = int.from_bytes(start[len(MAGIC) :])
    text = sealed.read(min(length, _MOST_LABEL))
    found = sealed.read(_SEAL)
    if len(start) < len(MAGIC) + _LENGTH or len(text) != length or len(found) != _SEAL:
        raise BackupDamagedError("备份不完整：开头就断了")
    label = _parsed(text)
    if label.fingerprint != fingerprint(hall_key):
        raise BackupKeyError(f"备份用的是另一把大厅密钥（{label.fingerprint}，现在的是 {fingerprint(hall_key)}）")
    if not hmac.compare_digest(found, _sealed(hall_key, label, start + text)):
        raise BackupDamagedError("备份的说明被改动过")
    return label


def unseal(sealed: BinaryIO, database: BinaryIO, hall_key: bytes) -> Label:
    """Open a backup and write the database out. What was written is good only if this returns.

    Raises:
        BackupError: As `read_label`; and `BackupDamagedError` if a piece is cut short, changed, or out of its place.
    """
    label = read_label(sealed, hall_key)
    cipher, start, digest = _cipher(hall_key, label), _start(label), hashlib.sha256()
    for number, size in enumerate(_sizes(label)):
        try:
            piece = _inflated(cipher.decrypt(_nonce(number), _piece(sealed), start))
        except InvalidTag:
            raise BackupDamagedError(f"备份第 {number + 1} 块被改动过") from None
        if len(piece) != size:
            raise BackupDamagedError(f"备份第 {number + 1} 块长度不对")
        digest.update(piece)
        database.write(piece)
    if sealed.read(1) or digest.hexdigest() != label.digest:
        raise BackupDamagedError("备份的内容与说明不符")
    return label


def _start(label: Label) -> bytes:
    text = label.model_dump_json().encode()
    return MAGIC + len(text).to_bytes(_LENGTH) + text


def _parsed(text: bytes) -> Label:
    version = format_of(text)
    if version is not None and version > FORMAT:
        raise BackupNewerError(f"备份的格式是第 {version} 版，这个程序只认识到第 {FORMAT} 版")
    try:
        label = Label.model_validate_json(text)
    except ValidationError:
        raise BackupDamagedError("备份的说明读不懂") from None
    if label.model_dump_json().encode() != text:
        raise BackupDamagedError("备份的说明被改动过")
    return label


def _key(hall_key: bytes, label: Label, use: bytes) -> bytes:
    return hmac.digest(derive(hall_key, Purpose.BACKUP), use + bytes.fromhex(label.salt), hashlib.sha256)


def _sealed(hall_key: bytes, label: Label, start: bytes) -> bytes:
    return hmac.digest(_key(hall_key, label, b"label"), start, hashlib.sha256)


def _cipher(hall_key: bytes, label: Label) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_key(hall_key, label, b"piece"))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)  # a key of its own for every file: a counter never repeats


def _sizes(label: Label) -> Iterator[int]:
    left = label.size
    while left > 0:
        yield min(left, PIECE)
        left -= PIECE


def _piece(sealed: BinaryIO) -> bytes:
    length = int.from_bytes(sealed.read(_LENGTH))
    content = sealed.read(min(length, _MOST_PIECE))
    if not 0 < length == len(content):
        raise BackupDamagedError("备份不完整：中间断了")
    return content


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, PIECE + 1)
    except zlib.error:
        raise BackupDamagedError("备份的内容解不开") from None
