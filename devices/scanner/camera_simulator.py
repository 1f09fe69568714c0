"""The twin of a camera: codes can be held before it, and it can be covered, dark, frozen or gone.

It is a network camera (MJPEG over HTTP on the loopback address), which the driver opens through OpenCV as it opens
any other: a video device of the kernel cannot be made without one of its modules.
"""

import threading
from argparse import ArgumentParser, Namespace
from random import Random
from typing import Any, ClassVar, Literal, Self

import numpy as np

from devices.errors import ActRefused
from devices.scanner.ocr_b import page
from devices.scanner.opencv import Image, cv2
from devices.scanner.picture_stream import PictureStream
from devices.scanner.scenes import Scenery, with_code, with_paper
from devices.scanner.travellers import invented_zone
from devices.simulation import Acts, FaultAct, Faults, Simulator
from devices.simulation.options import above_zero, tcp_port
from devices.simulation.simulator import perform

_WIDTH, _HEIGHT = 960, 540


class CameraSimulator(Simulator):
    """The camera and the hand before it.

    Acts: `show` (`text` with optional `encoding` utf-8 or gb18030, or `bytes_hex`; optional `symbology`),
    `show_document` (`seed`: a number for an invented traveller, with `shape` TD3 or TD1; or `lines` of a zone),
    `clear`, `fault` (`kind`: covered, dark, frozen or gone), `mend`, `unplug`, `plug`, `state`.

    Args:
        port: TCP port; 0 takes a free one.
        fps: Pictures a second.
    """

    kind: ClassVar[str] = "camera"
    faults: ClassVar[Faults] = {
        name: FaultAct(words, "fault", {"kind": name})
        for name, words in {"covered": "被挡住", "dark": "全黑", "frozen": "画面不动", "gone": "不见了"}.items()
    }

    def __init__(self, *, port: int = 0, fps: float = 15) -> None:
        self._stream = PictureStream(self._picture, fps, port)
        self._lock = threading.Lock()
        self._scenery = Scenery(1, _WIDTH, _HEIGHT)
        self._desk = self._scenery.desk()
        self._before = self._desk
        self._fault: str | None = None
        self._sent = b""
        self._shown = 0

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--port` and `--fps`."""
        parser.add_argument("--port", type=tcp_port, default=0, help="画面流的 TCP 端口；0 表示任选空闲端口")
        parser.add_argument("--fps", type=above_zero, default=15, help="每秒几帧")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(port=options.port, fps=options.fps)

    @property
    def address(self) -> str:
        """The URL of its stream."""
        return self._stream.address

    def start(self) -> None:
        """See Simulator."""
        self._stream.plug()

    def stop(self) -> None:
        """See Simulator."""
        self._stream.unplug()

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """See Simulator and the class."""
        acts: Acts = {
            "show": self._show,
            "show_document": self._show_document,
            "clear": self._clear,
            "fault": self._break,
            "mend": self._mend,
            "unplug": lambda: self._break(kind="gone"),
            "plug": self._mend,
            "state": self._state,
        }
        return perform(acts, name, arguments)

    def _show(
        self,
        *,
        text: str | None = None,
        bytes_hex: str | None = None,
        encoding: Literal["utf-8", "gb18030"] = "utf-8",
        symbology: Literal["QR", "Micro QR", "Code 128", "PDF417", "Data Matrix", "EAN"] = "QR",
    ) -> dict[str, Any]:
        if (text is None) == (bytes_hex is None):
            raise ActRefused("show 需要 text（文字）或 bytes_hex（十六进制字节）其中之一")
        try:
            raw = bytes.fromhex(bytes_hex) if bytes_hex is not None else (text or "").encode(encoding)
            self._hold(with_code(self._desk, raw, symbology))
        except ValueError as unfit:
            raise ActRefused(f"{symbology} 码装不下这些内容，或十六进制写错了") from unfit
        return {"symbology": symbology}

    def _show_document(
        self, *, seed: int | None = None, shape: Literal["TD3", "TD1"] = "TD3", lines: list[str] | None = None
    ) -> dict[str, Any]:
        if (seed is None) == (lines is None):
            raise ActRefused("show_document 需要 seed（虚构人物的种子）或 lines（机读码各行）其中之一")
        drawn = lines or invented_zone(Random(seed), shape)
        if not all(drawn):
            raise ActRefused("lines 的每一行都要有字")
        self._hold(with_paper(self._desk, page(drawn, _WIDTH - 80, _HEIGHT - 40)))
        return {}

    def _hold(self, picture: Image) -> None:
        with self._lock:
            self._before = picture
        self._shown += 1

    def _clear(self) -> dict[str, Any]:
        with self._lock:
            self._before = self._desk
        return {}

    def _break(self, *, kind: Literal["covered", "dark", "frozen", "gone"]) -> dict[str, Any]:
        self._fault = kind
        if kind == "gone":
            self._stream.unplug()
        return {}

    def _mend(self) -> dict[str, Any]:
        self._fault = None
        self._stream.plug()
        return {"address": self.address}

    def _state(self) -> dict[str, Any]:
        return {
            "shown": self._shown,
            "fault": self._fault,
            "plugged": self._stream.plugged,
            "address": self.address,
        }

    def _picture(self) -> bytes:
        with self._lock:
            if self._fault != "frozen" or not self._sent:
                image = _seen(self._before, self._fault)
                whole = self._scenery.sensed(image)
                self._sent = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
            return self._sent


def _seen(image: Image, fault: str | None) -> Image:
    if fault == "covered":
        return np.full_like(image, 96)
    return np.full_like(image, 4) if fault == "dark" else image
