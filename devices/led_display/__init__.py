"""LED strips and number boards over a window: the promise."""

from devices.led_display.led_display import LedDisplay, Message, Tone

__all__ = ["LedDisplay", "Message", "Tone"]
