"""The forecast in a process of its own: the lines it takes, and that the hall goes on whatever becomes of it."""

import io
import threading
from dataclasses import dataclass, field

import pytest

from hall.clock import Moment
from hall.errors import BugError
from hall.facts import ServiceFinished
from queue_server.forecast.asked import OpenOne, WhatIfTold
from queue_server.forecast.outlook import Outlook
from queue_server.forecast.worker import serve
from queue_server.foresight import FRESH_US, Foresight
from queue_server.store.records import Forecast
from tests.support.referee import Referee, small_catalog
from tests.support.tickets import NINE, entry, issued


def answers(*lines: str) -> list[Outlook]:
    out = io.BytesIO()
    serve(1, io.BytesIO("".join(f"{line}\n" for line in lines).encode()), out)
    return [Outlook.model_validate_json(line) for line in out.getvalue().splitlines()]


CATALOG = f"catalog {small_catalog().model_dump_json()}"


def test_a_look_is_answered_with_what_was_heard_before() -> None:
    told = entry(1, issued(1, "alpha"), at=NINE)
    fact = f"entry 1 {NINE} exact {told.fact.model_dump_json()}"
    before, after = answers(CATALOG, f"look {NINE}", fact, CATALOG, f"look {NINE + 1}")
    assert (before.seq, list(before.tickets)) == (0, [])
    assert (after.seq, list(after.tickets)) == (1, [f"{1:032x}"])


def test_an_entry_that_does_not_follow_is_left_out() -> None:
    told = entry(1, issued(1, "alpha"), at=NINE).fact.model_dump_json()
    early = entry(2, ServiceFinished(ticket=f"{1:032x}", window=1, clerk="0301")).fact.model_dump_json()
    (outlook,) = answers(CATALOG, f"entry 1 {NINE} exact {told}", f"entry 2 {NINE} exact {early}", f"look {NINE}")
    assert list(outlook.tickets) == [f"{1:032x}"]


@pytest.mark.parametrize("line", [f"look {NINE}", "nonsense"])
def test_a_line_out_of_place_is_a_defect(line: str) -> None:
    with pytest.raises(BugError):
        answers(*([] if line.startswith("look") else [CATALOG]), line)


@dataclass
class HeldClock:
    """Tells the referee's time."""

    referee: Referee

    def now(self) -> Moment:
        return self.referee.moment


@dataclass
class Watched:
    """A foresight with everything it says."""

    referee: Referee
    bugs: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.came = threading.Semaphore(0)
        self.foresight = Foresight(self.referee.store, HeldClock(self.referee), 1, self.came.release, self.bugs.append)

    def next(self) -> Outlook | None:
        assert self.came.acquire(timeout=30)
        return self.foresight.outlook


def test_the_server_has_an_outlook_and_keeps_what_it_said() -> None:
    """With a real process; what is older than a minute is no outlook."""
    referee = Referee()
    referee.clerk(1)
    watched = Watched(referee)
    assert watched.foresight.outlook is None
    watched.foresight.start()
    try:
        first = watched.next()
        assert first is not None
        assert {each.group for each in first.newcomers} == {"alpha", "beta"}
        kiosk = referee.kiosk()
        ticket = kiosk.issue().ticket
        kiosk.push()
        while (second := watched.next()) is None or ticket not in second.tickets:
            pass
        with referee.store.read() as reader:
            (kept,) = reader.every(Forecast)
        assert (kept.ticket, kept.nth, kept.ahead) == (ticket, 0, 0)
        referee.pass_time(FRESH_US / 1_000_000 + 1)
        assert watched.foresight.outlook is None
    finally:
        watched.foresight.close()
    assert not watched.bugs


def test_a_question_about_windows_is_answered_between_two_looks() -> None:
    """With a real process; a hall without a past says that nothing is known, and why."""
    referee = Referee()
    referee.clerk(1)
    watched = Watched(referee)
    watched.foresight.start()
    try:
        told = watched.foresight.ask(OpenOne(group="alpha")).result(timeout=60)
    finally:
        watched.foresight.close()
    assert isinstance(told, WhatIfTold)
    assert (told.known, "没有人来" in told.note) == (False, True)
    assert watched.bugs == []
