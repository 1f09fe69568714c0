"""The box: (what it stands at, what happened) → (what it stands at then, what to do). Pure, no clock and no threads."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from devices.call_pad import KeyPressed
from devices.led_display import Message
from devices.rating_pad import LevelPressed
from hall.wire.replies import Refusal
from hall.wire.views import RatingPage
from queue_server.link.errors import LinkError, ServerAway, ServerRefused
from window_client.box import events as ev
from window_client.box.display import display
from window_client.box.effects import Do, Effect, Invite, Keep, LevelIgnored, Rate, Rest
from window_client.box.keys import press
from window_client.box.news import renewed, told
from window_client.box.pad import Access, Pad, SignInWish
from window_client.box.strip import strip
from window_client.desk.acts import ticket_of
from window_client.desk.situation import Act, Connection, Outcome, Situation
from window_client.i18n.phrases import Phrases

_LOCKED = "signin.locked"


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """A window without a screen. Its repr shows nothing of the clerk or the citizen.

    Attributes:
        words: The words it speaks.
        window: Its number.
        idle: What its strip says while nobody is there; empty: the window's name.
        situation: What the desk knows.
        pad: What the call pad stands at.
        page: What may be rated now.
        rating: Whether a rating is on its way.
    """

    words: Phrases
    window: int
    idle: str = ""
    situation: Situation = field(default_factory=lambda: Situation(now_us=0))
    pad: Pad = field(default_factory=Pad)
    page: RatingPage | None = None
    rating: bool = False

    def __repr__(self) -> str:
        return f"Box({self.window}, {self.pad!r}, {self.situation.state.value})"

    @property
    def line(self) -> str:
        """What the call pad's display says."""
        return display(self.pad, self.situation, self.words)

    @property
    def message(self) -> Message:
        """What the strip says."""
        return strip(self.situation, self.window, self.idle, self.words)


Step = tuple[Box, tuple[Effect, ...]]


def step(box: Box, event: ev.Event) -> Step:
    """The box after an event, and the effects to carry out in order."""
    return _HANDLERS[type(event)](box, event)


def _key(box: Box, event: KeyPressed) -> Step:
    pad, wish = press(box.pad, event.key, box.situation, box.words)
    box = replace(box, pad=pad)
    if wish is None:
        return box, ()
    if isinstance(wish, SignInWish):
        return box, (wish,)
    ticket = ticket_of(box.situation, wish.act)
    situation = replace(box.situation, pending=wish.act, outcome=None)
    if not box.situation.online:
        return replace(box, situation=situation), (Keep(wish.act),)
    return replace(box, situation=situation), (Do(wish.act, ticket, wish.group),)


def _signed_in(box: Box, event: ev.SignedIn) -> Step:
    situation = replace(box.situation, catalog=event.catalog)
    return replace(box, situation=situation, pad=Pad(access=Access.IN, away=box.pad.away)), ()


def _not_signed_in(box: Box, event: ev.NotSignedIn) -> Step:
    pad = Pad(staff=box.pad.staff, at_pin=True, notice=_why(event.error, box.words), away=box.pad.away)
    return replace(box, pad=pad), ()


def _session_ended(box: Box, _: ev.SessionEnded) -> Step:
    if box.pad.access is not Access.IN:
        return box, ()
    return _left(box, box.words.pad.sign_in_again), ()


def _left(box: Box, notice: str = "") -> Box:
    """Nobody is signed in: nothing of the desk stays, but what the hall is called is still known."""
    pad = Pad(notice=notice, away=box.pad.away)
    return replace(box, situation=Situation(now_us=0, catalog=box.situation.catalog), pad=pad)


def _desk(box: Box, event: ev.DeskCame) -> Step:
    if box.pad.access is Access.OUT:
        return box, ()
    situation = replace(box.situation, desk=event.desk, now_us=event.desk.at)
    return replace(box, situation=situation, pad=renewed(box.pad, box.situation.desk, event.desk)), ()


def _link(box: Box, event: ev.LinkChanged) -> Step:
    if box.pad.access is Access.OUT:
        return box, ()
    connection = Connection.ONLINE if event.online else Connection.AWAY
    notice = box.pad.notice if event.online else ""
    return replace(
        box, situation=replace(box.situation, connection=connection), pad=replace(box.pad, notice=notice)
    ), ()


def _server(box: Box, event: ev.ServerSeen) -> Step:
    return replace(box, pad=replace(box.pad, away=not event.online)), ()


def _answered(box: Box, event: ev.Answered) -> Step:
    act = box.situation.pending
    if act is None:  # the clerk was signed out meanwhile
        return box, ()
    if act is Act.SIGN_OUT and event.reply.done:
        return _left(box), ()
    return _ended(box, Outcome(act, event.reply)), (Rest(),)


def _not_answered(box: Box, _: ev.NotAnswered) -> Step:
    act = box.situation.pending
    if act is None:
        return box, ()
    return _ended(box, Outcome(act)), (Rest(),)


def _kept(box: Box, event: ev.Kept) -> Step:
    act = box.situation.pending
    box = replace(box, situation=replace(box.situation, kept=event.waiting))
    return (box, ()) if act is None else (_ended(box, Outcome(act, kept=event.number)), (Rest(),))


def _delivered(box: Box, event: ev.Delivered) -> Step:
    return replace(box, situation=replace(box.situation, kept=event.waiting)), ()


def _ended(box: Box, outcome: Outcome) -> Box:
    situation = replace(box.situation, pending=None, outcome=outcome, settling=True)
    return replace(box, situation=situation, pad=told(box.pad, situation, box.words))


def _rested(box: Box, _: ev.Rested) -> Step:
    return replace(box, situation=replace(box.situation, settling=False)), ()


def _why(error: LinkError | None, words: Phrases) -> str:
    match error:
        case ServerAway():
            return words.pad.away
        case ServerRefused(problem=problem):
            return words.pad.locked if problem.code == _LOCKED else words.pad.refused_in
        case _:
            return words.pad.not_answered


def _page(box: Box, event: ev.PageCame) -> Step:
    before = box.page.ticket if box.page else None
    new = event.page.ticket is not None and event.page.ticket != before
    return replace(box, page=event.page), (Invite(),) if new else ()


def _level(box: Box, event: LevelPressed) -> Step:
    if box.rating or box.page is None or box.page.ticket is None:
        return box, (LevelIgnored(),)
    return replace(box, rating=True), (Rate(box.page.ticket, event.level),)


def _rated(box: Box, event: ev.Rated) -> Step:
    """A rating that was kept is over; one that was not may be pressed again."""
    kept = event.reply is not None and (event.reply.done or event.reply.refusal is Refusal.ALREADY_RATED)
    return replace(box, rating=False, page=None if kept else box.page), ()


_HANDLERS: dict[type, Callable[[Box, Any], Step]] = {
    KeyPressed: _key,
    LevelPressed: _level,
    ev.SignedIn: _signed_in,
    ev.NotSignedIn: _not_signed_in,
    ev.SessionEnded: _session_ended,
    ev.DeskCame: _desk,
    ev.LinkChanged: _link,
    ev.ServerSeen: _server,
    ev.Answered: _answered,
    ev.NotAnswered: _not_answered,
    ev.Kept: _kept,
    ev.Delivered: _delivered,
    ev.Rested: _rested,
    ev.PageCame: _page,
    ev.Rated: _rated,
}
