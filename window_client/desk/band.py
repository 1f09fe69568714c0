"""The state band over the citizen: a word, a running time, and a thin bar against the time this usually takes."""

from dataclasses import dataclass

from hall.clock import MINUTE_US, SECOND_US
from hall.window import WindowState
from window_client.desk.acts import DEFAULT_CALLS, called_enough
from window_client.desk.situation import Connection, Situation
from window_client.desk.times import clock, running
from window_client.i18n.phrases import Phrases

DEFAULT_SECONDS_TO_COME = 90


@dataclass(frozen=True, slots=True)
class Band:
    """What the band shows. `fill` is the part of the usual time that has passed, -1 where there is no bar."""

    kind: str
    icon: str
    words: str
    time: str
    fill: float
    hint: str


def band(situation: Situation, words: Phrases) -> Band:
    """The band for the present state; until the server has told it, nothing is claimed."""
    state = situation.state
    if situation.desk is None:
        return Band("plain", "", words.connections[Connection.CONNECTING], "", -1, "")
    title = words.states[state]
    match state:
        case WindowState.CALLING:
            return _calling(situation, title, words)
        case WindowState.SERVING:
            return _serving(situation, title, words)
        case WindowState.PAUSED:
            return _paused(situation, title, words)
        case _:
            return Band("plain", "", title, "", -1, _by_itself(situation, words))


def _by_itself(situation: Situation, words: Phrases) -> str:
    """When the next is called although nobody presses; empty unless the clerk has it so."""
    desk = situation.desk
    if desk is None or not situation.auto_call:
        return ""
    if not desk.auto_call_at or not desk.queue:
        return words.auto_on
    seconds = max(0, -((situation.now_us - desk.auto_call_at) // SECOND_US))
    return words.auto_soon.format(seconds=seconds, number=desk.queue[0].number)


def _calling(situation: Situation, title: str, words: Phrases) -> Band:
    ticket = situation.active.ticket if situation.active else None
    since, calls = (ticket.called_at or situation.now_us, ticket.calls) if ticket else (situation.now_us, 0)
    hall = situation.catalog.hall if situation.catalog else None
    seconds = hall.seconds_to_come if hall else DEFAULT_SECONDS_TO_COME
    most = hall.calls_before_missed if hall else DEFAULT_CALLS
    hint = words.may_be_missed if called_enough(situation) else words.called_times
    return Band(
        kind="calling",
        icon="speaker",
        words=title,
        time=running(since, situation.now_us),
        fill=_part(since, situation.now_us, seconds * SECOND_US),
        hint=hint.format(calls=calls, most=most),
    )


def _paused(situation: Situation, title: str, words: Phrases) -> Band:
    """Why, and until when; once that has passed there is a bar that is full."""
    status = situation.desk.window if situation.desk else None
    if status is None:
        return Band("caution", "pause_circle", title, "", -1, "")
    time = running(status.since, situation.now_us)
    if status.back_at is None:
        return Band("caution", "pause_circle", title, time, -1, status.reason)
    hint = words.paused_until.format(reason=status.reason, time=clock(status.back_at, situation.offset_minutes))
    fill = _part(status.since, situation.now_us, status.back_at - status.since)
    return Band("caution", "pause_circle", title, time, fill, hint)


def _serving(situation: Situation, title: str, words: Phrases) -> Band:
    ticket = situation.active.ticket if situation.active else None
    since = (ticket and ticket.started_at) or situation.now_us
    minutes = usual_minutes(situation)
    return Band(
        kind="positive",
        icon="",
        words=title,
        time=running(since, situation.now_us),
        fill=-1 if minutes is None else _part(since, situation.now_us, round(minutes * MINUTE_US)),
        hint="" if minutes is None else words.usual_time.format(minutes=f"{minutes:g}"),
    )


def usual_minutes(situation: Situation) -> float | None:
    """How long the service at the window usually takes: its own figure, else its group's, None if unknown."""
    if situation.active is None:
        return None
    service = situation.service(situation.active.ticket.service)
    if service is not None and service.usual_minutes is not None:
        return service.usual_minutes
    group = situation.group(situation.active.ticket.group)
    return group.usual_minutes if group else None


def _part(since: int, now: int, whole: int) -> float:
    return min(1.0, max(0.0, (now - since) / max(1, whole)))
