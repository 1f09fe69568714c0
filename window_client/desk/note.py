"""The words beside the acts: what is on its way, what was done and can still be taken back, what was refused."""

from dataclasses import dataclass

from window_client.desk.acts import undo_seconds
from window_client.desk.situation import Act, Situation
from window_client.i18n.phrases import Phrases

STANDING = (
    Act.UNDO,
    Act.PAUSE,
    Act.RESUME,
    Act.AUTO_CALL_ON,
    Act.AUTO_CALL_OFF,
    Act.PUT_BACK,
    Act.ADOPT,
    Act.DECLARE_FAULT,
    Act.END_FAULT,
)
"""Acts that cannot be taken back by a press: what was done stays to be read."""


@dataclass(frozen=True, slots=True)
class Note:
    """One or two lines. `kind` is progress, done, refused or empty; `undo` is the seconds left to take it back."""

    kind: str
    text: str
    undo: int


def note(situation: Situation, words: Phrases) -> Note:
    """What stands beside the acts now."""
    if situation.pending is not None:
        return Note("progress", words.doing[situation.pending], 0)
    outcome = situation.outcome
    if outcome is None:
        return Note("empty", "", 0)
    if outcome.kept:
        return Note("done", words.kept.format(number=outcome.kept), 0)
    if outcome.reply is None:
        return Note("refused", outcome.trouble, 0)
    if outcome.reply.refusal is not None:
        return Note("refused", words.refusals[outcome.reply.refusal], 0)
    ticket = outcome.reply.ticket
    text = words.done[outcome.act].format(number=ticket.number if ticket else "")
    seconds = undo_seconds(situation)
    stays = seconds > 0 or outcome.act in STANDING
    return Note("done", text, seconds) if stays else Note("empty", "", 0)
