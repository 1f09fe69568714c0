"""The code on the slip: one ASCII text for tracking, checking, adoption and rating, sealed by the hall.

`OW1:<code>` or `<public_url>/t/<code>`; `<code>` is base32 (RFC 4648, no padding) of a version byte, the hall's
fingerprint, day, prefix, lanes, counter, ticket id, time and a 16-byte HMAC-SHA256. Scanners parse it and never open
an address; nothing in it is personal.
"""

import base64
import binascii
import hashlib
import hmac
import ipaddress
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from hall.errors import CodeError
from hall.keys import Purpose, derive

SCHEME = "OW1:"
_FIELDS = struct.Struct(">B4sHBII16sQ")  # version, hall, days since 2020, prefix, lane of form or 0, n, ticket id, µs
_EPOCH = date(2020, 1, 1)
_VERSION = 1
_MAC_BYTES = 16
_MAX_TEXT = 512


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What a slip's code says once its seal has been verified."""

    ticket: str
    day: date
    prefix: str
    lane: int | None
    n: int
    issued_at: int


def seal(code: SlipCode, hall_id: str, hall_key: bytes) -> str:
    """The code as base32 text of 90 characters, without scheme or address."""
    body = _FIELDS.pack(
        _VERSION,
        _fingerprint(hall_id),
        (code.day - _EPOCH).days,
        ord(code.prefix),
        code.lane or 0,
        code.n,
        bytes.fromhex(code.ticket),
        code.issued_at,
    )
    return base64.b32encode(body + _mac(body, hall_key)).decode().rstrip("=")


def printed_text(sealed: str, public_url: str) -> str:
    """What the QR on the slip holds."""
    return f"{public_url.rstrip('/')}/t/{sealed}" if public_url else SCHEME + sealed


def opens_in_the_hall_only(public_url: str) -> bool:
    """Whether a phone on mobile data cannot reach the page behind the code: an address of the hall's own network."""
    host = urlsplit(public_url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return bool(host) and ("." not in host or host.endswith((".local", ".lan", ".internal")))


def unseal(text: str, hall_id: str, hall_key: bytes) -> SlipCode:
    """Verify and read a scanned or typed code, with or without scheme or address.

    Raises:
        CodeError: If it is no slip code, damaged, forged, or of another hall.
    """
    body, mac = _body_and_mac(text)
    _, hall, days, prefix, lane, n, ticket, issued_at = _FIELDS.unpack(body)
    if hall != _fingerprint(hall_id):
        raise CodeError("这张取号单不是本大厅的", advice="请到取号的大厅办理，或在这里重新取号")
    if not hmac.compare_digest(mac, _mac(body, hall_key)):
        raise CodeError("二维码没有通过核对", advice="请到导办台核对取号单")
    return SlipCode(ticket.hex(), _EPOCH + timedelta(days=days), chr(prefix), lane or None, n, issued_at)


def digest(ticket: str) -> str:
    """By which a relay knows a ticket: it is told neither ids nor codes."""
    return hashlib.sha256(bytes.fromhex(ticket)).hexdigest()


def digest_told(text: str) -> str:
    """The digest of the ticket a code names, its seal not looked at; for who has no hall key and only looks it up.

    Raises:
        CodeError: If it is no slip code at all.
    """
    return digest(_FIELDS.unpack(_body_and_mac(text)[0])[6].hex())


def day_told(text: str) -> date:
    """The day that a code says it is of, its seal not looked at.

    Raises:
        CodeError: If it is no slip code at all.
    """
    return _EPOCH + timedelta(days=_FIELDS.unpack(_body_and_mac(text)[0])[2])


def _body_and_mac(text: str) -> tuple[bytes, bytes]:
    raw = _bytes_of(text)
    if len(raw) != _FIELDS.size + _MAC_BYTES or raw[0] != _VERSION:
        raise CodeError("这不是取号单上的二维码", advice="请出示取号单上的二维码")
    return raw[: _FIELDS.size], raw[_FIELDS.size :]


def _bytes_of(text: str) -> bytes:
    text = text.strip()
    if len(text) > _MAX_TEXT or not text.isascii():
        return b""
    code = text.rsplit("/t/", 1)[-1].removeprefix(SCHEME).upper()
    try:
        return base64.b32decode(code + "=" * (-len(code) % 8))
    except binascii.Error:
        return b""


def _fingerprint(hall_id: str) -> bytes:
    return hashlib.sha256(hall_id.encode()).digest()[:4]


def _mac(body: bytes, hall_key: bytes) -> bytes:
    return hmac.digest(derive(hall_key, Purpose.SLIP_CODE), body, hashlib.sha256)[:_MAC_BYTES]
