"""What every ID-card reader promises, whatever its make: a device that tells of cards."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device
from hall.identity import IdentityDocument


class UnreadableReason(StrEnum):
    """Why a card that lies there could not be read."""

    NOT_READ = "not_read"  # tried three times
    NOT_AN_ID_DOCUMENT = "not_an_id_document"


_ADVICE = {
    UnreadableReason.NOT_READ: "没有读到证件，请拿起后重新平放",
    UnreadableReason.NOT_AN_ID_DOCUMENT: "这张卡不是身份证件，请换用身份证、居住证或永久居留身份证",
}


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was read; once for each time it is laid."""

    document: IdentityDocument


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A card lies there and cannot be read; once for each time it is laid."""

    reason: UnreadableReason

    @property
    def advice(self) -> str:
        """What the citizen should do, in Chinese."""
        return _ADVICE[self.reason]


@dataclass(frozen=True, slots=True)
class CardLifted:
    """The card of the last event is no longer there.

    Many readers cannot tell a lying card from none once they have read it; then this comes only just before
    the next card's event. It may tidy a page, never end a visit.
    """


CardEvent = CardRead | CardUnreadable | CardLifted


class IdCardReader(Device, Protocol):
    """A device whose `on_event` callback receives `CardEvent`s, on the device's own thread."""
