"""Steps for a screen as JSON lines: what `--play` presses, waits for and looks at. The format stands in README.md."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from window_client.errors import PlayError

PATIENCE_S = 20.0
"""How long a step waits until it can be done, unless it says otherwise in `seconds`."""

KINDS: dict[str, type] = {
    "wait": str,
    "tap": str,
    "enter": str,
    "key": str,
    "picture": str,
    "see": str,
    "quit": bool,
}
_MORE = {"seconds", "of"}
WAITED_FOR = (
    *("sign_in", "desk"),
    *("closed", "idle", "calling", "serving", "paused"),
    *("welcome", "rate", "thanks"),
    *("connecting", "online", "away"),
)
"""Pages of the clerk's screen, states of the window, pages of the rating screen, states of the connection."""
VIEWS = ("desk", "rating")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, with what, for how long to try, and on which screen a picture is taken."""

    kind: str
    value: Any
    seconds: float = PATIENCE_S
    of: str = VIEWS[0]


def read_step(line: str) -> Step:
    """One line of a script.

    Raises:
        PlayError: If it is not a step, with the nearest right word where one was meant.
    """
    try:
        step = json.loads(line)
    except ValueError as error:
        raise PlayError(f"不是 JSON：{error}") from None
    if not isinstance(step, dict):
        raise PlayError('一步应写成 {"tap": "名称"} 的样子')
    for word in step:
        if word not in KINDS and word not in _MORE:
            raise PlayError(f"没有 {word}{closest(word, [*KINDS, *_MORE])}")
    kinds = [word for word in step if word in KINDS]
    if len(kinds) != 1:
        raise PlayError(f"一步应恰好是 {'、'.join(KINDS)} 之一")
    kind, seconds, of = kinds[0], step.get("seconds", PATIENCE_S), step.get("of", VIEWS[0])
    if not isinstance(step[kind], KINDS[kind]) or isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise PlayError(f"{kind} 的值类型不对")
    if kind == "wait" and step[kind] not in WAITED_FOR:
        raise PlayError(f"等不了 {step[kind]}{closest(step[kind], WAITED_FOR)}")
    if of not in VIEWS:
        raise PlayError(f"没有 {of} 这个屏{closest(str(of), VIEWS)}")
    return Step(kind, step[kind], float(seconds), of)


def closest(name: str, known: Iterable[str]) -> str:
    """The names that were probably meant, as the end of a sentence."""
    known = sorted(set(known))
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"；是不是 {'、'.join(near)}？" if near else f"；有的是：{'、'.join(known)}"
