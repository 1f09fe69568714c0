"""What a window remembers of its own acts, told again after a server was set back."""

from pydantic import Field

from hall.wire.commands import Command
from hall.wire.replies import Reply
from hall.words import Staff, Word

ACTS = 200


class RememberedAct(Word):
    """A command with the answer it got. The answer holds the ticket as it stood afterwards, by the server's clock."""

    staff: Staff
    command: Command
    reply: Reply


class Memory(Word):
    """A run of acts of one window, the oldest first. Telling them again is harmless.

    `more` is set while others follow: only after the last run has the window told everything it knows.
    """

    acts: tuple[RememberedAct, ...] = Field(max_length=ACTS)
    more: bool = False
