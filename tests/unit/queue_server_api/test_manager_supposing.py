"""What the page says of a window more or less and of a plan: whole minutes, the replay beside it, words."""

from datetime import date

from queue_server.forecast.asked import EffectTold, HalfHourTold, PlanTold, ReplayTold, ShiftTold, WhatIfTold
from queue_server.web.manage.supposing import minutes_until, supposed

NAMES = {"estate": "不动产", "tax": "办税"}
SATURDAY = date(2026, 11, 28)


def replayed(day: int, mean: int | None, model: int | None) -> ReplayTold:
    return ReplayTold(
        day=date(2026, 11, day), people=300, mean_minutes=mean, p90_minutes=30, model_mean_minutes=model,
        model_p90_minutes=28,
    )  # fmt: skip


DAYS = (replayed(25, 12, 10), replayed(26, 9, 15), replayed(27, None, None))


def test_the_group_it_concerns_most_is_the_sentence_and_the_replay_says_how_true_it_was() -> None:
    told = WhatIfTold(
        known=True,
        effects=(
            EffectTold(group="estate", before_minutes=48, after_minutes=22),
            EffectTold(group="tax", before_minutes=None, after_minutes=5),
        ),
        replayed=DAYS,
    )
    said = supposed(told, NAMES)
    assert said.title == "不动产：九成人的等候 48 分钟内 → 22 分钟内"
    assert said.tables[0].rows == (("不动产", "48 分钟内", "22 分钟内"), ("办税", "等不到", "5 分钟内"))
    assert said.replay.title == "拿最近 3 天试过：推算的平均等候和实际平均差 4 分钟，最多差 6 分钟（下面：实际 / 推算）"
    assert said.replay.rows[0] == ("11 月 25 日 周三", "300 人", "12 / 10 分", "30 / 28 分")
    assert said.replay.rows[2][2] == "没有可比的"


def test_what_is_not_known_is_said_in_the_forecasts_own_words() -> None:
    said = supposed(WhatIfTold(known=False, note="这个窗口没有开，请核对窗口号"), NAMES)
    assert (said.title, said.note, said.tables) == ("现在还说不出来", "这个窗口没有开，请核对窗口号", ())
    assert said.replay.title == "还没有办过的日子可以拿来试这个推算，请只作参考"
    off = supposed(PlanTold(day=SATURDAY, known=False, note="这一天不办公"), NAMES)
    assert (off.title, off.note) == ("11 月 28 日 周六排不出来", "这一天不办公")


def test_a_plan_is_half_hours_with_what_is_short_and_shifts_by_window() -> None:
    told = PlanTold(
        day=SATURDAY,
        known=True,
        halves=(
            HalfHourTold(begins="09:00", windows=(1, 2), people=31, p90_minutes=18),
            HalfHourTold(begins="09:30", windows=(1, 2, 3), people=44, p90_minutes=35, short=("estate",)),
        ),
        shifts=(
            ShiftTold(window=1, begins="09:00", ends="11:30"),
            ShiftTold(window=1, begins="13:00", ends="17:00"),
            ShiftTold(window=2, begins="09:00", ends="12:00"),
        ),
        replayed=DAYS,
    )
    said = supposed(told, NAMES)
    assert said.title == "11 月 28 日 周六：最多同时开 3 个窗口"
    halves, shifts = said.tables
    assert halves.rows[1] == ("09:30", "3 个", "44 人", "35 分钟内", "不动产超过目标，能办的窗口已全开")
    assert shifts.rows == (("1 号窗口", "09:00–11:30，13:00–17:00"), ("2 号窗口", "09:00–12:00"))


def test_a_time_of_today_that_is_still_to_come() -> None:
    assert minutes_until("10:05", "11:30") == 85
    assert minutes_until("10:05", "10:05") == 0
    assert [minutes_until("10:05", wrong) for wrong in ("09:00", "", "18:06", "明天")] == [None] * 4
