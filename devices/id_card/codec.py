"""What is said to an SDT reader and what it answers, as bytes and values. Pure.

Command and status numbers after GA/T 467 as reprinted by vendors. A read answer brings text and photo;
the photo ends here: no function returns it.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum

from devices.errors import DeviceGarbled
from devices.id_card.frames import Deframer, frame

TEXT_LENGTH = 256
PHOTO_LENGTH = 1024
_SAM_ID_LENGTH = 16
_FINGERPRINT_LENGTHS = (0, 512, 1024)
# Some handset makers' readers say "timeout" in a form of their own, shorter than its length field claims.
OEM_TIMEOUT = bytes.fromhex("AA AA AA 96 69 00 05 05 05 05 05")


class Command(Enum):
    """The requests of the protocol; the value is CMD and PARA.

    This house sends those of SENT. The others are known by name only: a queue has no use for fingerprints or a card's
    own number, and what a reader does after SET_BAUD or SET_LONGEST_RF_FRAME (one byte more) is written nowhere.
    """

    RESET = bytes.fromhex("10 FF")
    SAM_STATUS = bytes.fromhex("11 FF")
    SAM_ID = bytes.fromhex("12 FF")
    FIND = bytes.fromhex("20 01")
    SELECT = bytes.fromhex("20 02")
    READ = bytes.fromhex("30 01")
    READ_NEWEST_ADDRESS = bytes.fromhex("30 03")
    READ_MANAGEMENT_NUMBER = bytes.fromhex("30 05")
    READ_WITH_FINGERPRINT = bytes.fromhex("30 10")
    SET_BAUD_115200 = bytes.fromhex("60 00")
    SET_BAUD_57600 = bytes.fromhex("60 01")
    SET_BAUD_38400 = bytes.fromhex("60 02")
    SET_BAUD_19200 = bytes.fromhex("60 03")
    SET_BAUD_9600 = bytes.fromhex("60 04")
    SET_LONGEST_RF_FRAME = bytes.fromhex("61 FF")

    @property
    def request(self) -> bytes:
        """The whole frame to write."""
        return frame(self.value)


SENT = frozenset(
    {
        Command.RESET,
        Command.SAM_STATUS,
        Command.SAM_ID,
        Command.FIND,
        Command.SELECT,
        Command.READ,
        Command.READ_NEWEST_ADDRESS,
    }
)


class Status(IntEnum):
    """SW3, the module's own status byte."""

    OK = 0x90
    CARD_FOUND = 0x9F
    CHECKSUM_WRONG = 0x10
    LENGTH_WRONG = 0x11
    COMMAND_WRONG = 0x21
    NOT_PERMITTED = 0x23
    UNRECOGNISED = 0x24
    CARD_REFUSED_READER = 0x31
    READER_REFUSED_CARD = 0x32
    NOT_GENUINE = 0x33
    WRONG_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    NO_RANDOM_NUMBER = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81
    NO_SUCH_ITEM = 0x91


RESEND = frozenset({Status.CHECKSUM_WRONG, Status.LENGTH_WRONG, Status.COMMAND_WRONG})
FAULTS = frozenset({Status.SELF_TEST_FAILED, Status.NOT_AUTHORISED, Status.UNRECOGNISED})


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer of the reader. Its data may be a person's: it is never printed."""

    status: int
    data: bytes

    def __repr__(self) -> str:
        return f"Answer({self.status:02X}, {len(self.data)} bytes)"


class AnswerStream:
    """The reader's answers, found in the bytes that come."""

    def __init__(self) -> None:
        self._deframer = Deframer(least=4)
        self._seen = b""

    @property
    def missing(self) -> int:
        """How many more bytes are surely needed; waiting for just these loses no time."""
        return self._deframer.missing

    @property
    def damaged(self) -> bool:
        """Whether something that began as an answer failed its check."""
        return self._deframer.damaged > 0

    @property
    def timed_out(self) -> bool:
        """Whether the reader said "timeout" in the form of its own that some makers use."""
        return self._seen.endswith(OEM_TIMEOUT)

    def feed(self, data: bytes) -> Answer | None:
        """Take bytes in; returns the answer that they complete. More than one at a time does not happen."""
        self._seen = (self._seen + data)[-len(OEM_TIMEOUT) :]
        payloads = self._deframer.feed(data)
        return Answer(payloads[-1][2], payloads[-1][3:]) if payloads else None


def answer_frame(status: int, data: bytes = b"") -> bytes:
    """The frame a reader sends; SW1 and SW2 are zero as in every recorded exchange."""
    return frame(bytes([0, 0, status]) + data)


def read_data(text: bytes, photo: bytes) -> bytes:
    """The data part of a good read answer."""
    return len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo


def sam_id_text(data: bytes) -> str:
    """The security module's number as its maker prints it, such as `05.03-20111202-0002136532-0123456789`.

    Args:
        data: The 16 bytes of the answer to SAM_ID: two numbers, a date, a serial and a random part, little-endian.

    Raises:
        DeviceGarbled: Not 16 bytes.
    """
    if len(data) != _SAM_ID_LENGTH:
        raise DeviceGarbled("a module's number has 16 bytes", code="id_card.sam_id")
    date, serial, chance = (int.from_bytes(data[at : at + 4], "little") for at in (4, 8, 12))
    return f"{data[0]:02X}.{data[2]:02X}-{date:08d}-{serial:010d}-{chance:010d}"


def text_of_read(data: bytes) -> bytes:
    """The text block of a read answer, with or without fingerprints; the photo is let go.

    Raises:
        DeviceGarbled: The length fields do not agree with the data.
    """
    text_length, photo_length = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    after_text_and_photo = len(data) - 4 - text_length - photo_length
    if text_length != TEXT_LENGTH or photo_length > PHOTO_LENGTH or after_text_and_photo < 0:
        raise DeviceGarbled("the card answer's length fields make no sense", code="id_card.lengths")
    if after_text_and_photo == 0:
        return data[4 : 4 + text_length]
    fingerprint_length = int.from_bytes(data[4:6], "big")
    if fingerprint_length not in _FINGERPRINT_LENGTHS or fingerprint_length + 2 != after_text_and_photo:
        raise DeviceGarbled("the card answer's length fields make no sense", code="id_card.lengths")
    return data[6 : 6 + text_length]
