"""OpenCV as this house uses it: one thread, and no words of its own on the error stream.

Import `cv2` from here and nowhere else: its libraries read the environment when they first open something.
"""

import os

# FFmpeg: quiet. Video4Linux: a camera that hangs is noticed after seconds, not after ten.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Rows × columns, grey; or rows × columns × 3, blue green red."""

cv2.setNumThreads(1)  # the screen of the same machine has to stay smooth

__all__ = ["Image", "cv2", "grey"]


def grey(image: Image) -> Image:
    """The picture without colour; itself when it has none."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
