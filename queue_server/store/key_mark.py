"""A database knows by which hall key it was made: a salted one-way mark in it, never the key or a part of it.

A key that was replaced beside an old database would otherwise be noticed one slip at a time: codes that nobody knows,
devices that cannot prove themselves, backups that look foreign.
"""

import hmac

from hall.keys import key_mark
from queue_server.store.errors import WrongKeyError
from queue_server.store.reader import Reader
from queue_server.store.records import Meta
from queue_server.store.transaction import Transaction

_MARK = "hall_key_mark"


def refuse_other_key(reader: Reader, hall_key: bytes) -> bool:
    """Make sure that this is the key of this database.

    Returns:
        Whether the database knows its key; one of an earlier version does not yet.

    Raises:
        WrongKeyError: If it was made with another one.
    """
    noted = reader.get(Meta, _MARK)
    if noted is None:
        return False
    salt, _, mark = noted.value.partition(" ")
    if not hmac.compare_digest(mark, key_mark(hall_key, salt)):
        raise WrongKeyError("现在的大厅密钥不是这个大厅的那一把：文件被换过，或是从别处拷来的")
    return True


def note_key(transaction: Transaction, hall_key: bytes, salt: str) -> None:
    """Let the database know its key from now on; any one before is its key no more.

    Args:
        transaction: Of the database.
        hall_key: The hall's secret.
        salt: Fresh random bits in hex.
    """
    transaction.put(Meta(_MARK, f"{salt} {key_mark(hall_key, salt)}"))
