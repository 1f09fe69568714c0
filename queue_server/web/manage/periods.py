"""The stretches of days a manager asks for with one press, and the groupings that are offered."""

from collections.abc import Callable
from datetime import date, timedelta

from hall.grouping import By
from queue_server.operations.errors import PeriodError

Period = tuple[date, date]
_ONE = timedelta(days=1)

PERIODS: dict[str, Callable[[date], Period]] = {
    "昨天": lambda today: (today - _ONE, today - _ONE),
    "本周": lambda today: (today - timedelta(days=today.weekday()), today),
    "本月": lambda today: (today.replace(day=1), today),
    "上月": lambda today: ((today.replace(day=1) - _ONE).replace(day=1), today.replace(day=1) - _ONE),
    "今年": lambda today: (today.replace(month=1, day=1), today),
}
GROUPINGS: dict[str, tuple[By, ...]] = {
    "按日": (By.DAY,),
    "按周": (By.WEEK,),
    "按月": (By.MONTH,),
    "按年": (By.YEAR,),
    "按时段": (By.HOUR,),
    "按星期": (By.WEEKDAY,),
    "按业务类别": (By.GROUP,),
    "按事项": (By.SERVICE,),
    "按窗口": (By.WINDOW,),
    "按工号": (By.CLERK,),
    "按业务类别、时段": (By.GROUP, By.HOUR),
    "按窗口、日": (By.WINDOW, By.DAY),
    "按工号、月": (By.CLERK, By.MONTH),
}


def typed_day(words: str) -> date:
    """The day that was typed. Raises `PeriodError`."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        wrong = f"“{words.strip()[:20]}” 不是日期" if words.strip() else "还没有选日期"
        raise PeriodError(wrong, advice="请选一天，或者写成 2026-11-01 的样子") from None
