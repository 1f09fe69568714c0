"""The figures of a table of statistics: name, unit, how each is made of a tally, and that in words.

The words are the one place of the formulas: the page shows them under 怎么算的, and docs/statistics.zh-CN.md is held
against them by a test.
"""

from collections.abc import Callable
from dataclasses import dataclass

from hall.clock import MINUTE_US
from hall.tally import Tally

Value = int | float | None
MINUTES, TIMES, PERCENT, LEVEL = "分钟", "个", "%", "级"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its id in exports, its name and unit on screens, the formula in words, and the formula.

    `value` gets the target in whole minutes beside the tally; None means that there is nothing to make it of.
    """

    id: str
    name: str
    unit: str
    formula: str
    value: Callable[[Tally, int], Value]

    def words(self, tally: Tally, target: int) -> str:
        """As a screen shows it; a dash where there is nothing."""
        found = self.value(tally, target)
        if found is None:
            return "–"
        return str(found) if isinstance(found, int) else f"{found:.{2 if self.unit == LEVEL else 1}f}"


def _minutes(length_us: int | None) -> float | None:
    return None if length_us is None else round(length_us / MINUTE_US, 2)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)


def _of_judged(tally: Tally, count: int) -> float | None:
    return _percent(count / tally.judged) if tally.judged else None


FIGURES: tuple[Figure, ...] = (
    Figure(
        "arrivals",
        "取号",
        TIMES,
        "取到的号数；无号办理也算一个，印重的号只算一个。按窗口、工号分时，算在第一次叫它的窗口和人员名下",
        lambda tally, _: tally.arrivals,
    ),
    Figure(
        "called",
        "叫到",
        TIMES,
        "第一次叫到的号数；过号回来、转移后再叫的不再算。撤销了的叫号不算",
        lambda tally, _: tally.waits.count,
    ),
    Figure(
        "wait_mean",
        "平均等候",
        MINUTES,
        "（第一次叫到的时刻 − 取号时刻）之和 ÷ 叫到的号数；时刻精确到微秒，结果保留两位小数",
        lambda tally, _: _minutes(tally.waits.mean_us),
    ),
    Figure(
        "wait_median",
        "等候中位数",
        MINUTES,
        "最小的整数 m，使至少一半叫到的号等候不超过 m 分钟；每个等候向上进到整分钟，所以年、月与日的算法相同、可以相加",
        lambda tally, _: tally.waits.quantile(0.5),
    ),
    Figure(
        "wait_p90",
        "九成等候不超过",
        MINUTES,
        "最小的整数 m，使至少九成叫到的号等候不超过 m 分钟；同样进到整分钟",
        lambda tally, _: tally.waits.quantile(0.9),
    ),
    Figure(
        "wait_within",
        "达标率",
        PERCENT,
        "等候不超过目标分钟数的号 ÷ 叫到的号数；目标是整分钟，这个比例没有取整误差",
        lambda tally, target: _percent(tally.waits.within(target)),
    ),
    Figure(
        "finished",
        "办理",
        TIMES,
        "办理完毕的次数；一个号再办一件算两次。撤销了的不算",
        lambda tally, _: tally.finished,
    ),
    Figure(
        "service_mean",
        "平均办理",
        MINUTES,
        "（办理完毕 − 开始办理）之和 ÷ 知道起止的办理次数；日终未结的不算，补录的按补录的起止",
        lambda tally, _: _minutes(tally.services.mean_us),
    ),
    Figure(
        "service_median",
        "办理中位数",
        MINUTES,
        "最小的整数 m，使至少一半知道起止的办理不超过 m 分钟",
        lambda tally, _: tally.services.quantile(0.5),
    ),
    Figure("missed", "过号", TIMES, "过号的次数；一个号过号两次算两次", lambda tally, _: tally.missed),
    Figure(
        "cancelled",
        "弃号",
        TIMES,
        "没有办理就结束的号数：离开、作废、重复、日终、系统故障",
        lambda tally, _: tally.cancelled,
    ),
    Figure("rated", "评价", TIMES, "收到的评价数", lambda tally, _: sum(tally.ratings)),
    Figure(
        "rating_mean",
        "平均评价",
        LEVEL,
        "评价级别（5 非常满意 … 1 非常不满意）之和 ÷ 评价数",
        lambda tally, _: None if tally.mean_rating is None else round(tally.mean_rating, 2),
    ),
    Figure(
        "range_judged",
        "核对过的预计",
        TIMES,
        "取号时显示了等候范围、后来又叫到的号数",
        lambda tally, _: tally.judged,
    ),
    Figure(
        "range_error",
        "预计平均差",
        MINUTES,
        "｜实际等候 − 预计的中位数｜之和 ÷ 核对过的号数（MAE）",
        lambda tally, _: _minutes(tally.error_us // tally.judged if tally.judged else None),
    ),
    Figure(
        "range_inside",
        "落在范围内",
        PERCENT,
        "实际等候在所示范围之内（含两端）的号 ÷ 核对过的号数",
        lambda tally, _: _of_judged(tally, tally.inside),
    ),
    Figure(
        "range_late",
        "晚于上限",
        PERCENT,
        "实际等候超过所示上限的号 ÷ 核对过的号数",
        lambda tally, _: _of_judged(tally, tally.late),
    ),
)
