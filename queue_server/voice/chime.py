"""The two notes before a call, so that people look up before the number is said. Pure."""

import array
import io
import math
import sys
import wave
from functools import cache

ADDRESS = "/voice/chime.wav"
_RATE = 22_050  # samples a second, as espeak-ng speaks
_NOTES = ((784.0, 0.0), (587.3, 0.32))  # hertz (G5, D5) and the second in which each begins
_SECONDS, _FADES_IN = 1.1, 0.30
_LOUD = 9_000  # of 32767: softer than the voice


@cache
def chime() -> bytes:
    """A whole WAV file."""
    whole = array.array("h", (round(_LOUD * _at(n / _RATE)) for n in range(round(_SECONDS * _RATE))))
    if sys.byteorder == "big":
        whole.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(whole.tobytes())
    return out.getvalue()


def _at(second: float) -> float:
    played = [(hertz, second - start) for hertz, start in _NOTES if second >= start]
    return sum(math.sin(math.tau * hertz * t) * math.exp(-t / _FADES_IN) * min(1.0, t / 0.01) for hertz, t in played)
