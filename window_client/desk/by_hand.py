"""Calls made by hand while the server was away: read from what a clerk types off paper, and shown with their fate."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hall.clock import MINUTE_US
from hall.mending import HandOutcome
from hall.numbering import parse_number
from hall.opening import business_day, local_time
from hall.wire.commands import EnterByHand
from queue_server.link.act_log import EnteredCall
from window_client.desk.situation import Act, Situation
from window_client.desk.times import clock
from window_client.i18n.phrases import Phrases

_NUMBER = re.compile(r"([A-Z])(?:(\d{1,5})-)?(\d{1,6})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):?(\d{2})", re.ASCII)
Field = Literal["number", "called", "ended"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the paper as it was typed; a missed citizen has no end."""

    number: str = ""
    called: str = ""
    ended: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Mistake:
    """What cannot be, in words, and the field to look at."""

    field: Field
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One call in the list: what was entered, what became of it, whether it may be taken up again."""

    request: str
    number: str
    times: str
    outcome: str
    state: str
    kind: str
    refused: bool


def number_of(text: str) -> str | None:
    """A printed number as a clerk writes it, `a23` or `Ａ２－２４`: `A023`, `A2-024`. None if it is none."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if match is None:
        return None
    prefix, lane, n = match.groups()
    number = parse_number(f"{prefix}{lane}-{n:0>3}" if lane else f"{prefix}{n:0>3}")
    return str(number) if number else None


def read(entry: Entry, situation: Situation, request_id: str, words: Phrases) -> EnterByHand | Mistake:
    """The command of a line, or the first thing that is wrong with it."""
    number = number_of(entry.number)
    if number is None:
        return Mistake("number", words.wrong_number)
    called = _instant(entry.called, situation)
    if called is None:
        return Mistake("called", words.wrong_time)
    ended = called if entry.missed and not entry.ended.strip() else _instant(entry.ended, situation)
    if ended is None:
        return Mistake("ended", words.wrong_time)
    if called > situation.now_us:
        return Mistake("called", words.future_time)
    if ended > situation.now_us:
        return Mistake("ended", words.future_time)
    if ended < called:
        return Mistake("ended", words.ended_before)
    outcome = HandOutcome.MISSED if entry.missed else HandOutcome.FINISHED
    return EnterByHand(request_id=request_id, number=number, called_at=called, ended_at=ended, outcome=outcome)


def at_the_window(situation: Situation, act: Act, request_id: str) -> EnterByHand:
    """The end of the citizen here, made without the server: called when the server last knew, over now."""
    assert situation.active is not None  # no such act is offered otherwise
    now = situation.now_us
    return EnterByHand(
        request_id=request_id,
        number=situation.active.number,
        called_at=min(situation.active.ticket.called_at or now, now),
        ended_at=now,
        outcome=HandOutcome.MISSED if act is Act.MISS else HandOutcome.FINISHED,
    )


def entry_of(call: EnterByHand, situation: Situation) -> Entry:
    """A call as it would be typed, to be mended."""
    offset = situation.offset_minutes
    missed = call.outcome is HandOutcome.MISSED
    return Entry(call.number, clock(call.called_at, offset), clock(call.ended_at, offset), missed)


def lines(calls: Sequence[EnteredCall], situation: Situation, words: Phrases) -> tuple[Line, ...]:
    """The calls of today, the latest entered first."""
    today = business_day(situation.now_us, situation.offset_minutes)
    of_today = [call for call in calls if business_day(call.command.called_at, situation.offset_minutes) == today]
    return tuple(_line(call, situation, words) for call in reversed(of_today))


def open_numbers(calls: Sequence[EnteredCall]) -> frozenset[str]:
    """The numbers of which the server has not heard yet."""
    return frozenset(call.command.number for call in calls if call.reply is None)


def _line(call: EnteredCall, situation: Situation, words: Phrases) -> Line:
    command, offset = call.command, situation.offset_minutes
    called, ended = clock(command.called_at, offset), clock(command.ended_at, offset)
    state, kind = _state(call, words)
    return Line(
        request=command.request_id,
        number=command.number,
        times=called if called == ended else f"{called}–{ended}",
        outcome=words.outcomes[command.outcome],
        state=state,
        kind=kind,
        refused=call.reply is not None and not call.reply.done,
    )


def _state(call: EnteredCall, words: Phrases) -> tuple[str, str]:
    if call.reply is None:
        return words.hand_waits, "caution"
    if call.reply.refusal is not None:
        return words.refusals[call.reply.refusal], "negative"
    if call.reply.ticket is None:
        return words.hand_noted, "plain"
    return words.hand_done, "positive"


def _instant(text: str, situation: Situation) -> int | None:
    """A time of today on the hall's clock: `0931`, `9:31`."""
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    hour, minute = map(int, match.groups())
    if hour > 23 or minute > 59:
        return None
    now = local_time(situation.now_us, situation.offset_minutes)
    since_midnight = (now.hour * 60 + now.minute) * MINUTE_US + situation.now_us % MINUTE_US
    return situation.now_us - since_midnight + (hour * 60 + minute) * MINUTE_US
