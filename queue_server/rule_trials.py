"""The server's end of a preview of the rule: the past day as text into a process of its own, the waits out of it.

One process for each preview, one at a time. The interpreter that answers calls only copies text meanwhile.
"""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pydantic import ValidationError

from hall.clock import Clock
from hall.rule import Rule
from hall.wire.rule import RulePreview
from queue_server.helpers import environment
from queue_server.operations.errors import NoPreviewError, StoppedError
from queue_server.operations.progress import Progress, unheard
from queue_server.operations.rule_preview import told
from queue_server.store import Store

_PROGRAM = (sys.executable, "-m", "queue_server.operations.rule_trial")
_PATIENCE_S, _LOOK_S = 120.0, 0.2


class RuleTrials:
    """Tries rules on the newest day with calls.

    Args:
        store: The hall's store.
        clock: The server's clock.
        program: What is started for each of them.
    """

    def __init__(self, store: Store, clock: Clock, program: Sequence[str] = _PROGRAM) -> None:
        self._store = store
        self._clock = clock
        self._program = program
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def preview(self, rule: Rule, progress: Progress = unheard) -> RulePreview:
        """What a rule would have made of that day; nobody knows how far it is, so `progress` is asked with 0 of 0.

        Raises:
            StoppedError: If `progress` stops it.
            NoPreviewError: If the process ended without an answer, or took far too long.
            NoCatalogError: If the hall has no catalogue.
        """
        return await asyncio.to_thread(self._preview, rule, progress)

    def close(self) -> None:
        """End what is being tried; nothing is tried any more."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()

    def _preview(self, rule: Rule, progress: Progress) -> RulePreview:
        with self._turn:
            with self._store.read() as reader:
                lines = told(reader, self._clock.now(), rule)
            if not lines:
                return RulePreview(day=None, classes=(), left=0)
            try:
                return RulePreview.model_validate_json(self._answer("\n".join(lines).encode(), progress))
            except (OSError, subprocess.SubprocessError, ValidationError) as error:
                raise NoPreviewError("这一次没能预演出来") from error

    def _answer(self, text: bytes, progress: Progress) -> bytes:
        with subprocess.Popen(
            self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
        ) as process:
            self._process = process
            try:
                if self._closed:
                    raise BrokenPipeError
                with _watched(process, progress):
                    return process.communicate(text, timeout=_PATIENCE_S)[0]
            finally:
                self._process = None
                process.kill()


@contextmanager
def _watched(process: subprocess.Popen[bytes], progress: Progress) -> Iterator[None]:
    """Ends the process as soon as it shall not go on; then the answer is nobody's. Raises `StoppedError`."""
    over, stopped = threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_S):
            if not progress(0, 0):
                stopped.set()
                process.kill()
                return

    watcher = threading.Thread(target=watch, name="rule_trial")
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    if stopped.is_set():
        raise StoppedError("已停止")
