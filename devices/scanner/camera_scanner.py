"""A camera as a scanner: every frame is searched for codes, and some for passports, on the device's own thread."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from devices.clock import mono_us, wall_us
from devices.health import Health
from devices.scanner.codes import CodeSearch
from devices.scanner.debounce import Debounce
from devices.scanner.frames import Frames
from devices.scanner.mrz import Mrz
from devices.scanner.mrz_reader import read_mrz
from devices.scanner.ocr_b import shapes
from devices.scanner.opencv import Image, grey
from devices.scanner.scanner import Scan
from devices.scanner.view import View, ViewJudge, health_of

DOCUMENT_LOOK = 4  # every so many frames without a code, a passport is looked for
_DOCUMENT_AWAY_US = 10_000_000  # a passport in a hand is sharp only now and then
_REOPEN_US = 10_000_000  # a camera that hangs is often woken by opening it again


class CameraScanner:
    """The driver. `open`, `watch` and `close` run on one thread, which also delivers the scans.

    Args:
        frames: Not yet open.
        on_event: Told every Scan; must be quick.
        on_document: Told every travel document whose zone was read alike in two looks; None does not look for any.
        name: In settings and logs.
        now_us: A clock that never jumps.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        frames: Frames,
        on_event: Callable[[Scan], None],
        *,
        on_document: Callable[[Mrz], None] | None = None,
        name: str = "scanner",
        now_us: Callable[[], int] = mono_us,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._frames = frames
        self._on_event = on_event
        self._on_document = on_document
        self._name = name
        self._now_us = now_us
        self._clock_us = clock_us
        self._debounce = Debounce()
        self._documents = Debounce(_DOCUMENT_AWAY_US)
        self._judge = ViewJudge(living=frames.living)
        self._view: View | None = None
        self._reopened_us = 0
        self._search = CodeSearch()
        self._seen_once: Mrz | None = None
        self._health = health_of(name, None, 0)

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    @property
    def reads_documents(self) -> bool:
        """Whether it looks for passports too."""
        return self._on_document is not None

    def health(self) -> Health:
        """Online as long as there is something to see; needs attention when dark, covered or frozen."""
        return self._health

    def open(self) -> None:
        """See Device.

        Raises:
            TypefaceError: It should look for documents and has nothing to compare them with.
        """
        if self._on_document is not None:
            shapes()
        self._frames.open()
        self._seen_once = None
        self._judge = ViewJudge(living=self._frames.living)
        self._view = None
        self._health = health_of(self._name, None, self._clock_us())

    def close(self) -> None:
        """See Device."""
        self._frames.close()

    def watch(self, stop: threading.Event) -> None:
        """Look until stopped or until the view has changed; see Device."""
        while not stop.is_set():
            image = self._frames.read(stop.wait)
            if image is None:
                continue
            now_us = self._now_us()
            view = self._judge.judge(image, now_us)
            if view is not self._view:
                self._view, self._reopened_us = view, now_us
                self._health = health_of(self._name, view, self._clock_us())
                return
            if view is None:
                self._look(grey(image), now_us)
            elif view is View.FROZEN and now_us - self._reopened_us > _REOPEN_US:
                self._reopened_us = now_us
                self._frames.open()

    def _look(self, image: Image, now_us: int) -> None:
        for code in self._search.look(image):
            if self._debounce.is_new(code.scan.raw, now_us):
                self._on_event(code.scan)
        if self._on_document is not None and self._search.misses % DOCUMENT_LOOK == 1:
            self._look_for_document(image, now_us, self._on_document)

    def _look_for_document(self, image: Image, now_us: int, tell: Callable[[Mrz], None]) -> None:
        today = datetime.fromtimestamp(self._clock_us() / 1_000_000, UTC).date()
        found = read_mrz(image, today)
        # The name has no check digit: two looks must agree before anybody is greeted by it.
        agreed, self._seen_once = found is not None and found == self._seen_once, found
        if found is not None and agreed and self._documents.is_new(str(hash(found)).encode(), now_us):
            tell(found)
