"""What a window owes its server after they have been apart: what it remembers, and an end to every open command."""

import logging
from dataclasses import dataclass

from hall.wire.acts import ACTS, Memory
from hall.wire.commands import Command, EnterByHand
from hall.wire.replies import Refusal, Reply
from queue_server.link.act_log import ActLog
from queue_server.link.errors import ServerRefused
from queue_server.link.server_link import ServerLink

_log = logging.getLogger("onewindow.link.acts")
_REUSED = "request.reused"


@dataclass(frozen=True, slots=True)
class Settled:
    """An open command with the answer it had got, or that it will never be carried out (`Refusal.WITHDRAWN`)."""

    command: Command
    reply: Reply


def tell(link: ServerLink, log: ActLog, epoch: str) -> None:
    """Tell the server of another epoch everything this window remembers; an empty memory is told as well.

    Raises:
        LinkError: If it was not told to the end. All of it goes again next time, which is harmless.
        LedgerUnwritable: It was told, but that cannot be noted.
    """
    acts = log.remembered()
    for start in range(0, max(1, len(acts)), ACTS):
        run = acts[start : start + ACTS]
        link.tell_acts(Memory(acts=tuple(run), more=start + ACTS < len(acts)))
    log.known_to(epoch)
    _log.info("link.acts_told %d acts to another life of the server", len(acts))


def settle(link: ServerLink, log: ActLog, *, but: str = "") -> list[Settled]:
    """End every open command: a call made by hand is delivered, any other is asked after and goes no further.

    What the server does not want to hear stays open and holds up nothing.

    Args:
        link: Under a clerk's session of this window.
        log: This window's memory.
        but: The request id under way at this moment, which is left alone.

    Raises:
        LinkError: If the server is away; what was settled until then is.
        LedgerUnwritable: If the disk did not take an answer.
    """
    settled = []
    for asked in log.unanswered():
        if asked.command.request_id == but:
            continue
        try:
            reply = _answer(link, asked.command)
        except ServerRefused as error:
            _log.error("link.act_unsettled %s: %s", asked.command.kind, error.problem.code)
            continue
        if reply.refusal is Refusal.WITHDRAWN:
            log.dropped(reply.request_id)
        else:
            log.answered(reply)
        settled.append(Settled(asked.command, reply))
    return settled


def _answer(link: ServerLink, command: Command) -> Reply:
    if isinstance(command, EnterByHand):
        try:
            return link.command(command, patience_s=0)
        except ServerRefused as error:
            if error.problem.code != _REUSED:
                raise  # entered by the clerk before, whose name stands by it: the answer is there
    return link.withdraw(command.request_id)
