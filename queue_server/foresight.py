"""The server's end of the forecast: a thread that tells a process of its own what happens and keeps what it says.

    journal ─ entries as text ─▶ queue_server.forecast.worker ─ Outlook ─▶ screens, and what was foretold into the store

At most once a second, at the latest every fifteen; never on the event loop, never in the writer's way: it reads on a
connection of its own, and writes one small operation when there is something to keep. Without an outlook the hall goes
on as if there were none.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import SimpleQueue

from pydantic import TypeAdapter, ValidationError

from hall.clock import SECOND_US, Clock
from hall.errors import OneWindowError
from hall.wire.entry_lines import entry_line
from queue_server.forecast.asked import Asked, Told
from queue_server.forecast.outlook import Outlook
from queue_server.helpers import environment
from queue_server.operations import forecasting
from queue_server.store import Store
from queue_server.store.records import CatalogSnapshot

log = logging.getLogger("onewindow.server.foresight")
REST_S, REPEAT_S = 1.0, 15.0
FRESH_US = 60 * SECOND_US
"""An older outlook is none."""
_SHARE = 4
"""At most one part in so many of a core's time: a slow machine looks more rarely."""
_READ_AT_START = 200_000
"""So many journal entries, some 25,000 visits, are read at the start."""
_PAGE = 5_000
_PATIENCE_S = 120.0
_TOLD: TypeAdapter[Told] = TypeAdapter(Told)
_AGAIN_S = 5.0


class Foresight:
    """Keeps the newest outlook.

    Args:
        store: The hall's store.
        clock: The server's clock.
        seed: Of the forward runs.
        on_outlook: Called after each new one, on a thread of its own.
        on_bug: Takes what nobody expected.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        seed: int,
        on_outlook: Callable[[], None],
        on_bug: Callable[[BaseException], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._seed = seed
        self._on_outlook = on_outlook
        self._on_bug = on_bug
        self._outlook: Outlook | None = None
        self._worker: Worker | None = None
        self._questions: SimpleQueue[tuple[Asked, Future[Told]]] = SimpleQueue()
        self._news = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="foresight", daemon=True)

    @property
    def outlook(self) -> Outlook | None:
        """The newest forecast; None while there is none that is fresh."""
        outlook = self._outlook
        if outlook is None or abs(self._clock.now().wall_us - outlook.at) > FRESH_US:
            return None
        return outlook

    def ask(self, asked: Asked) -> "Future[Told]":
        """Ask about windows; answered between two forecasts, cancelled if the server ends before."""
        future: Future[Told] = Future()
        self._questions.put((asked, future))
        self._news.set()
        return future

    def start(self) -> None:
        """Begin."""
        self._store.on_commit(lambda _items: self._news.set())
        self._thread.start()

    def close(self) -> None:
        """End the thread and its process."""
        self._stopped.set()
        self._news.set()
        if self._worker is not None:
            self._worker.end()
        if self._thread.is_alive():
            self._thread.join()
        while not self._questions.empty():
            self._questions.get()[1].cancel()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._worker = Worker(self._seed)
                try:
                    self._attend(self._worker)
                finally:
                    self._worker.end()
            except (OneWindowError, EOFError, OSError, ValidationError) as error:
                if not self._stopped.is_set():
                    log.error("forecast.ended 预计等候停了，马上再试：%s", type(error).__name__)
            except Exception as error:
                self._on_bug(error)
            self._outlook = None
            self._on_outlook()
            self._stopped.wait(_AGAIN_S)

    def _attend(self, worker: "Worker") -> None:
        """Tell and ask, as long as it lasts."""
        place, version = -1, ""
        while not self._stopped.is_set():
            self._news.clear()
            began = time.monotonic()
            place, version = self._tell(worker, place, version)
            if version:
                outlook = worker.look(self._clock.now().wall_us)
                self._take(outlook)
                self._answer(worker)
                self._stopped.wait((_SHARE - 1) * outlook.took_ms / 1000)
            self._stopped.wait(max(0.0, REST_S - (time.monotonic() - began)))
            self._news.wait(REPEAT_S)

    def _tell(self, worker: "Worker", place: int, version: str) -> tuple[int, str]:
        """The catalogue if it is another, then all entries that are new; where both stand now."""
        more = True
        while more and not self._stopped.is_set():
            with self._store.read() as reader:
                in_force = reader.catalog_version()
                if not in_force:
                    return place, version
                lines = []
                if in_force != version:
                    snapshot = reader.get(CatalogSnapshot, in_force)
                    assert snapshot is not None
                    lines.append(f"catalog {snapshot.text}")
                if place < 0:
                    place = max(0, reader.head_seq() - _READ_AT_START)
                    lines += [f"learned {each.model_dump_json()}" for each in forecasting.learned(reader)]
                entries = list(reader.entry_texts(place, _PAGE))
            lines += [f"entry {entry_line(*entry)}" for entry in entries]
            worker.tell(lines)
            version, place = in_force, entries[-1][0] if entries else place
            more = len(entries) == _PAGE
        return place, version

    def _answer(self, worker: "Worker") -> None:
        while not self._questions.empty():
            asked, future = self._questions.get()
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(worker.ask(asked, self._clock.now().wall_us))
                except BaseException as error:
                    future.set_exception(error)
                    raise

    def _take(self, outlook: Outlook) -> None:
        if outlook.foretold:
            self._store.write(partial(forecasting.keep, foretold=outlook.foretold)).result()
        self._outlook = outlook
        self._on_outlook()


class Worker:
    """The process, spoken to line by line."""

    def __init__(self, seed: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "queue_server.forecast.worker", str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1"),
        )

    def tell(self, lines: list[str]) -> None:
        """Say these lines.

        Raises:
            BrokenPipeError: If it has ended.
        """
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self._process.stdin.flush()

    def look(self, now_us: int) -> Outlook:
        """Ask for a forecast; a process that does not answer for minutes is ended.

        Raises:
            EOFError: If it has ended.
            BrokenPipeError: The same.
        """
        return Outlook.model_validate_json(self._line(f"look {now_us}"))

    def ask(self, asked: Asked, now_us: int) -> Told:
        """Ask about windows; errors as in `look`."""
        return _TOLD.validate_json(self._line(f"ask {now_us} {asked.model_dump_json()}"))

    def _line(self, question: str) -> bytes:
        self.tell([question])
        assert self._process.stdout is not None
        guard = threading.Timer(_PATIENCE_S, self._process.kill)
        guard.start()
        try:
            line = self._process.stdout.readline()
        finally:
            guard.cancel()
        if not line:
            raise EOFError
        return line

    def end(self) -> None:
        """End it, from any thread; twice is harmless."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()
