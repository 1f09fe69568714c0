"""What the hall says aloud: from a call to a sentence, from a sentence to a WAV."""

from queue_server.voice.announcer import Announcer
from queue_server.voice.chime import ADDRESS as CHIME
from queue_server.voice.phrases import Call, Language, shown

__all__ = ["CHIME", "Announcer", "Call", "Language", "shown"]
