"""What a camera's frames cost: the search for codes in 720p pictures, as the camera scanner does it, on one core."""

import time
from collections.abc import Iterable, Iterator

from devices.scanner.codes import CodeSearch
from devices.scanner.opencv import Image, grey
from devices.scanner.scenes import Scenery, with_code
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes

WIDTH, HEIGHT = 1280, 720
_FRAME = Against(1000 / 15, "one frame at 15 a second")
_BAR = "median ≤ 15 ms on one core"


def measure(_: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Every frame is new and noisy; the processor's own time is taken, so that others at work do not count."""
    scenery = Scenery(sizes.frames, WIDTH, HEIGHT)
    wrong = 0
    for what, scene, content in (
        ("with a Chinese QR code", scenery.desk, "一窗通 A023 请到三号窗口"),
        ("without a code, a desk", scenery.desk, None),
        ("without a code, clutter", scenery.clutter, None),
    ):
        seen = (with_code(scene(), content.encode(), "QR") if content else scene() for _ in range(sizes.frames))
        times, misread = _searched(map(scenery.sensed, seen), [content] if content else [])
        wrong += misread
        yield figure(f"scan: 720p frame {what}, p50", quantile(times, 0.5), "ms", _BAR, _FRAME)
        yield figure(f"scan: 720p frame {what}, p99", quantile(times, 0.99), "ms", "", _FRAME)
    yield hard_count("scan: frames misread, or read where no code was", wrong)


def _searched(images: Iterable[Image], expected: list[str]) -> tuple[list[float], int]:
    """Milliseconds of each frame, and how many did not say what they hold."""
    search = CodeSearch()
    times, misread = [], 0
    for image in images:
        began = time.thread_time()
        found = search.look(grey(image))
        times.append((time.thread_time() - began) * 1000)
        misread += [code.scan.text for code in found] != expected
    return times, misread
