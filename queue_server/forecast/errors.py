"""What the forecast takes from nobody, as a branch of `hall.errors`.

InputError
└── MistakesError
    └── LogError             a log of past visits that cannot be evaluated as it stands
"""

from hall.errors import MistakesError


class LogError(MistakesError):
    """A log of past visits cannot be read; every line to mend is named, the first ones of many."""

    code = "forecast.log"
    advice = (
        "第一行应是列名 arrival, priority, service, start, end, server, outcome；时间写成 2026-11-26 09:05:00；"
        "priority 和 server 可以空着，没有办理的人 start 空着、end 写离开的时间。改好后再试一次"
    )
