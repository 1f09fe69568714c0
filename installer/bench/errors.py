"""What can go wrong while measuring.

WorldError
└── BenchError   a program under measurement did not do what it was asked
"""

from hall.errors import Retry, WorldError


class BenchError(WorldError):
    """A figure could not be taken; the message says what was answered instead."""

    code = "bench.failed"
    retry = Retry.LATER
    advice = "这一项没有测成，其余各项照常；可以用 --only 单独再测一次"
