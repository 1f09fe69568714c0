"""What the hall says aloud: from a call to a sentence, from a sentence to a WAV."""

from queue_server.voice.announcer import Announcer
from queue_server.voice.phrases import Call, shown

__all__ = ["Announcer", "Call", "shown"]
