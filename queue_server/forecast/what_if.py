"""What if a window opened now, or closed at half past eleven: two runs from the live hall with the same dice.

Whatever is said of it stands beside a replay of the last ten days (`fidelity`), and never in seconds.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from queue_server.forecast.behaviour import Behaviour, draw
from queue_server.forecast.coming import Lately, draw_day, draw_on
from queue_server.forecast.day_run import People, Post, run_day
from queue_server.forecast.past_days import PastDay
from queue_server.forecast.scene import NOBODY, Floats, Scene

RUNS = 40
HORIZON_S = 3600.0
"""People who come within an hour of the change tell what it is worth."""
FEW_PEOPLE = 5
_NINE_IN_TEN = 0.9
_ENDLESS_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Situation:
    """The hall now.

    Attributes:
        scene: Who waits and what the windows do.
        behaviour: How its people behave.
        groups: How many groups there are.
        now_s: Seconds after midnight.
        alike: Days that tell who is still to come today (`coming.alike`) …
        lately: … or, on a hall's first day, the last half hour.
    """

    scene: Scene
    behaviour: Behaviour
    groups: int
    now_s: float
    alike: Sequence[PastDay] = ()
    lately: Lately | None = None


@dataclass(frozen=True, slots=True)
class Opens:
    """One more window that serves groups by these penalties, in so many seconds from now."""

    penalty: tuple[float, ...]
    in_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Closes:
    """A window of the scene, by its place, calls nobody any more, in so many seconds from now."""

    window: int
    in_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Serves:
    """All windows of the scene serve groups by other penalties from now on: window × group, as in `scene.Windows`."""

    penalty: tuple[tuple[float, ...], ...]
    in_s: float = 0.0


Change = Opens | Closes | Serves


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one group: nine in ten of those who come within the hour after the change wait no longer, in seconds.

    inf where it is likely that nobody will call them.
    """

    group: int
    before_s: float
    after_s: float


def what_if(situation: Situation, change: Change, seed: int) -> list[Effect]:
    """What the change does to each group, where anybody comes of it; the groups it concerns most first."""
    begins = change.in_s
    before = _waits(situation, None, seed, begins)
    after = _waits(situation, change, seed, begins)
    effects = []
    for group in range(situation.groups):
        waits = [of_all[groups == group] for groups, of_all in (before, after)]
        if min(map(len, waits)) >= FEW_PEOPLE:
            effects.append(Effect(group, *(_nine_in_ten(each) for each in waits)))
    return sorted(effects, key=lambda effect: -abs(_finite(effect.before_s) - _finite(effect.after_s)))


def _waits(situation: Situation, change: Change | None, seed: int, begins: float) -> tuple[Floats, Floats]:
    """Groups and waits of those who come within the hour, of all runs."""
    scene, count = situation.scene, len(situation.scene.waiting)
    draws = draw(replace(scene, newcomers=NOBODY), situation.behaviour, np.random.default_rng(seed), RUNS)
    groups, waits = [], []
    for run, dice in enumerate(np.random.default_rng(seed + 1).spawn(RUNS)):
        coming = _still_to_come(situation, dice)
        people = People(
            came=np.concatenate([np.zeros(count), coming.came]),
            group=np.concatenate([scene.waiting.group, coming.group]),
            effective=np.concatenate([scene.waiting.effective, coming.effective]),
            busy=np.concatenate([draws.busy[:, run], coming.busy]),
            leaves=np.concatenate([draws.leaves[:, run], coming.leaves]),
        )
        posts = _posts(scene, draws.free[:, run], change)
        called = run_day(people, posts, situation.groups, situation.behaviour.absent_s)
        asked = (people.came >= begins) & (people.came < begins + HORIZON_S)
        asked[:count] = False
        groups.append(people.group[asked])
        waits.append((called - people.came)[asked])
    return np.concatenate(groups), np.concatenate(waits)


def _still_to_come(situation: Situation, dice: np.random.Generator) -> People:
    if situation.lately is not None:
        return draw_on(situation.lately, situation.behaviour, dice)
    day = draw_day(situation.alike, situation.behaviour, dice)
    later = day.came > situation.now_s
    return People(
        came=day.came[later] - situation.now_s,
        group=day.group[later],
        effective=day.effective[later] - situation.now_s,
        busy=day.busy[later],
        leaves=day.leaves[later] - situation.now_s,
    )


def _posts(scene: Scene, free: Floats, change: Change | None) -> list[Post]:
    posts = [
        Post(tuple(penalty), ((0.0, math.inf),), busy_until=max(0.0, float(at)))
        for penalty, at in zip(scene.windows.penalty.tolist(), free, strict=True)
    ]
    match change:
        case Opens(own, in_s):
            posts.append(Post(own, ((in_s, math.inf),)))
        case Closes(window, in_s):
            posts[window] = replace(posts[window], shifts=((0.0, in_s),))
        case Serves(penalty):
            posts = [replace(post, penalty=own) for post, own in zip(posts, penalty, strict=True)]
    return posts


def _nine_in_ten(waits: Floats) -> float:
    return float(np.sort(waits)[math.ceil(_NINE_IN_TEN * len(waits)) - 1])


def _finite(seconds: float) -> float:
    return min(seconds, _ENDLESS_S)
