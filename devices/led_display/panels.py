"""The makes of strips and boards: each turns a message into bytes and understands the answer, if there is one."""

from dataclasses import dataclass
from typing import Protocol

from devices.led_display import boards, onbon
from devices.led_display.led_display import Message
from devices.led_display.texts import strip_text, value_of


class Panel(Protocol):
    """One make of display."""

    @property
    def answers(self) -> bool:
        """Whether it says that it has understood."""
        ...

    def frame(self, message: Message) -> bytes:
        """What makes it show the message."""
        ...

    def listen(self) -> "Answers":
        """Understands what comes after a frame was sent; only asked of one that answers."""
        ...


class Answers(Protocol):
    """Understands one answer, fed piece by piece."""

    def feed(self, data: bytes) -> bool | None:
        """Whether the display has accepted the frame; None while nothing is known."""
        ...


class OnbonAnswers:
    """See Answers."""

    def __init__(self) -> None:
        self._frames = onbon.Deframer()

    def feed(self, data: bytes) -> bool | None:
        """See Answers; frames that are no answer are passed over."""
        for answer in self._frames.feed(data):
            if answer.startswith((onbon.ACK, onbon.NACK)):
                return answer.startswith(onbon.ACK)
        return None


@dataclass(frozen=True, slots=True)
class OnbonPanel:
    """A strip with an Onbon font card.

    Attributes:
        area: Where and how the text is shown.
        cells: How many half-width characters fit.
        answers: Whether the card says that it has understood. The answer's form is the family's, not published for this
            command: a card that is not understood can be driven as one that does not answer.
    """

    area: onbon.Area
    cells: int
    answers: bool = True

    def frame(self, message: Message) -> bytes:
        """See Panel."""
        text = strip_text(message, self.cells).replace("\\", "")  # font cards take it for the start of a control word
        return onbon.frame(onbon.show_command(text, self.area), self.area)

    def listen(self) -> Answers:
        """See Panel."""
        return OnbonAnswers()


class Never:
    """The answers of what never answers."""

    def feed(self, data: bytes) -> bool | None:
        """Nothing is ever known."""
        del data
        return None


@dataclass(frozen=True, slots=True)
class SunpnPanel:
    """A Sunpn board: digits only.

    Attributes:
        largest: The greatest value it can show.
        blank: The value shown when there is no number to show.
        colour: As the board counts colours.
    """

    largest: int = 999
    blank: int = 0
    colour: int = 0
    answers: bool = False

    def frame(self, message: Message) -> bytes:
        """See Panel."""
        return boards.sunpn_frame(_shown(message, self.largest, self.blank), colour=self.colour)

    def listen(self) -> Answers:
        """See Panel."""
        return Never()


@dataclass(frozen=True, slots=True)
class NumberBoardPanel:
    """A four-byte number board: digits only.

    Attributes:
        board: Its number on the line.
        largest: The greatest value it can show.
        blank: The value shown when there is no number to show.
    """

    board: int = 1
    largest: int = 999
    blank: int = 0
    answers: bool = False

    def frame(self, message: Message) -> bytes:
        """See Panel."""
        return boards.number_board_frame(_shown(message, self.largest, self.blank), board=self.board)

    def listen(self) -> Answers:
        """See Panel."""
        return Never()


def _shown(message: Message, largest: int, blank: int) -> int:
    value = value_of(message, largest)
    return blank if value is None else value
