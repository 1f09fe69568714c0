"""What a call pad's own display says: at most one short line, the most telling part first."""

from hall.window import WindowState
from window_client.box.pad import Access, Choosing, Pad
from window_client.desk.acts import transfer_groups
from window_client.desk.situation import Connection, Situation
from window_client.i18n.phrases import Phrases

HIDDEN = "*"


def display(pad: Pad, situation: Situation, words: Phrases) -> str:
    """The line for the present; a PIN is told as stars."""
    if pad.notice:
        return pad.notice
    match pad.access:
        case Access.ENTERING:
            return words.pad.entering
        case Access.OUT:
            return _typed(pad, words)
        case Access.IN:
            return _signed_in(pad, situation, words)


def _typed(pad: Pad, words: Phrases) -> str:
    if pad.at_pin:
        return HIDDEN * len(pad.pin) or words.pad.enter_pin
    return pad.staff or (words.pad.away if pad.away else words.pad.enter_staff)


def _signed_in(pad: Pad, situation: Situation, words: Phrases) -> str:
    if situation.connection is Connection.AWAY:
        return words.pad.away
    if situation.desk is None or situation.connection is Connection.CONNECTING:
        return words.pad.connecting
    if situation.pending is not None:
        return words.pad.doing.format(act=words.pad.acts[situation.pending])
    if pad.choosing is not None:
        return _choices(pad.choosing, situation, words)
    number = situation.active.number if situation.active else ""
    match situation.state:
        case WindowState.CALLING:
            calls = situation.active.ticket.calls if situation.active else 0
            return words.pad.called.format(number=number, calls=calls)
        case WindowState.SERVING:
            return words.pad.serving.format(number=number)
        case WindowState.PAUSED:
            return words.pad.paused
        case WindowState.CLOSED:
            return words.pad.closed
        case WindowState.IDLE:
            count = len(situation.desk.queue)
            return words.pad.waiting.format(count=count) if count else words.pad.nobody


def _choices(choosing: Choosing, situation: Situation, words: Phrases) -> str:
    """The groups to transfer to by their places; the one typed alone, so that it can be read before 确认."""
    named = [
        words.pad.choice.format(place=place, name=group.name)
        for place, group in enumerate(transfer_groups(situation), start=1)
    ]
    if not choosing.typed:
        return " ".join(named[choosing.first :])
    place = int(choosing.typed)
    return named[place - 1] if 1 <= place <= len(named) else choosing.typed
