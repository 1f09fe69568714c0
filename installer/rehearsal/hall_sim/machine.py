"""What every machine beside the server has: a way to ask it and wait for the answer, at most so long."""

from collections.abc import Callable
from typing import Any

from hall.clock import SECOND_US
from installer.rehearsal.hall_sim.clockwork import Clockwork
from installer.rehearsal.hall_sim.disk import Killed
from installer.rehearsal.hall_sim.network import Network
from installer.rehearsal.hall_sim.server import ServerNode
from queue_server.link.errors import LinkError, ServerAway

TIMEOUT_US = 5 * SECOND_US
Taken = Callable[[Any], None]
Failed = Callable[[LinkError], None]


class Asking:
    """One machine's requests, one at a time; an answer that nobody waits for any more is dropped.

    Args:
        name: The machine.
        clockwork: The true time.
        network: The way.
        server: The other end.
    """

    def __init__(self, name: str, clockwork: Clockwork, network: Network, server: ServerNode) -> None:
        self.name = name
        self.session = ""
        self.kill_in_sends = 0
        self._clockwork = clockwork
        self._network = network
        self._server = server
        self._call = 0
        self._waiting = 0

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._waiting != 0

    @property
    def hopeless(self) -> bool:
        """Whether no letter can arrive at all just now, so that trying would change nothing anywhere."""
        return self.name in self._network.cut_up or self._server.store is None

    def ask(self, word: str, body: object, taken: Taken, failed: Failed) -> None:
        """Send a request.

        Args:
            word: What it is called in the trace.
            body: What is asked.
            taken: Gets the answer.
            failed: Gets the error: the server's, or that no answer came in time.
        """
        self._call += 1
        call, session, server = self._call, self.session, self._server
        self._waiting = call

        def arrive() -> None:
            if server.store is not None:
                answer = server.serve(session, body)
                if answer is not None:
                    self._network.down(self.name, word, lambda: come_back(answer))

        def come_back(answer: object) -> None:
            if self._waiting == call:
                self._waiting = 0
                if isinstance(answer, LinkError):
                    failed(answer)
                else:
                    taken(answer)

        def give_up() -> None:
            if self._waiting == call:
                self._waiting = 0
                failed(ServerAway("no answer in time"))

        self._network.up(self.name, word, arrive)
        self._clockwork.after(TIMEOUT_US, f"~{self.name} waits for {word}", give_up)
        self._maybe_die()

    def _maybe_die(self) -> None:
        self.kill_in_sends -= self.kill_in_sends > 0
        if self.kill_in_sends == 1:
            self.kill_in_sends = 0
            raise Killed

    def forget(self) -> None:
        """Wait for nothing any more: the process died, or a new connection begins."""
        self._waiting = 0
