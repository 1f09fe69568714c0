"""A player program of the machine as a loudspeaker: one WAV after another, as loud as asked."""

import array
import io
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path

from hall.errors import Retry, WorldError, system_words

PLAYERS = ("aplay -q", "paplay", "pw-play", "ffplay -nodisp -autoexit -loglevel error")
"""Tried in this order; the file comes last."""
_TRIES, _REST_SECONDS = 3, 1.0
_SLACK_SECONDS = 10.0  # so much longer than a WAV lasts its player is waited for


class LoudspeakerError(WorldError):
    """There is no program to play with, or it does not play."""

    code = "installer.loudspeaker"
    retry = Retry.AFTER_MENDING
    advice = "请安装 alsa-utils（里面有 aplay），或用 --player 写明播放程序，如 --player 'mpv --no-video'"


class LoudspeakerBusy(LoudspeakerError):  # noqa: N818 - named by what is wrong
    """The program was run and played nothing each time: most often something else has the loudspeaker."""

    code = "installer.loudspeaker_busy"
    retry = Retry.LATER
    advice = "请看是不是别的程序占着音箱，或音箱没有接好"


class Loudspeaker:
    """Plays WAVs by a program.

    Args:
        command: The program with its options; the file's name is put at its end.
        rest: Waits so many seconds before a second try.
    """

    def __init__(self, command: str, rest: Callable[[float], None] = time.sleep) -> None:
        self._words = shlex.split(command)
        self._rest = rest

    def play(self, sound: bytes, volume: int) -> None:
        """Play a WAV to its end, at so many hundredths; a device that is busy is asked again.

        Raises:
            LoudspeakerBusy: If the program failed each time.
            LoudspeakerError: If it cannot be run, or the WAV cannot be read.
        """
        scaled, seconds = _scaled(sound, volume)
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            file.write(scaled)
            file.flush()
            for tried in range(_TRIES):
                if tried:
                    self._rest(_REST_SECONDS)
                trouble = self._run(Path(file.name), seconds)
                if not trouble:
                    return
        raise LoudspeakerBusy(f"{self._words[0]} 没有放出声音：{trouble}")

    def _run(self, file: Path, seconds: float) -> str:
        """What went wrong, empty if nothing."""
        try:
            done = subprocess.run(
                [*self._words, str(file)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=seconds + _SLACK_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "播放程序停住了"
        except OSError as error:
            raise LoudspeakerError(f"{self._words[0]} 运行不了：{system_words(error)}") from None
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return "" if done.returncode == 0 else (said[-1] if said else f"退出码 {done.returncode}")


def player(wanted: str = "") -> str:
    """The command that plays: the wanted one, else the first that this machine has.

    Raises:
        LoudspeakerError: If there is none.
    """
    try:
        commands = [wanted] if shlex.split(wanted) else PLAYERS
    except ValueError:
        raise LoudspeakerError(f"--player {wanted} 的引号没有收尾") from None
    found = next((command for command in commands if shutil.which(shlex.split(command)[0])), "")
    if not found:
        names = "、".join(shlex.split(command)[0] for command in commands)
        raise LoudspeakerError(f"这台机器上没有播放程序（找过 {names}）")
    return found


def _scaled(sound: bytes, volume: int) -> tuple[bytes, float]:
    """The WAV at that volume, where its samples are of 16 bits, and its seconds."""
    try:
        with wave.open(io.BytesIO(sound)) as read:
            form, frames = read.getparams(), read.readframes(read.getnframes())
        seconds = form.nframes / form.framerate
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise LoudspeakerError(f"服务器给的声音读不出来：{error}", advice="请看服务器的日志") from None
    if form.sampwidth != 2 or volume >= 100:
        return sound, seconds
    samples = array.array("h", frames)
    if sys.byteorder == "big":
        samples.byteswap()
    softer = array.array("h", (sample * volume // 100 for sample in samples))
    if sys.byteorder == "big":
        softer.byteswap()
    out = io.BytesIO()
    with wave.open(out, "wb") as write:
        write.setparams(form)
        write.writeframes(softer.tobytes())
    return out.getvalue(), seconds
