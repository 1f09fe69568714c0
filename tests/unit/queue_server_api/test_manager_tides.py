"""What the manager's page says of window plans: gains in minutes, a suggestion in words, what came of a switch."""

from hall.window_plan import PlanWait
from hall.wire.views import GroupNow, HallNow, PlanNow, SwitchNow
from queue_server.web.manage.tides import tides
from queue_server.web.manage.tones import Tone

NINE_LOCAL = 1_790_039_400_000_000 - 1_790_039_400_000_000 % 86_400_000_000 + 3_600_000_000
LONG = (PlanWait(group="alpha", minutes=48), PlanWait(group="beta", minutes=5))
SHORT = (PlanWait(group="alpha", minutes=22), PlanWait(group="beta", minutes=9))


def now(plans: tuple[PlanNow, ...] = (), switches: tuple[SwitchNow, ...] = ()) -> HallNow:
    """A hall of two groups."""
    groups = tuple(
        GroupNow(group=group, name=name, prefix=group[0].upper(), waiting=0, longest_wait_us=0, windows_open=1,
                 issued=0, finished=0, missed=0, cancelled=0, mean_wait_us=None)
        for group, name in (("alpha", "甲类"), ("beta", "乙类"))
    )  # fmt: skip
    return HallNow(
        at=NINE_LOCAL, seq=1, hall="测试", groups=groups, windows=(), devices=(), ratings={},
        plans=plans, switches=switches,
    )  # fmt: skip


def switch(*happened: PlanWait, judged: bool = True) -> SwitchNow:
    """From the usual groups to the plan, at five past nine."""
    return SwitchNow(
        at=NINE_LOCAL, plan="高峰", staff="9001", as_is=LONG, expected=SHORT, happened=happened, judged=judged
    )


def test_a_plan_says_which_windows_change_and_what_that_is_worth() -> None:
    usual = PlanNow(name="", in_force=True, suggested=False, changes=(), waits=LONG)
    peak = PlanNow(name="高峰", in_force=False, suggested=True, changes=(2, 3), waits=SHORT)
    told = tides(now((usual, peak)), 480)
    assert told.summary == "现在：平时"
    first, second = told.plans
    assert (first.state, first.words, first.in_force) == ("正在用", "各窗口办本职", True)
    assert (second.tone, second.state) == (Tone.CAUTION, "建议启用")
    assert second.words == "2、3 号窗口改办。预计甲类 48 → 22 分钟，乙类 5 → 9 分钟"
    assert (second.as_is, second.expected) == (LONG, SHORT)


def test_without_a_forecast_a_plan_is_still_one_press_away() -> None:
    usual = PlanNow(name="", in_force=True, suggested=False, changes=())
    peak = PlanNow(name="高峰", in_force=False, suggested=False, changes=(2,))
    assert tides(now((usual, peak)), 480).plans[1].words == "2 号窗口改办"
    assert tides(now(), 480).plans == ()


def test_a_switch_says_what_was_forecast_and_what_came_of_it() -> None:
    known = tides(now(switches=(switch(PlanWait(group="alpha", minutes=25)),)), 480).switches[0]
    assert known.endswith("换成高峰（工号 9001），当时预计甲类 48 → 22 分钟，乙类 5 → 9 分钟；实际甲类 25 分钟")
    assert tides(now(switches=(switch(judged=False),)), 480).switches[0].endswith("实际如何，两小时后见")
    assert tides(now(switches=(switch(),)), 480).switches[0].endswith("之后一小时没有人来")


def test_somebody_who_would_never_be_called_is_said_in_words() -> None:
    never = (PlanWait(group="alpha", minutes=None), *LONG[1:])
    plans = (
        PlanNow(name="", in_force=True, suggested=False, changes=(), waits=never),
        PlanNow(name="高峰", in_force=False, suggested=False, changes=(2,), waits=SHORT),
    )
    assert "甲类 等不到 → 22 分钟" in tides(now(plans), 480).plans[1].words
