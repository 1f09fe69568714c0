"""ID-card readers: the promise, the protocol, its driver and its twin."""

from devices.id_card.reader import (
    CardEvent,
    CardLifted,
    CardRead,
    CardUnreadable,
    IdCardReader,
    UnreadableReason,
)

__all__ = ["CardEvent", "CardLifted", "CardRead", "CardUnreadable", "IdCardReader", "UnreadableReason"]
