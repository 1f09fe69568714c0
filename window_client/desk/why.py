"""Why this citizen was called and not another, in one line that a clerk can read out."""

from hall.calling import CallReason
from hall.clock import MINUTE_US
from window_client.desk.times import clock
from window_client.i18n.phrases import Phrases


def why(reason: CallReason, offset_minutes: int, words: Phrases) -> str:
    """The instant a ticket counted from, what it waited longer for, and whom it stood before.

        按 09:12 计，较 A023 早 4 分钟

    A ticket called by name stood in no order: the line says so, and why.
    """
    if reason.chosen:
        return words.called_because.format(reason=reason.words) if reason.words else words.called_by_name
    parts = [words.counted_from.format(time=clock(reason.counts_from, offset_minutes))]
    if reason.penalty_us:
        parts.append(words.helped_after.format(minutes=reason.penalty_us // MINUTE_US))
    minutes = reason.earlier_us // MINUTE_US
    if not reason.before:
        parts.append(words.nobody_else)
    elif minutes:
        parts.append(words.earlier_than.format(number=reason.before, minutes=minutes))
    else:
        parts.append(words.just_before.format(number=reason.before))
    return words.comma.join(parts)
