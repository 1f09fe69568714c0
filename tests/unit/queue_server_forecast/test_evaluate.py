"""The forecast on invented logs of known truth: honest ranges, better than simple predictors, no look ahead."""

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.forecast.evaluate import SIMPLE, Trial, evaluate
from queue_server.forecast.log_file import Visit, read_log
from tests.support.invented_log import LOGS, STEADY, Invention, invent, write_log

HISTORY = 0.62


def log(folder: Path, hall: Invention, seed: int = 1) -> list[Visit]:
    return read_log(write_log(folder / "log.csv", invent(hall, seed)))


@pytest.mark.parametrize("name", LOGS)
def test_nine_in_ten_wait_as_long_as_was_said(tmp_path: Path, name: str) -> None:
    visits = log(tmp_path, LOGS[name])
    result = evaluate(visits, int(len({visit.day for visit in visits}) * HISTORY))
    ours = result["predictors"]["onewindow"]
    assert result["n"] > 300
    assert 0.85 <= ours["cover90"] <= 0.95
    assert ours["late_share"] <= 0.12
    assert ours["mae"] < 1.15 * min(result["predictors"][simple]["mae"] for simple in SIMPLE)


def test_what_comes_later_changes_no_earlier_forecast(tmp_path: Path) -> None:
    visits = log(tmp_path, replace(LOGS["classes"], days=6))
    noon = sorted(visit.arrival for visit in visits)[len(visits) * 4 // 5]
    others = [_otherwise(visit, noon, random.Random(at)) for at, visit in enumerate(visits)]
    assert others != visits
    said, said_too = ({one.visit: one for one in Trial(each, 3, None, seed=1).run()} for each in (visits, others))
    earlier = [at for at in said.keys() & said_too.keys() if visits[at].arrival <= noon]
    assert len(earlier) > 100
    for at in earlier:
        assert said[at].quantiles.tolist() == said_too[at].quantiles.tolist()
        assert said[at].simple == said_too[at].simple


def _otherwise(visit: Visit, moment: float, dice: random.Random) -> Visit:
    """The same until that moment, and something else afterwards."""
    if visit.arrival > moment:
        return replace(visit, service=dice.choice(("事项1", "事项2")), priority=dice.choice(("普通", "优先")))
    if visit.end <= moment:
        return visit
    end = visit.end + dice.uniform(10, 5000)
    if visit.called and visit.start <= moment:
        return replace(visit, end=end)
    if dice.random() < 0.3:
        return replace(visit, start=math.nan, end=end, server="", served=False)
    return replace(visit, start=max(moment, visit.arrival) + dice.uniform(1, 10), end=end, server="W1", served=True)


def test_lines_in_another_order_say_the_same(tmp_path: Path) -> None:
    rows = invent(replace(STEADY, days=4), 1)
    said = evaluate(read_log(write_log(tmp_path / "a.csv", rows)), 2)
    random.Random(1).shuffle(rows)
    mixed = evaluate(read_log(write_log(tmp_path / "b.csv", rows)), 2)
    assert mixed["n"] == pytest.approx(said["n"], abs=2)  # people of the same second may change places
    assert mixed["predictors"]["onewindow"]["mae"] == pytest.approx(said["predictors"]["onewindow"]["mae"], rel=0.05)


def test_the_same_log_gives_the_same_figures(tmp_path: Path) -> None:
    visits = log(tmp_path, replace(STEADY, days=3))
    assert evaluate(visits, 1) == evaluate(visits, 1)


def test_head_starts_that_are_read_off_are_as_good_as_told(tmp_path: Path) -> None:
    visits = log(tmp_path, replace(LOGS["classes"], days=6))
    told, found, ignored = (
        evaluate(visits, 3, head_starts)["predictors"]["onewindow"]["mae"]
        for head_starts in (LOGS["classes"].head_starts, None, {})
    )
    assert found < 1.1 * told < ignored


def test_a_hall_that_was_never_seen_before_is_not_told_hours(tmp_path: Path) -> None:
    """The first morning: nobody was seen to serve this service yet, so anybody may be about to."""
    first = next(day for day in _by_day(log(tmp_path, LOGS["rush"])))
    told = evaluate(first, 0)["predictors"]
    assert told["onewindow"]["mae"] < 2 * min(told[simple]["mae"] for simple in SIMPLE)
    assert max(one.quantiles[-1] for one in Trial(first, 0, None, seed=1).run()) < 12 * 3600


def _by_day(visits: list[Visit]) -> list[list[Visit]]:
    days = sorted({visit.day for visit in visits})
    return [[visit for visit in visits if visit.day == day] for day in days]


def test_a_log_in_which_nothing_takes_any_time(tmp_path: Path) -> None:
    """Some systems write one time for all that happens at a desk."""
    at = 9 * 3600.0
    visits = [
        replace(visit, day=day, arrival=day * 86_400 + at, start=day * 86_400 + at, end=day * 86_400 + at)
        for day in range(1, 7)
        for visit in log(tmp_path, replace(STEADY, days=1))
        if visit.served
    ]
    everybody = evaluate(visits, 3)["all"]["predictors"]["onewindow"]
    assert everybody["mae"] == 0
    assert everybody["cover90"] == 1


def test_a_log_of_one_day_or_one_person_is_judged_too(tmp_path: Path) -> None:
    visits = log(tmp_path, replace(STEADY, days=1))
    assert evaluate(visits, 0)["predictors"]["onewindow"]["cover90"] > 0.6
    first = next(visit for visit in visits if visit.served)
    alone = evaluate([first], 0)
    assert alone["n"] == 0
    assert alone["all"]["n"] == 1
    assert alone["predictors"]["onewindow"]["mae"] is None
