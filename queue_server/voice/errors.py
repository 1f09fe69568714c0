"""What can go wrong with the voice.

hall.errors.WorldError
└── VoiceError          no sound for this call; the board shows it silently
"""

from hall.errors import Retry, WorldError


class VoiceError(WorldError):
    """The sentence could not be made into sound."""

    code = "voice.silent"
    retry = Retry.AFTER_MENDING
    advice = "叫号屏照常显示，但没有声音。请安装 espeak-ng，或在 voice_clips 里放好录音"
