"""A kiosk without a screen, for load and kill loops: a JSON line in, a JSON line out when the number is durable.

In: `{"service": "social_card_first", "priority": false, "paper": true}`; the last two may be left out.
Out: `{"number", "ticket", "service", "offline", "ms"}`, `{"refused": reason}` or `{"error": code, "message"}`, and, as
slips end, `{"ticket", "paper"}`. At the end of the input the slips in hand are finished.
"""

import json
import sys
import threading
from typing import Any, TextIO

from hall.errors import OneWindowError, plain_words
from kiosk.config import Setup
from kiosk.errors import NoCatalog
from kiosk.issuing import Given
from kiosk.journey import Paper
from kiosk.journey import events as ev
from kiosk.machine import Machine
from kiosk.metrics import Metrics, mono_us
from queue_server.link.errors import NotEnrolled

_ENDS = (Paper.PRINTED, Paper.FAILED, Paper.UNKNOWN)


class Headless:
    """One run over two streams.

    Args:
        setup: Checked settings.
        metrics: Takes durations.
        lines: Where orders come from.
        out: Where answers go.

    Raises:
        LedgerError: If the data folder cannot be used.
    """

    def __init__(self, setup: Setup, metrics: Metrics, lines: TextIO = sys.stdin, out: TextIO = sys.stdout) -> None:
        self._lines = lines
        self._out = out
        self._metrics = metrics
        self._writing = threading.Lock()
        self._open: set[str] = set()
        self._idle = threading.Condition()
        self._configured = threading.Event()
        self._printer_known = threading.Event()
        if setup.devices.printer is None:
            self._printer_known.set()
        self._machine = Machine(setup, metrics, self._heard)

    def run(self, patience_s: float = 30.0) -> int:
        """Work until the input ends; exit status.

        Args:
            patience_s: How long to wait for the first catalogue, and for the last slips.
        """
        self._machine.start()
        try:
            if not self._configured.wait(patience_s):
                copied = self._machine.knowledge.copied
                error = NotEnrolled.code if copied else NoCatalog.code
                message = "本机数据是复制来的：要先和服务器联系一次" if copied else "尚未配置：没有拿到办事目录"
                self._say({"error": error, "message": message})
                return 1
            self._printer_known.wait(patience_s)
            for line in self._lines:
                if line.strip():
                    self._say(self._answer(line))
            with self._idle:
                self._idle.wait_for(lambda: not self._open, patience_s)
            return 0
        finally:
            self._machine.stop()

    def _answer(self, line: str) -> dict[str, Any]:
        since = mono_us()
        try:
            order = json.loads(line)
            paper = bool(order.get("paper", True))
            service = self._service(order["service"])
            outcome = self._machine.issuing.issue(
                service, None, priority=bool(order.get("priority", False)), paper=paper
            )
        except (ValueError, AttributeError, TypeError, KeyError):
            return {"error": "input.error", "message": '每行应是 {"service": "事项编号"}，且目录中有这个事项'}
        except OneWindowError as error:
            return {"error": error.code, "message": plain_words(error)}
        if not isinstance(outcome, Given):
            return {"refused": outcome.reason.value}
        issued = outcome.issued
        self._metrics.duration("tap_to_durable", since, issued.number)
        ms = (mono_us() - since) / 1000
        if outcome.job is not None:
            with self._idle:
                self._open.add(issued.ticket)
            self._machine.printing.put(outcome.job, since)
        return {
            "number": issued.number,
            "ticket": issued.ticket,
            "service": service,
            "offline": issued.offline,
            "ms": ms,
        }

    def _service(self, service: str) -> str:
        catalog = self._machine.knowledge.catalog
        if catalog is None:
            raise KeyError(service)
        return catalog.service(service).id

    def _heard(self, event: ev.Event) -> None:
        if isinstance(event, ev.AroundChanged) and event.configured:
            self._configured.set()
        if isinstance(event, ev.AroundChanged) and event.printer is not None and event.configured is None:
            self._printer_known.set()  # its first health: before that nothing is known of it
        if isinstance(event, ev.PaperChanged) and event.paper in _ENDS:
            self._say({"ticket": event.ticket, "paper": event.paper.value})
            with self._idle:
                self._open.discard(event.ticket)
                self._idle.notify_all()

    def _say(self, answer: dict[str, Any]) -> None:
        with self._writing:
            print(json.dumps(answer, ensure_ascii=False), file=self._out, flush=True)
