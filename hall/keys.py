"""Keys derived from the hall key, one per purpose, so that no key is used for two things.

HKDF with SHA-256 (RFC 5869); the hall key itself is 32 random bytes made by `./onewindow hall init`.
"""

import hashlib
import hmac
from enum import StrEnum

HALL_KEY_BYTES = 32


class Purpose(StrEnum):
    """What a derived key is for; part of the derivation, so never rename one."""

    HOLDER_TOKEN = "onewindow/holder-token/1"
    SLIP_CODE = "onewindow/slip-code/1"
    DEVICE_PROOF = "onewindow/device-proof/1"
    BACKUP = "onewindow/backup/1"
    BOOKING_REQUEST = "onewindow/booking-request/1"
    KEY_MARK = "onewindow/key-mark/1"
    RELAY = "onewindow/relay/1"


def derive(hall_key: bytes, purpose: Purpose) -> bytes:
    """The 32-byte key for one purpose.

    Args:
        hall_key: The hall's secret, exactly 32 bytes.
        purpose: What the key will be used for.

    Raises:
        ValueError: If the hall key has another length.
    """
    if len(hall_key) != HALL_KEY_BYTES:
        raise ValueError(f"a hall key has {HALL_KEY_BYTES} bytes, not {len(hall_key)}")
    extracted = hmac.digest(b"\0" * 32, hall_key, hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


def device_proof(hall_key: bytes, device: str, nonce: str) -> str:
    """What a kiosk sends to show that it holds the hall key: HMAC-SHA256 over its name and the server's nonce, hex."""
    key = derive(hall_key, Purpose.DEVICE_PROOF)
    return hmac.new(key, f"{device}\n{nonce}".encode(), hashlib.sha256).hexdigest()


def key_mark(hall_key: bytes, salt: str) -> str:
    """By which a database knows its key again, hex: says nothing of the key, and nothing to who has not the salt."""
    return hmac.new(derive(hall_key, Purpose.KEY_MARK), salt.encode(), hashlib.sha256).hexdigest()
