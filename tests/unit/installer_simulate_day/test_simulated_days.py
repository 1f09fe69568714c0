"""Days of invented people: the programs and the rule on paper agree, and the log is one that can be evaluated."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hall.clock import MINUTE_US, SECOND_US
from hall.facts import JournalEntry
from installer.rehearsal.simulate_day.__main__ import main
from installer.rehearsal.simulate_day.catalogue import catalogue
from installer.rehearsal.simulate_day.days import Played, play_paper, play_real
from installer.rehearsal.simulate_day.people import invent
from installer.rehearsal.simulate_day.real import RealHall
from installer.rehearsal.simulate_day.shape import SHAPES, WEEKDAY
from queue_server.forecast.asked import CloseOne, OpenOne, PlanDay, PlanTold, WhatIfTold
from queue_server.forecast.diary import Diary
from queue_server.forecast.live import Forecaster
from queue_server.forecast.log_file import read_log

SMALL = replace(WEEKDAY, citizens=70, windows=3, load=1.2, no_show=0.1, kiosks=2, breakdown=False)


@pytest.fixture(scope="module")
def two_days() -> tuple[list[JournalEntry], list[Played]]:
    """Two days in the programs: what their journal says, and what happened."""
    halls: list[RealHall] = []
    days = list(play_real(SMALL, 2, 3, hall=halls.append))
    assert halls[0].server.store is not None
    with halls[0].server.store.read() as reader:
        return list(reader.entries(0)), days


def told(played: Played) -> list[tuple[int, int, str]]:
    """Who was called at which window, and what came of it."""
    return [(wait.citizen, wait.window, wait.outcome) for wait in played.waits]


def test_the_programs_call_as_the_rule_on_paper_does(two_days: tuple[list[JournalEntry], list[Played]]) -> None:
    """Kiosk, server and windows, two days in a row: the same calls, within what a letter takes."""
    for real, paper in zip(two_days[1], play_paper(SMALL, 2, 3, by_arrival=False), strict=True):
        assert told(real) == told(paper)
        for mine, theirs in zip(real.waits, paper.waits, strict=True):
            assert mine.called is not None
            assert theirs.called is not None
            assert abs(mine.called - theirs.called) < SECOND_US
        assert {wait.outcome for wait in real.waits} == {"served", "missed"}


def test_everybody_gets_a_number_however_many_come() -> None:
    """The sample hall's limits a day are not the invented hall's."""
    assert not [group.id for group in catalogue(3, helpers=True).groups if group.daily_limit or group.warning_at]


def test_a_broken_kiosk_keeps_nobody_from_being_served() -> None:
    """The only kiosk is broken for an hour: whoever came then has a number later, and all are called."""
    shape = replace(SMALL, kiosks=1, breakdown=True, no_show=0.0, leaves=0.0, load=0.5)
    (day,) = play_real(shape, 1, 5)
    assert day.day.broken is not None
    _, at, lasts = day.day.broken
    given = [wait.came - day.midnight_us for wait in day.waits]
    assert not [when for when in given if at < when < at + lasts]
    assert all(wait.outcome == "served" for wait in day.waits)


def test_priority_waits_less_and_others_hardly_more_than_first_come_first_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The verb prints both; a busy day."""
    assert main(["--citizens", "400", "--windows", "8", "--paper", "--json"]) == 0
    (day,) = json.loads(capsys.readouterr().out)
    lines = {line["ticket_class"]: line for line in day["waits"] if line["group"] == "全部"}
    assert lines["优先"]["ours"]["mean"] < 0.5 * lines["优先"]["by_arrival"]["mean"]
    assert lines["普通"]["ours"]["mean"] < 1.3 * lines["普通"]["by_arrival"]["mean"]


