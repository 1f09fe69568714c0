"""Syllables → WAV: joined recorded clips if the hall has them all, else the program espeak-ng, run separately."""

import io
import shutil
import subprocess
import wave
from pathlib import Path

from queue_server.voice.errors import VoiceError
from queue_server.voice.phrases import Language

PROGRAM = "espeak-ng"
_WORDS_A_MINUTE = 150
_SECONDS = 20


_VOICES = {Language.MANDARIN: "cmn-latn-pinyin", Language.ENGLISH: "en"}
_FOLDERS = {Language.MANDARIN: "", Language.ENGLISH: "en"}
"""Where a language's clips are, within the folder of clips."""


def synthesise(syllables: tuple[str, ...], clips: Path | None, language: Language = Language.MANDARIN) -> bytes:
    """A whole WAV file that says the syllables.

    Args:
        syllables: Pinyin with tone numbers, or single Latin letters; in English words.
        clips: Folder of recorded clips, one per syllable; None without.
        language: In which they are said.

    Raises:
        VoiceError: If there are neither clips nor the program, or it fails.
    """
    recorded = _clips_of(syllables, clips / _FOLDERS[language]) if clips else None
    return _joined(recorded) if recorded else _spoken(syllables, _VOICES[language])


def _clips_of(syllables: tuple[str, ...], folder: Path) -> list[Path] | None:
    paths = [folder / f"{syllable.rstrip(',')}.wav" for syllable in syllables]
    return paths if all(path.is_file() for path in paths) else None


def _joined(paths: list[Path]) -> bytes:
    whole = io.BytesIO()
    try:
        with wave.open(whole, "wb") as out:
            for place, path in enumerate(paths):
                with wave.open(str(path), "rb") as clip:
                    form = clip.getparams()[:3]
                    if place == 0:
                        first = form
                        out.setnchannels(form[0])
                        out.setsampwidth(form[1])
                        out.setframerate(form[2])
                    elif form != first:
                        raise VoiceError(f"录音 {path.name} 的声道、位数或采样率与其他录音不同")
                    out.writeframes(clip.readframes(clip.getnframes()))
    except (wave.Error, EOFError, OSError) as error:
        raise VoiceError(f"录音读不出来：{error}") from error
    return whole.getvalue()


def _spoken(syllables: tuple[str, ...], voice: str) -> bytes:
    program = shutil.which(PROGRAM)
    if program is None:
        raise VoiceError(f"没有找到程序 {PROGRAM}")
    nice = shutil.which("nice")  # on a small machine the board comes before the voice
    try:
        done = subprocess.run(
            [
                *([nice, "-n", "10"] if nice else []),
                program,
                "-v",
                voice,
                "-s",
                str(_WORDS_A_MINUTE),
                "--stdout",
                " ".join(syllables),
            ],
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceError(f"{PROGRAM} 没有说出来：{error}") from error
    return _with_length(done.stdout)


def _with_length(streamed: bytes) -> bytes:
    """The same sound with true lengths in its header: on a pipe espeak-ng cannot go back and write them."""
    marker = streamed.find(b"data")
    if not streamed.startswith(b"RIFF") or marker < 0:
        raise VoiceError(f"{PROGRAM} 给出的不是 WAV")
    sound = marker + 8
    size = len(streamed)
    head = b"RIFF" + (size - 8).to_bytes(4, "little") + streamed[8 : marker + 4]
    return head + (size - sound).to_bytes(4, "little") + streamed[sound:]
