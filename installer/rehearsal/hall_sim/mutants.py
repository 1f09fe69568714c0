"""Deliberate breaches, one at a time: each must be caught, or the simulator does not see.

A mutant edits the text of one or two functions of the product while it is in force, and puts them back afterwards.
The product itself knows nothing of this. A text that is no longer there is an error, so that no mutant rots unseen.
"""

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from types import FunctionType
from typing import Any, NamedTuple

from installer.rehearsal.hall_sim.many import play
from installer.rehearsal.hall_sim.script import write

MOST_SEEDS = 500


class Edit(NamedTuple):
    """A text in a function (`module:name` or `module:Class.name`) and what stands there instead."""

    where: str
    old: str
    new: str


class Setting(NamedTuple):
    """A value in a dictionary of settings, and what it is instead."""

    where: str
    key: str
    value: Any


class Mutant(NamedTuple):
    """One breach: a name, what is done to the product, and without which kinds of faults nobody can notice.

    `hint` is a seed that caught it once and is played first, so that a rare one need not be hunted for anew each time.
    """

    name: str
    changes: tuple[Edit | Setting, ...]
    needs: tuple[str, ...] = ()
    hint: int = 0


class Caught(NamedTuple):
    """The seed at which a mutant was caught and how; seed -1 if it never was."""

    seed: int
    words: str


class StaleMutantError(AssertionError):
    """The product has changed, and a mutant's text is no longer in it: write the mutant anew."""


def hunt(mutant: Mutant, seeds: range = range(MOST_SEEDS), steps: int = 400) -> Caught:
    """Play seeds against a mutant until a promise is broken; those whose world lacks what it takes are passed over."""
    with in_force(mutant):
        for seed in (mutant.hint, *seeds):
            if not mutant.needs or set(mutant.needs) & set(write(seed, steps).faults):
                verdict = play(seed, steps)
                if verdict.promise:
                    return Caught(seed, verdict.words)
    return Caught(-1, "")


@contextmanager
def in_force(mutant: Mutant) -> Iterator[None]:
    """The product with this breach, until the end of the block."""
    edits: dict[str, list[Edit]] = {}
    with ExitStack() as stack:
        for change in mutant.changes:
            if isinstance(change, Edit):
                edits.setdefault(change.where, []).append(change)
            else:
                stack.enter_context(_set(change))
        for where, each in edits.items():
            stack.enter_context(_edited(where, each))
        yield


@contextmanager
def _set(setting: Setting) -> Iterator[None]:
    settings = _found(setting.where)
    before = settings[setting.key]
    settings[setting.key] = setting.value
    try:
        yield
    finally:
        settings[setting.key] = before


@contextmanager
def _edited(where: str, edits: list[Edit]) -> Iterator[None]:
    function = _function(_found(where))
    text = textwrap.dedent(inspect.getsource(function))
    text = text[text.index("def ") :]
    for edit in edits:
        if text.count(edit.old) != 1:
            raise StaleMutantError(f"{where} has no single {edit.old!r}")
        text = text.replace(edit.old, edit.new)
    names: dict[str, Any] = {}
    exec(compile(text, where, "exec"), function.__globals__, names)  # noqa: S102 - its purpose
    before, function.__code__ = function.__code__, names[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = before


def _found(where: str) -> Any:
    module, _, path = where.partition(":")
    found: Any = import_module(module)
    for name in path.split("."):
        found = inspect.getattr_static(found, name)
    return found


def _function(found: Any) -> FunctionType:
    for wrapper in ("fget", "__func__", "__wrapped__"):
        found = getattr(found, wrapper, None) or found
    assert isinstance(found, FunctionType)
    return found
