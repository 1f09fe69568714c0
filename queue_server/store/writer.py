"""The writer thread: takes whatever waits, hands it over as one group, and begins again."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from queue_server.store.errors import ClosedError

GROUP = 256
"""At most so many operations share one commit, so that the first of them is not kept waiting long."""


class Job:
    """An operation on its way: what to do, and how it went once that is known."""

    __slots__ = ("error", "future", "operation", "result")

    def __init__(self, operation: Callable[[Any], Any]) -> None:
        self.operation = operation
        self.future: Future[Any] = Future()
        self.future.set_running_or_notify_cancel()  # once taken it will be done; cancelling has no meaning
        self.result: Any = None
        self.error: BaseException | None = None

    def answer(self) -> None:
        """Tell the asker."""
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)

    def fail(self, error: BaseException) -> None:
        """Tell the asker that the whole group failed, unless its own error says more."""
        self.future.set_exception(self.error or error)


class Writer:
    """One thread that commits groups of jobs in the order they came. Starts with the first job.

    Args:
        commit: Does a group of jobs and answers them.
        most: How many jobs a group has at most.
    """

    def __init__(self, commit: Callable[[Sequence[Job]], None], most: int = GROUP) -> None:
        self._commit = commit
        self._most = most
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._lock = Lock()
        self._stopped = False

    def take(self, job: Job) -> None:
        """Queue a job.

        Raises:
            ClosedError: If the writer has been stopped.
        """
        with self._lock:
            if self._stopped:
                raise ClosedError("服务器正在停止")
            if self._thread is None:
                self._thread = Thread(target=self._work, name="store-writer", daemon=True)
                self._thread.start()
            self._jobs.put(job)

    def stop(self) -> None:
        """Finish what was queued, then end the thread."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            first = self._jobs.get()
            if first is None:
                return
            group, ended = self._group(first)
            self._commit(group)
            if ended:
                return

    def _group(self, first: Job) -> tuple[list[Job], bool]:
        group = [first]
        while len(group) < self._most:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is None:
                return group, True
            group.append(job)
        return group, False
