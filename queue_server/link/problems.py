"""From what came back on the wire to the errors of this room."""

from pydantic import ValidationError

from hall.wire.replies import Problem
from queue_server.link.errors import (
    LinkError,
    ServerAway,
    ServerGarbled,
    ServerRefused,
    SessionFenced,
    SessionLost,
)

_FENCED = "push.fenced"
_UNAUTHORIZED = 401
_TOO_MANY = 429
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


def error_of(status: int, text: str, *, with_session: bool) -> LinkError:
    """The error that an answer above 399 stands for.

    Args:
        status: The HTTP status.
        text: The body: a `Problem`, or anything at all from something that is not our server.
        with_session: Whether the request carried a session; without one a 401 is a refusal, such as a wrong PIN.
    """
    try:
        problem = Problem.model_validate_json(text)
    except ValidationError:
        return _without_words(status, with_session=with_session)
    if problem.code == _FENCED:
        return SessionFenced(f"{problem.code}: {problem.message}")
    if status == _UNAUTHORIZED and with_session:
        return SessionLost(f"{problem.code}: {problem.message}")
    if status == _TOO_MANY and not with_session:
        return ServerRefused(problem)  # a locked account: whoever signs in must read for how long
    if status in _LATER:
        return ServerAway(f"{problem.code}: {problem.message}", advice=problem.advice or None)
    return ServerRefused(problem)


def _without_words(status: int, *, with_session: bool) -> LinkError:
    if status == _UNAUTHORIZED and with_session:
        return SessionLost("the server does not know the session")
    if status in _LATER:
        return ServerAway(f"the server answered {status}")
    return ServerGarbled(f"an answer of status {status} without our words")
