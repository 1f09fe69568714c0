"""What holds for every test: the same examples on every run, judged by what they show and never by their time."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A program that a test runs starts its log; the tests after it get theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
