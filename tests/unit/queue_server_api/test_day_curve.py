"""Today against the usual weekday as data and markup: nothing is drawn that is not known, the table says all of it."""

import re
from datetime import date

import pytest

from hall.clock import MINUTE_US
from hall.tally import Tally
from hall.visits import GroupHalves
from queue_server.web.manage.curve_markup import curve_markup, table_markup
from queue_server.web.manage.day_curve import day_curves

FRIDAY, LAST = date(2026, 11, 27), date(2026, 11, 20)


def _came(count: int, minutes: int) -> Tally:
    tally = Tally(arrivals=count)
    for _ in range(count):
        tally.waits.add(minutes * MINUTE_US)
    return tally


TODAY: GroupHalves = {"tax": {18: _came(4, 10), 20: _came(1, 2)}, "civil": {18: _came(2, 30)}}
BEFORE: dict[date, GroupHalves] = {LAST: {"tax": {18: _came(3, 5), 19: _came(6, 7), 22: _came(1, 1)}}}


def test_the_sentence_leaves_out_the_half_hour_that_is_not_over() -> None:
    shown = day_curves(TODAY, BEFORE, FRIDAY, now_half=20)
    assert shown.title == "10:00 以前来了 6 人，往常周五 9 人（最近 1 个周五）"
    assert shown.begins == ("09:00", "09:30", "10:00", "10:30", "11:00")
    assert shown.open_half == 2
    arrivals, waits = shown.curves
    assert arrivals.bars == (6, 0, 1, None, None)  # what is to come is not none
    assert arrivals.steps == (3, 6, None, None, 1)
    assert waits.bars == (10, None, 2, None, None)


def test_one_group_alone_and_a_day_that_is_over() -> None:
    shown = day_curves(TODAY, {}, FRIDAY, "civil")
    assert shown.title == "全天来了 2 人，以前还没有哪个周五可以比"
    assert shown.curves[0].bars == (2,)
    assert shown.open_half is None


def test_nothing_known_is_drawn_as_nothing() -> None:
    shown = day_curves({}, {}, FRIDAY, now_half=20)
    assert shown.begins == ()
    assert "rect" not in curve_markup(shown, shown.curves[0])


def test_bars_keep_inside_the_picture_and_the_table_has_every_value() -> None:
    shown = day_curves(TODAY, BEFORE, FRIDAY, now_half=20)
    for curve in shown.curves:
        assert max(value for value in (*curve.bars, *curve.steps) if value is not None) <= curve.most
        heights = [float(found) for found in re.findall(r'height="([\d.]+)"', curve_markup(shown, curve))]
        assert heights
        assert all(0 < high <= 100 for high in heights)
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", table_markup(shown, "今天", "往常"))
    assert [begins for begins, _ in rows] == list(shown.begins)
    assert re.findall(r"<td>(.*?)</td>", rows[0][1]) == ["6", "3", "10", "5"]
    assert re.findall(r"<td>(.*?)</td>", rows[4][1]) == ["–", "1", "–", "1"]


@pytest.mark.parametrize("halves", range(1, 20))
def test_hours_stand_within_the_picture_however_long_the_day(halves: int) -> None:
    today: GroupHalves = {"tax": {18 + half: _came(1, 2) for half in range(halves)}}
    shown = day_curves(today, {}, FRIDAY)
    widths = [float(found) for found in re.findall(r"width: ([\d.]+)%", curve_markup(shown, shown.curves[0]))]
    assert sum(widths) <= 100.01
