"""A busy hall: 50 events a second at 20 windows with 500 waiting, in short turns."""

import time

from installer.bench.calling import call_next, finish, issue_waiting, sign_in, ticket_called
from installer.bench.clients import Answer, Clients
from installer.bench.halls import WINDOWS, BenchHall
from installer.bench.lanes import open_lanes

WAITING, EVENTS_A_SECOND = 500, 50
_CALLS = 25
"""In one turn, some two seconds: short, so that what else the machine does weighs on all sides alike."""


class Flow:
    """Citizens and clerks of a hall; opens every window of a server that runs.

    Args:
        hall: Its server must not run yet: the clerks are enrolled first.
    """

    def __init__(self, hall: BenchHall) -> None:
        clerks = hall.clerks(WINDOWS)
        self.server = hall.start_server()
        self._hall = hall
        self._sessions = [sign_in(hall, window, staff.staff, staff.pin) for window, staff in clerks]
        (self._lane,) = open_lanes(hall, 1)
        self._at_window: dict[str, str] = {}
        self._turns = 0
        issue_waiting(hall, WAITING)

    def turn(self, calls: int = _CALLS) -> list[float]:
        """Every 20 ms somebody comes, is called, begins or ends; milliseconds of each call."""
        catalog, ms, due = self._hall.stage.catalog, list[float](), time.monotonic()
        with Clients(self._hall.stage.address, 1) as clients:

            def send(request: bytes) -> Answer:
                nonlocal due
                due += 1 / EVENTS_A_SECOND
                time.sleep(max(0.0, due - time.monotonic()))
                ((answer,),) = clients.run([[request]]).answers
                return answer

            for _ in range(calls):
                self._turns += 1
                session = self._sessions[self._turns % len(self._sessions)]
                service = catalog.services[self._turns % len(catalog.services)]
                (push,) = self._lane.pushes(self._lane.issue([service], 1), 1)
                send(push)
                if session in self._at_window:
                    for request in finish(session, self._at_window.pop(session)):
                        send(request)
                called = send(call_next(session))
                self._at_window[session] = ticket_called(called)
                ms.append(called.ms)
        return ms
