"""Call pads 物理呼叫器: the promise."""

from devices.call_pad.call_pad import CallPad, KeyPressed, PadKey

__all__ = ["CallPad", "KeyPressed", "PadKey"]
