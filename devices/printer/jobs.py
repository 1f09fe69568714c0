"""The memory that keeps one print job from becoming two slips."""

from collections import OrderedDict
from dataclasses import replace

from devices.printer.printer import PrintResult

REMEMBERED = 1000  # jobs; several days of a busy kiosk


class JobMemory:
    """The ends of the latest jobs by their ids. Not for use from two threads at once."""

    def __init__(self, capacity: int = REMEMBERED) -> None:
        self._capacity = capacity
        self._results: OrderedDict[str, PrintResult] = OrderedDict()

    def recall(self, job_id: str) -> PrintResult | None:
        """The end of an earlier job of this id, marked as repeated; None when it is new or long ago."""
        result = self._results.get(job_id)
        return None if result is None else replace(result, repeated=True)

    def remember(self, result: PrintResult) -> PrintResult:
        """Keep a job's end, dropping the oldest beyond the capacity; returns it."""
        self._results.pop(result.job_id, None)
        self._results[result.job_id] = result
        if len(self._results) > self._capacity:
            self._results.popitem(last=False)
        return result
