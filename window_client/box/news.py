"""How a call pad takes news: another citizen, an answer of the server."""

from dataclasses import replace

from hall.wire.views import Desk
from window_client.box.pad import Pad
from window_client.desk.situation import Connection, Situation
from window_client.i18n.phrases import Phrases


def renewed(pad: Pad, before: Desk | None, desk: Desk | None) -> Pad:
    """The pad after a new desk: another citizen ends a choice, anything new to say takes a notice away."""
    notice = pad.notice if _said(before) == _said(desk) else ""
    return replace(pad, notice=notice, choosing=pad.choosing if _active(before) == _active(desk) else None)


def told(pad: Pad, situation: Situation, words: Phrases) -> Pad:
    """The pad after an act: what was refused is told, what was done and a server that is away show by themselves."""
    reply = situation.outcome.reply if situation.outcome else None
    if situation.outcome is not None and situation.outcome.kept:
        return replace(pad, notice=words.pad.kept)
    if reply is None:
        online = situation.connection is Connection.ONLINE
        return replace(pad, notice=words.pad.not_answered if online else "")
    return replace(pad, notice=words.pad.refusals[reply.refusal] if reply.refusal else "")


def _said(desk: Desk | None) -> tuple[str, str, int] | None:
    return None if desk is None else (desk.shown_state, _active(desk), len(desk.queue))


def _active(desk: Desk | None) -> str:
    return desk.active.ticket.id if desk and desk.active else ""
