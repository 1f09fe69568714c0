"""A twin as a process: one ready line on standard output, a control port, and a sure end.

Protocol of the control port: one JSON object per line, `{"act": NAME, ...arguments}`, answered by one line,
`{"ok": true, ...}` or `{"ok": false, "error": TEXT}`. `{"act": "help"}` is answered by the names of all acts and
faults. It listens on the loopback address only.
"""

import json
import os
import socketserver
import sys
import threading
from collections.abc import Sequence
from typing import Any

from devices.errors import DeviceMissing
from devices.signals import asked_to_end
from devices.simulation.faults import orders_of
from devices.simulation.simulator import HELP, Simulator
from hall.errors import OneWindowError

_LONGEST_LINE = 1 << 20  # bytes; an act is far shorter, a stray client must not fill the memory


class ControlServer:
    """The control port of one running twin; acts are performed one at a time.

    Raises:
        DeviceMissing: The port is taken.
    """

    def __init__(self, simulator: Simulator, port: int = 0) -> None:
        performing = threading.Lock()

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while line := self.rfile.readline(_LONGEST_LINE):
                    with performing:
                        answer = _answer(simulator, line)
                    self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")

        try:
            self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), Conversation)
        except OSError as taken:
            raise DeviceMissing(f"控制端口 {port} 不可用：{taken.strerror}", advice="请换一个端口") from taken
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name=f"control-{simulator.kind}", daemon=True
        )

    @property
    def address(self) -> str:
        """`127.0.0.1:PORT`."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()


def serve(simulator: Simulator, *, control_port: int = 0, faults: Sequence[str] = ()) -> None:
    """Run a twin until SIGTERM, SIGINT or the end of standard input.

    Whoever starts a twin holds its standard input: when the holder dies, the pipe closes and the twin ends.

    Args:
        simulator: Not yet started.
        control_port: 0 takes a free one.
        faults: What is wrong with it from the beginning, as `--fault` gives it.

    Raises:
        ActRefused: No such fault.
        DeviceMissing: The twin's own address or the control port cannot be had.
    """
    orders = orders_of(simulator.faults, faults)
    with asked_to_end() as ended:
        simulator.start()
        try:
            for act, arguments in orders:
                simulator.act(act, dict(arguments))
            control = ControlServer(simulator, control_port)
            control.start()
            ready = {"ready": simulator.kind, "address": simulator.address, "control": control.address}
            sys.stdout.write(json.dumps(ready, ensure_ascii=False) + "\n")
            sys.stdout.flush()
            threading.Thread(target=_await_end_of_input, args=(ended,), name="stdin", daemon=True).start()
            ended.wait()
            control.stop()
        finally:
            simulator.stop()


def _answer(simulator: Simulator, line: bytes) -> dict[str, Any]:
    try:
        order = json.loads(line)
        if not isinstance(order, dict) or not isinstance(order.get("act"), str):
            return {"ok": False, "error": '每行应为一个 JSON 对象，且含 "act"'}
        name = order.pop("act")
        faults = {"faults": sorted(simulator.faults)} if name == HELP else {}
        return {"ok": True, **simulator.act(name, order), **faults}
    except ValueError:
        return {"ok": False, "error": "这一行不是 JSON"}
    except OneWindowError as refused:
        return {"ok": False, "error": str(refused)}


def _await_end_of_input(ended: threading.Event) -> None:
    # os.read, not sys.stdin: a thread inside a buffered reader would abort the interpreter's shutdown.
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass  # no standard input at all counts as closed
    ended.set()
