"""What an answer of the server becomes on this side."""

from hall.wire.replies import Problem
from queue_server.link.errors import ServerAway, ServerRefused
from queue_server.link.problems import error_of

LOCKED = Problem(code="signin.locked", message="尝试次数过多，请 5 分钟后再试", retry="later").model_dump_json()


def test_who_is_locked_out_reads_for_how_long() -> None:
    error = error_of(429, LOCKED, with_session=False)
    assert isinstance(error, ServerRefused)
    assert "5 分钟" in error.problem.message


def test_a_device_that_asks_too_often_comes_back_later() -> None:
    assert isinstance(error_of(429, LOCKED, with_session=True), ServerAway)
