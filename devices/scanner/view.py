"""What is wrong with the pictures of a camera, if something is. Pure."""

from enum import StrEnum

import numpy as np

from devices.health import Health, HealthState
from devices.scanner.opencv import Image, cv2

PATIENCE_US = 2_000_000  # a phone pushed against the lens also covers it, for a moment
FROZEN_US = 4_000_000
_BLACK = 16  # of 255: no lit room is darker on average
_FLAT = 5  # of 255: spread of a picture that shows nothing; a desk or a ceiling spreads over 15 and more


class View(StrEnum):
    """What a camera can suffer from without knowing it."""

    DARK = "dark"
    COVERED = "covered"
    FROZEN = "frozen"


# What the manager is told, and what the person beside the camera should do.
_WORDS = {
    View.DARK: ("画面全黑", "请摘下摄像头的镜头盖，或打开灯"),
    View.COVERED: ("镜头被挡住", "请移开摄像头前的遮挡物，擦净镜头"),
    View.FROZEN: ("画面不动", "请将摄像头拔下再插上"),
}


class ViewJudge:
    """Looks at every frame; says what is wrong once it has lasted, and that it is well again at once.

    Args:
        living: Whether the pictures come from a camera. Its sensor is never still: two pictures alike to the last bit
            mean that it hangs. A film may stand still as long as it likes.
    """

    def __init__(self, *, living: bool) -> None:
        self._living = living
        self._last: Image | None = None
        self._fresh_us: int | None = None
        self._seems: tuple[View | None, int] = (None, 0)

    def judge(self, image: Image, now_us: int) -> View | None:
        """What is wrong by now.

        Args:
            image: The whole frame, in colour or grey.
            now_us: By a clock that never jumps.
        """
        if self._fresh_us is None or self._last is None or not np.array_equal(image, self._last):
            self._last, self._fresh_us = image, now_us
        elif self._living and now_us - self._fresh_us >= FROZEN_US:
            return View.FROZEN
        seems = _seems(image)
        if seems is not self._seems[0]:
            self._seems = (seems, now_us)
        return seems if now_us - self._seems[1] >= PATIENCE_US else None


def health_of(device: str, view: View | None, now_us: int) -> Health:
    """The health of a camera that delivers such pictures."""
    if view is None:
        return Health(device, HealthState.ONLINE, now_us)
    trouble, advice = _WORDS[view]
    return Health(device, HealthState.ATTENTION, now_us, problem=f"scanner.{view}", advice=advice, trouble=trouble)


def _seems(image: Image) -> View | None:
    small = cv2.resize(image, (64, 36), interpolation=cv2.INTER_AREA)  # evens out the noise of the sensor
    if small.mean() < _BLACK and small.std() < _BLACK:
        return View.DARK
    return View.COVERED if small.std(axis=(0, 1)).max() < _FLAT else None