def test_the_range_that_a_slip_would_have_shown_is_judged_by_group(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the last day, after some to learn from; the groups' people add up to all."""
    assert main(["--citizens", "120", "--windows", "3", "--days", "4", "--paper", "--ranges", "--json"]) == 0
    *_, day = json.loads(capsys.readouterr().out)
    every = {(each["group"], each["ticket_class"]): each for each in day["ranges"]}
    of_all = every["全部", "全部"]
    groups = [each for (group, kind), each in every.items() if group != "全部" and kind == "全部"]
    assert sum(each["people"] for each in groups) == of_all["people"] > 100
    assert of_all["inside"] <= of_all["by_upper"]
    assert of_all["inside"] > 0.7, "three days teach little, but more than nothing"


def test_ranges_need_days_to_learn_from(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--ranges"])
    assert "--days" in capsys.readouterr().err


def test_the_log_is_one_that_can_be_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every wait is a line of it; without the servers' names when nobody wrote them down."""
    log = tmp_path / "log.csv"
    assert main(["--shape", "no_servers", "--days", "3", "--paper", "--log", str(log)]) == 0
    visits = read_log(log)
    assert len({visit.day for visit in visits}) == 3
    assert {visit.server for visit in visits} == {""}
    assert "先到先办" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, without a traceback."""
    assert main(["--citizens", "5", "--windows", "1", "--paper", "--log", str(tmp_path)]) == 2
    assert "写不了" in capsys.readouterr().err


@pytest.mark.parametrize("name", SHAPES)
def test_every_named_hall_has_the_days_it_says(name: str) -> None:
    """The last day is a Monday with exactly so many citizens, in the order in which they come, and the same again."""
    shape = SHAPES[name]
    days = invent(shape, 3, 1)
    assert days[-1].day.weekday() == 0
    assert len(days[-1].citizens) == shape.citizens
    comes = [citizen.comes for citizen in days[-1].citizens]
    assert comes == sorted(comes)
    assert 9 * 60 * MINUTE_US <= comes[0] <= comes[-1] < 17 * 60 * MINUTE_US
    assert invent(shape, 3, 1) == days


def test_the_diary_tells_from_the_journal_who_came_and_which_windows_were_open(
    two_days: tuple[list[JournalEntry], list[Played]],
) -> None:
    """One day of the programs: everybody's first wait, and no call outside the shifts that were written down."""
    entries, (played, later) = two_days
    diary = Diary(catalogue(SMALL.windows, helpers=SMALL.helpers))
    for entry in entries:
        diary.hear(entry)
    (day,) = diary.days(before=later.day.day)
    first = [wait for wait in played.waits if not wait.again]
    assert day.day == played.day.day
    assert len(day.came) == len(first)
    for came, waited, wait in zip(day.came, day.waited, first, strict=True):
        assert wait.called is not None
        assert came == pytest.approx((wait.came - played.midnight_us) / SECOND_US, abs=0.1)
        assert waited == pytest.approx((wait.called - wait.came) / SECOND_US, abs=0.5)
        called = (wait.called - played.midnight_us) / SECOND_US
        assert any(begins <= called <= ends for begins, ends in day.shifts[str(wait.window)])
    assert sum(day.head_start > 0) == sum(played.day.citizens[wait.citizen].priority for wait in first)
    lunches = [len(shifts) for shifts in day.shifts.values()]
    assert min(lunches) >= 2, "every window was away for lunch"


def test_a_living_hall_is_asked_what_a_window_is_worth_and_what_tomorrow_needs(
    two_days: tuple[list[JournalEntry], list[Played]],
) -> None:
    """At eleven on the second day, knowing the first; in whole minutes, beside the day that is replayed."""
    entries, (_, today) = two_days
    catalog = catalogue(SMALL.windows, helpers=SMALL.helpers)
    forecaster, now = Forecaster(catalog, 1), today.midnight_us + 11 * 60 * MINUTE_US
    for entry in entries:
        if entry.at <= now:
            forecaster.hear(entry)
    more = forecaster.answer(OpenOne(group="social_insurance"), now)
    less = forecaster.answer(CloseOne(window=1, in_minutes=30), now)
    assert isinstance(more, WhatIfTold)
    assert isinstance(less, WhatIfTold)
    gained = {effect.group: (effect.before_minutes, effect.after_minutes) for effect in more.effects}
    before, after = gained["social_insurance"]
    assert before is not None
    assert after is not None
    assert after < before
    assert any(effect.after_minutes is None or effect.after_minutes > (effect.before_minutes or 0)
               for effect in less.effects)  # fmt: skip
    unknown = forecaster.answer(CloseOne(window=99), now)
    assert not unknown.known
    assert unknown.note
    (day,) = more.replayed
    assert day.people > 50
    tomorrow = forecaster.answer(PlanDay(day=today.day.day + timedelta(days=1)), now)
    assert isinstance(tomorrow, PlanTold)
    assert [half.begins for half in tomorrow.halves][::8] == ["09:00", "13:00"]
    assert all(1 <= len(half.windows) <= 3 for half in tomorrow.halves[1:-1])
    assert {shift.window for shift in tomorrow.shifts} == {
        window for half in tomorrow.halves for window in half.windows
    }
    for other in (date.min, date.max, today.day.day - timedelta(days=1), today.day.day + timedelta(days=60)):
        told = forecaster.answer(PlanDay(day=other), now)
        assert not told.known
        assert told.note
    holiday = catalog.hall.model_copy(update={"closed_days": (today.day.day + timedelta(days=1),)})
    forecaster.publish(catalog.model_copy(update={"hall": holiday}))
    assert not forecaster.answer(PlanDay(day=tomorrow.day), now).known
