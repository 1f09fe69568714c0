"""What a key of the call pad means now: digits sign in or choose a group, every other key is an act of the desk.

Which act may be done is asked of `window_client.desk.acts` alone, as the screen does.
"""

from dataclasses import dataclass, replace

from devices.call_pad import PadKey
from hall.window import WindowState
from window_client.box.pad import Access, Choosing, Pad, SignInWish
from window_client.desk.acts import allowed, transfer_groups
from window_client.desk.signs import PIN_SIGNS, STAFF_SIGNS
from window_client.desk.situation import Act, Connection, Situation
from window_client.i18n.phrases import Phrases

ACTS: dict[PadKey, Act] = {
    PadKey.CALL_NEXT: Act.CALL_NEXT,
    PadKey.RECALL: Act.RECALL,
    PadKey.MISS: Act.MISS,
    PadKey.START: Act.START,
    PadKey.FINISH: Act.FINISH,
    PadKey.TRANSFER: Act.TRANSFER,
    PadKey.HOLD: Act.HOLD,
    PadKey.PAUSE: Act.PAUSE,
    PadKey.SIGN_OUT: Act.SIGN_OUT,
}


@dataclass(frozen=True, slots=True)
class ActWish:
    """The clerk wants an act that may be done now; `group` is where to, for a transfer."""

    act: Act
    group: str = ""


Pressed = tuple[Pad, SignInWish | ActWish | None]


def press(pad: Pad, key: PadKey, situation: Situation, words: Phrases) -> Pressed:
    """The pad after a key, and what the clerk wants by it."""
    if pad.access is Access.ENTERING:
        return pad, None
    pad = replace(pad, notice="")
    if pad.access is Access.OUT:
        return _sign_in(pad, key, words)
    if pad.choosing is not None and key not in ACTS:
        return _choose(pad, pad.choosing, key, situation, words)
    if key in ACTS:
        return _act(pad, key, situation, words)
    return pad, None


def _sign_in(pad: Pad, key: PadKey, words: Phrases) -> Pressed:
    if key.isdigit():
        if pad.at_pin:
            return replace(pad, pin=(pad.pin + key)[: PIN_SIGNS[1]]), None
        return replace(pad, staff=(pad.staff + key)[: STAFF_SIGNS[1]]), None
    match key:
        case PadKey.ENTER:
            return _enter(pad, words)
        case PadKey.CLEAR:
            if pad.pin:
                return replace(pad, pin=pad.pin[:-1]), None
            return (replace(pad, at_pin=False) if pad.at_pin else replace(pad, staff=pad.staff[:-1])), None
        case PadKey.SIGN_OUT:
            return Pad(away=pad.away), None
        case _:
            return replace(pad, notice=words.pad.sign_in_first), None


def _enter(pad: Pad, words: Phrases) -> Pressed:
    if len(pad.staff) < STAFF_SIGNS[0]:
        return replace(pad, notice=words.pad.staff_short), None
    if not pad.at_pin:
        return replace(pad, at_pin=True), None
    if len(pad.pin) < PIN_SIGNS[0]:
        return replace(pad, notice=words.pad.pin_short), None
    return replace(pad, access=Access.ENTERING, pin="", at_pin=False), SignInWish(pad.staff, pad.pin)


def _choose(pad: Pad, choosing: Choosing, key: PadKey, situation: Situation, words: Phrases) -> Pressed:
    groups = transfer_groups(situation)
    if key.isdigit():
        typed = (choosing.typed + key)[-len(str(len(groups))) :]
        return replace(pad, choosing=replace(choosing, typed=typed)), None
    if key is PadKey.CLEAR:
        erased = replace(choosing, typed=choosing.typed[:-1])
        return replace(pad, choosing=erased if choosing.typed else None), None
    if not choosing.typed:
        return pad, None
    place = int(choosing.typed)
    if not 1 <= place <= len(groups):
        notice = words.pad.no_choice.format(place=place)
        return replace(pad, choosing=replace(choosing, typed=""), notice=notice), None
    pad = replace(pad, choosing=None)
    if not allowed(situation, Act.TRANSFER):
        return replace(pad, notice=_why_not(situation, Act.TRANSFER, words)), None
    return pad, ActWish(Act.TRANSFER, groups[place - 1].id)


def _act(pad: Pad, key: PadKey, situation: Situation, words: Phrases) -> Pressed:
    act = Act.RESUME if key is PadKey.PAUSE and situation.paused else ACTS[key]
    choosing, pad = pad.choosing, replace(pad, choosing=None)
    if not allowed(situation, act):
        return replace(pad, notice=_why_not(situation, act, words)), None
    if act is not Act.TRANSFER:
        return pad, ActWish(act)
    groups = transfer_groups(situation)
    if not groups:
        return replace(pad, notice=words.pad.nowhere), None
    first = 0 if choosing is None else (choosing.first + 1) % len(groups)
    return replace(pad, choosing=Choosing(first)), None


def _why_not(situation: Situation, act: Act, words: Phrases) -> str:
    """In words why an act may not be done; nothing where the pad says it already, or for the second half of a press."""
    if situation.pending or situation.settling or situation.connection is not Connection.ONLINE:
        return ""
    if act is Act.CALL_NEXT and situation.state is WindowState.IDLE:
        return words.pad.nobody
    if act is Act.SIGN_OUT and situation.active is not None:
        return words.pad.finish_first
    return words.pad.not_now.format(act=words.pad.acts[act])
