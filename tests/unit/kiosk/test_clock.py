"""A clock that cannot be right: numbers go on in lane form on the last day, whatever the hours say; staff are told."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hall.admission import NoNumber
from hall.facts import HealthChanged
from kiosk.appointments import Appointments
from kiosk.issuing import Given, Issuing
from kiosk.journey import effects as ef
from kiosk.journey import events as ev
from kiosk.knowledge import Knowledge
from kiosk.metrics import Metrics
from kiosk.printing import Printing
from kiosk.working import CLOCK_PART, Working
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from tests.support.kiosks import GROUP, HALL_KEY, SERVICE, SetClock, kiosk_ledger
from tests.support.ledgers import welcome
from tests.support.tickets import DAY
from tests.support.watch import Watch

DAY_MINUTES = 24 * 60
LONG_PAST, MIDNIGHT, FAR_AHEAD = -20_000 * DAY_MINUTES, -13 * 60, 40 * DAY_MINUTES


def alarms(ledger: Ledger) -> list[str]:
    bodies = [sent.fact.body for sent in ledger.unsent()]
    return [body.state for body in bodies if isinstance(body, HealthChanged) and body.part == CLOCK_PART]


@contextmanager
def working(ledger: Ledger, clock: SetClock) -> Iterator[tuple[Working, Watch[ev.Event]]]:
    knowledge, told = Knowledge(ledger, clock), Watch[ev.Event]()
    issuing = Issuing(ledger, HALL_KEY, clock, new_id, lambda: False)
    metrics = Metrics()
    printing = Printing(ledger, None, clock, 1, lambda _, __: None, metrics)
    appointments = Appointments(ledger, issuing, HALL_KEY, clock)
    room = Working(
        ledger,
        issuing,
        printing,
        knowledge,
        appointments,
        clock,
        device="kiosk-1",
        number=1,
        tell=told,
        metrics=metrics,
    )
    knowledge.refresh()
    room.start()
    try:
        room.look_at_itself()
        yield room, told
    finally:
        room.stop()


@pytest.mark.parametrize("minutes", [LONG_PAST, MIDNIGHT - DAY_MINUTES, FAR_AHEAD])
def test_numbers_go_on_in_lane_form_on_the_last_day(tmp_path: Path, minutes: float) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        issuing = Issuing(ledger, HALL_KEY, clock, new_id, lambda: False)
        assert isinstance(issuing.issue(SERVICE, None), Given)
        clock.minutes = minutes
        outcome = issuing.issue(SERVICE, None)
        assert isinstance(outcome, Given)
        assert (outcome.issued.day, outcome.issued.number) == (DAY, "A2-001")
        knowledge = Knowledge(ledger, clock)
        knowledge.refresh()
        assert (knowledge.suspect, knowledge.refusal(GROUP)) == (True, None)


def test_a_clock_that_is_only_late_at_night_is_believed(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        Issuing(ledger, HALL_KEY, clock, new_id, lambda: False).issue(SERVICE, None)
        clock.minutes = MIDNIGHT + DAY_MINUTES
        knowledge = Knowledge(ledger, clock)
        knowledge.refresh()
        assert (knowledge.suspect, knowledge.refusal(GROUP)) == (False, NoNumber.CLOSED)


def test_the_manager_is_told_once_when_it_goes_wrong_and_when_it_is_right_again(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path) as ledger:
        with working(ledger, clock) as (room, told):
            for minutes in (30, LONG_PAST, LONG_PAST, 31):
                clock.minutes = minutes
                told.clear()
                room.perform(ef.Issue(SERVICE, None, priority=False, paper=False))
                told.until(lambda event: isinstance(event, ev.NumberGiven))
        assert alarms(ledger) == ["online", "fault", "online"]


def test_a_copy_that_has_no_lane_yet_tells_it_when_it_has(tmp_path: Path) -> None:
    clock = SetClock()
    with kiosk_ledger(tmp_path / "kiosk") as ledger:
        Issuing(ledger, HALL_KEY, clock, new_id, lambda: False).issue(SERVICE, None)
    shutil.copytree(tmp_path / "kiosk", tmp_path / "copy")
    clock.minutes = LONG_PAST
    with Ledger.open(tmp_path / "copy", "kiosk-1", new_id) as ledger:
        with working(ledger, clock) as (room, told):
            room.perform(ef.Issue(SERVICE, None, priority=False, paper=False))
            told.until(lambda event: isinstance(event, ev.IssuingFailed))
            assert alarms(ledger) == []
            ledger.apply_welcome(welcome(3))
            room.catch_up()
        assert alarms(ledger) == ["fault"]
