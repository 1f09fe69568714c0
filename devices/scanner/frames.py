"""Where pictures come from: a camera, a stream of one, or a film that plays over and over; by OpenCV."""

import re
import sys
from collections.abc import Callable

import numpy as np

from devices.clock import mono_us
from devices.errors import DeviceMissing
from devices.scanner.opencv import Image, cv2

_WIDTH, _HEIGHT = 1280, 720  # asked for; a camera that cannot gives what it can
_OPEN_MS = 3000
_READ_MS = 3000  # a camera that says nothing for so long is as good as gone
_STREAMS = ("http://", "https://", "rtsp://")


class Frames:
    """Pictures of one source, never more of them than asked for.

    Args:
        address: A camera by number (`0`) or path (`/dev/video0`); a stream (`http://…`); a film, or a sequence of
            pictures such as `frame_%03d.png`, which begins again at its end.
        fps: Pictures a second; a camera that gives more is thinned out.
        now_us: A clock that never jumps.
    """

    def __init__(self, address: str, fps: int, *, now_us: Callable[[], int] = mono_us) -> None:
        self._address = address
        self._period_us = 1_000_000 // fps
        self._fps = fps
        self._now_us = now_us
        self._due_us = 0
        self._capture: cv2.VideoCapture | None = None
        self._camera = address.isdecimal() or address.startswith("/dev/")

    @property
    def living(self) -> bool:
        """Whether a camera is behind it, which sets the pace and is never still."""
        return self._camera or self._address.startswith(_STREAMS)

    def open(self) -> None:
        """Connect, or begin the film.

        Raises:
            DeviceMissing: No such camera, stream or file.
        """
        self.close()
        capture = self._opened()
        if not capture.isOpened():
            capture.release()
            raise self._missing("打不开")
        self._capture = capture
        self._due_us = self._now_us()

    def close(self) -> None:
        """Disconnect; harmless when not open."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def read(self, wait: Callable[[float], object]) -> Image | None:
        """The next picture, blue green red; None when none is due yet.

        Args:
            wait: Waits so many seconds; for films, which would otherwise be over at once.

        Raises:
            DeviceMissing: The camera is gone or silent.
        """
        early_us = self._due_us - self._now_us()
        if not self.living and early_us > 0:
            wait(early_us / 1_000_000)
        if not self._grabbed():
            raise self._missing("没有画面")
        if early_us > 0 and self.living:
            return None
        self._due_us = max(self._due_us + self._period_us, self._now_us())
        assert self._capture is not None
        whole, image = self._capture.retrieve()
        if not whole:
            raise self._missing("画面读不出来")
        return np.asarray(image, np.uint8)

    def _opened(self) -> cv2.VideoCapture:
        if self._camera:
            device = int(self._address) if self._address.isdecimal() else self._address
            capture = cv2.VideoCapture(device, cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY)
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
            capture.set(cv2.CAP_PROP_FPS, self._fps)
            capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)  # the newest picture, not one of a second ago
            return capture
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(self._address, cv2.CAP_FFMPEG, limits)

    def _grabbed(self) -> bool:
        if self._capture is None:
            raise self._missing("没有打开")
        if self._capture.grab():
            return True
        if self.living:
            return False
        self.open()  # the film is over: again
        return bool(self._capture.grab())

    def _missing(self, what: str) -> DeviceMissing:
        address = re.sub(r"//[^/@]*@", "//", self._address)  # a stream's password is nothing for the log
        return DeviceMissing(f"摄像头 {address} {what}", advice="请检查摄像头的数据线是否插好，地址是否正确")
