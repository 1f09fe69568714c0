"""What a window remembers of its own acts: the command before it is sent, the answer before it is shown.

A server set back has forgotten acts that this window still knows; they are told again (`hall.wire.acts`). A program
that ended in the middle of an act knows at its next start which one it was. Calls made by hand wait here for the
server.
"""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError

from hall.clock import DAY_US
from hall.errors import system_words
from hall.wire.acts import RememberedAct
from hall.wire.commands import Command, EnterByHand, as_kept
from hall.wire.replies import Reply
from hall.words import Id, Staff, Word
from queue_server.link.act_log.lines import Lines
from queue_server.link.errors import LedgerUnwritable
from queue_server.link.ledger.lock import FolderLock

FILE = "acts.log"
KEEP_US = 8 * DAY_US
"""How long answered acts stay, by the server's clock in the answers: a week and a day before the latest one."""


class Asked(Word):
    """A command on its way."""

    kind: Literal["asked"] = "asked"
    staff: Staff
    command: Command


class _Answered(Word):
    kind: Literal["answered"] = "answered"
    reply: Reply


class _Dropped(Word):
    """The command was never carried out and never will be."""

    kind: Literal["dropped"] = "dropped"
    request_id: Id


class _Known(Word):
    """The server of this epoch has been told everything up to here."""

    kind: Literal["known"] = "known"
    epoch: Id


_LINE: TypeAdapter[Asked | _Answered | _Dropped | _Known] = TypeAdapter(
    Annotated[Asked | _Answered | _Dropped | _Known, Field(discriminator="kind")]
)


@dataclass(frozen=True, slots=True)
class EnteredCall:
    """A call made by hand, and what the server answered; None while it has not."""

    command: EnterByHand
    reply: Reply | None


class ActLog:
    """The memory of one window, in a folder of its own. Safe to use from any thread.

    Nothing personal is kept: the masked name of an answer is left out, and what one clerk says to another.

    Raises:
        LedgerInUse: If another process has the folder.
        LedgerUnwritable: If the disk does not let it be read or written.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._folder_lock = FolderLock(folder)
        except OSError as error:
            raise LedgerUnwritable(f"数据文件夹 {folder} 用不了：{system_words(error)}") from error
        self._lock = threading.RLock()
        self._lines = Lines(folder / FILE)
        self._asked: dict[str, Asked] = {}
        self._replies: dict[str, Reply] = {}
        self._epoch = ""
        try:
            for line in self._lines.read():
                self._take(line)
            self.tidy()
        except BaseException:
            self._folder_lock.release()
            raise

    def close(self) -> None:
        """Let the folder go."""
        self._folder_lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- writing; every method raises LedgerUnwritable if the disk did not take it, and then nothing has changed ----

    def asked(self, staff: str, command: Command) -> None:
        """A command is about to be sent. A second time the same is nothing new."""
        with self._lock:
            if command.request_id not in self._asked:
                self._write(Asked(staff=staff, command=as_kept(command)))

    def answered(self, reply: Reply) -> None:
        """The answer came."""
        with self._lock:
            self._write(_Answered(reply=reply.model_copy(update={"masked_name": ""})))

    def dropped(self, request_id: str) -> None:
        """The command was never carried out and never will be."""
        with self._lock:
            self._write(_Dropped(request_id=request_id))

    def known_to(self, epoch: str) -> None:
        """The server in this life of it has been told everything."""
        with self._lock:
            if epoch != self._epoch:
                self._write(_Known(epoch=epoch))

    def tidy(self) -> None:
        """Forget what was answered more than a week ago. What has no answer yet stays."""
        with self._lock:
            latest = max((reply.at for reply in self._replies.values()), default=0)
            old = [request for request, reply in self._replies.items() if reply.at < latest - KEEP_US]
            lines: list[Word] = [_Known(epoch=self._epoch)] if self._epoch else []
            for request, asked in self._asked.items():
                if request not in old:
                    lines.append(asked)
                    if request in self._replies:
                        lines.append(_Answered(reply=self._replies[request]))
            self._lines.replace([line.model_dump_json() for line in lines])
            for request in old:
                del self._asked[request], self._replies[request]

    # ---- reading ----

    @property
    def epoch(self) -> str:
        """The life of the server that knows everything in here; empty before the first."""
        with self._lock:
            return self._epoch

    def unanswered(self) -> list[Asked]:
        """Commands without an answer, in the order they were made."""
        with self._lock:
            return [asked for request, asked in self._asked.items() if request not in self._replies]

    def remembered(self) -> list[RememberedAct]:
        """Every act that was answered, the oldest first."""
        with self._lock:
            return [
                RememberedAct(staff=self._asked[request].staff, command=self._asked[request].command, reply=reply)
                for request, reply in self._replies.items()
            ]

    def hand_calls(self) -> list[EnteredCall]:
        """The calls made by hand, in the order they were entered."""
        with self._lock:
            return [
                EnteredCall(asked.command, self._replies.get(request))
                for request, asked in self._asked.items()
                if isinstance(asked.command, EnterByHand)
            ]

    # ---- inside ----

    def _write(self, line: Word) -> None:
        text = line.model_dump_json()
        self._lines.append(text)
        self._take(text)

    def _take(self, text: str) -> None:
        try:
            line = _LINE.validate_json(text)
        except ValidationError:
            return  # written by a later version of the program: it says nothing to this one
        match line:
            case Asked(command=command):
                self._asked[command.request_id] = line
            case _Answered(reply=reply) if reply.request_id in self._asked:
                self._replies[reply.request_id] = reply
            case _Dropped(request_id=request):
                self._asked.pop(request, None)
                self._replies.pop(request, None)
            case _Known(epoch=epoch):
                self._epoch = epoch
            case _:
                pass  # an answer to a line that was torn
