"""What the strip over a window says to the hall: always what was last known to be so, never a trouble of ours."""

from devices.led_display import Message, Tone
from hall.window import WindowState
from window_client.desk.situation import Situation
from window_client.i18n.phrases import Phrases


def strip(situation: Situation, window: int, idle: str, words: Phrases) -> Message:
    """The strip for the present situation. While the server is away the situation is the last one it told.

    Args:
        situation: What the desk knows.
        window: The window's number.
        idle: What an open window says while nobody is there; empty: its name in the catalogue.
        words: The words it speaks.
    """
    number = situation.active.number if situation.active else ""
    match situation.state:
        case WindowState.CALLING:
            return Message(Tone.CALLING, number)
        case WindowState.SERVING:
            return Message(Tone.SERVING, number, words.pad.in_service)
        case WindowState.IDLE:
            return Message(Tone.IDLE, text=idle or _name(situation, window) or words.pad.welcome)
        case WindowState.PAUSED | WindowState.CLOSED:
            return Message(Tone.PAUSED, text=words.pad.no_service)


def _name(situation: Situation, window: int) -> str:
    """The window's own name in the catalogue, empty while there is no catalogue."""
    windows = situation.catalog.windows if situation.catalog else ()
    return next((each.name for each in windows if each.number == window), "")
