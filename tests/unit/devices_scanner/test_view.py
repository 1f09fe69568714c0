"""When a camera is said to be dark, covered or frozen, and when not."""

import threading
from collections.abc import Callable

import numpy as np
import pytest

from devices.scanner.camera_scanner import CameraScanner
from devices.scanner.debounce import AWAY_US, Debounce
from devices.scanner.frames import Frames
from devices.scanner.opencv import Image
from devices.scanner.view import FROZEN_US, PATIENCE_US, View, ViewJudge

SECOND = 1_000_000


def frame(random: np.random.Generator, shade: int | None) -> Image:
    """A flat picture, or a scene with light and shadow; with the noise of a sensor."""
    scene = np.linspace(40, 220, 160)[None, :, None] if shade is None else np.array([[[shade]]])
    return np.clip(scene + random.normal(0, 4, (90, 160, 3)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize(("shade", "view"), [(3, View.DARK), (128, View.COVERED), (250, View.COVERED), (None, None)])
def test_a_lasting_view_of_nothing_is_told_and_a_short_one_is_not(shade: int | None, view: View | None) -> None:
    random = np.random.default_rng(1)
    judge = ViewJudge(living=True)
    assert judge.judge(frame(random, None), 0) is None
    assert judge.judge(frame(random, shade), SECOND) is None
    assert judge.judge(frame(random, shade), SECOND + PATIENCE_US) is view
    assert judge.judge(frame(random, None), SECOND + PATIENCE_US + 1) is None


def test_a_phone_before_the_lens_for_a_moment_is_no_trouble() -> None:
    random = np.random.default_rng(1)
    judge = ViewJudge(living=True)
    told = [judge.judge(frame(random, None if second % 2 else 90), second * SECOND) for second in range(20)]
    assert set(told) == {None}


def test_only_a_camera_can_be_frozen() -> None:
    still = frame(np.random.default_rng(1), None)
    for living, view in ((True, View.FROZEN), (False, None)):
        judge = ViewJudge(living=living)
        assert judge.judge(still, 0) is None
        assert judge.judge(still.copy(), FROZEN_US - 1) is None
        assert judge.judge(still.copy(), FROZEN_US) is view
        assert judge.judge(frame(np.random.default_rng(2), None), FROZEN_US + 1) is None


class StillFrames(Frames):
    """A camera that hangs: always the same picture."""

    def __init__(self, wake: int, stop: threading.Event) -> None:
        super().__init__("0", 15)
        self.opened = 0
        self.now_us = 0
        self._wake, self._stop = wake, stop
        self._picture = frame(np.random.default_rng(1), None)

    def open(self) -> None:
        self.opened += 1
        if self.opened == self._wake:
            self._stop.set()

    def read(self, wait: Callable[[float], object]) -> Image:
        del wait
        self.now_us += SECOND
        return self._picture.copy()


def test_a_camera_that_hangs_is_opened_again_until_it_wakes() -> None:
    stop = threading.Event()
    frames = StillFrames(wake=3, stop=stop)
    scanner = CameraScanner(frames, lambda _: None, now_us=lambda: frames.now_us)
    scanner.open()
    scanner.watch(stop)  # comes back to tell that it hangs
    assert scanner.health().problem == "scanner.frozen"
    scanner.watch(stop)
    assert frames.opened == 3
    assert scanner.health().problem == "scanner.frozen"  # until it moves
    assert frames.now_us < 60 * SECOND


def test_a_code_counts_again_only_after_it_was_away() -> None:
    debounce = Debounce()
    assert debounce.is_new(b"A", 0)
    assert debounce.is_new(b"B", 1)  # side by side
    assert not debounce.is_new(b"A", AWAY_US - 1)
    assert not debounce.is_new(b"A", 2 * AWAY_US - 2)
    assert debounce.is_new(b"A", 3 * AWAY_US - 2)
