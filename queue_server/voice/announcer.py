"""Keeps the WAV of every recent call: made by one worker thread as soon as the call is known, never waited for."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from queue_server.voice.errors import VoiceError
from queue_server.voice.phrases import Call, Language, syllables
from queue_server.voice.synthesis import synthesise

log = logging.getLogger("onewindow.server.voice")
_REMEMBERED = 1024


class Announcer:
    """Makes and finds the WAVs of calls.

    Only calls that were announced can be had, so that nobody makes the server speak by guessing addresses.

    Args:
        folder: Where finished WAVs are kept, the newest thousand; they hold numbers and windows only. Those of an
            earlier start are made anew: since then the hall may have another voice, or the power have gone.
        clips: Folder of recorded clips, None without.
        make: Turns syllables of a language into a WAV.
    """

    def __init__(
        self,
        folder: Path,
        clips: Path | None = None,
        make: Callable[[tuple[str, ...], Path | None, Language], bytes] = synthesise,
    ) -> None:
        self._folder = folder
        self._clips = clips
        self._make = make
        self._lock = threading.Lock()
        self._calls: OrderedDict[str, Future[Path]] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="voice")
        self._problem = ""
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            if Call.named(path.stem) is not None:  # a recorded clip is none of ours
                self._remove(path)

    @property
    def problem(self) -> str:
        """What a manager should know, in plain words; empty while the voice works."""
        return self._problem

    def announce(self, call: Call) -> Future[Path]:
        """Have the WAV of a call made, once; from any thread, returns at once. The future raises `VoiceError`."""
        with self._lock:
            known = self._calls.get(call.name)
            if known is not None and not (known.done() and known.exception()):
                self._calls.move_to_end(call.name)
                return known
            made = self._worker.submit(self._wav, call)
            self._calls[call.name] = made
            while len(self._calls) > _REMEMBERED:
                self._forget(*self._calls.popitem(last=False))
            return made

    def find(self, name: str) -> Future[Path] | None:
        """The WAV of an announced call by its stem, finished or under way; None if it was never announced."""
        with self._lock:
            return self._calls.get(name)

    def close(self) -> None:
        """Finish the sentence at hand and end the worker."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _forget(self, name: str, made: Future[Path]) -> None:
        """Not made if it was not begun: a worker that is behind has nothing to do for calls long past."""
        made.cancel()
        made.add_done_callback(lambda _: self._remove(self._path(name)))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.wav"

    def _remove(self, path: Path) -> None:
        with suppress(OSError):  # a disk that takes nothing more is told of when the next one is written
            path.unlink(missing_ok=True)

    def _wav(self, call: Call) -> Path:
        path = self._path(call.name)
        try:
            sound = self._make(syllables(call), self._clips, call.language)
            # Written aside and moved in one step: a browser never gets half a sentence.
            part = path.with_suffix(".part")
            part.write_bytes(sound)
            part.replace(path)
        except (VoiceError, OSError) as error:
            if not self._problem:
                log.warning("voice.silent: %s", error)
            self._problem = f"{error}。{VoiceError.advice}"
            raise
        self._problem = ""
        return path
