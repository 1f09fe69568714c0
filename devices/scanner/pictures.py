"""The codes in picture files: what `devices decode` does."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from devices.errors import PictureError
from devices.scanner.codes import Code, read_thoroughly
from devices.scanner.opencv import Image, cv2, grey

SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm", ".jp2", ".gif"}
)
_LARGEST = 100_000_000  # bytes; no photograph of a code is that large, and a stray disk image must not fill the memory


@dataclass(frozen=True, slots=True)
class Read:
    """What one file held. `error` says in Chinese why it could not be looked at, and is None when it could."""

    path: Path
    codes: tuple[Code, ...] = ()
    ms: float = 0.0
    error: str | None = None

    def as_json(self) -> str:
        """One line: `path`, `codes` (`text`, `bytes_hex`, `symbology`, `decoder`), `ms`, `error` if there is one."""
        codes = [
            {
                "text": code.scan.text,
                "bytes_hex": code.scan.raw.hex(),
                "symbology": code.scan.symbology,
                "decoder": code.decoder,
            }
            for code in self.codes
        ]
        line = {"path": str(self.path), "codes": codes, "ms": round(self.ms, 2)}
        return json.dumps(line if self.error is None else {**line, "error": self.error}, ensure_ascii=False)

    def as_row(self) -> str:
        """One line per code for a person to read."""
        if self.error is not None:
            return f"{self.path}  读不了：{self.error}"
        if not self.codes:
            return f"{self.path}  没有码  {self.ms:.0f} ms"
        return "\n".join(
            f"{self.path}  {code.scan.symbology}  {code.scan.text}"
            f"{'（编码不明）' if code.scan.uncertain else ''}  {code.decoder}  {self.ms:.0f} ms"
            for code in self.codes
        )


def picture(path: Path) -> Image:
    """A picture file, in colour or grey as it is.

    Raises:
        PictureError: It cannot be read, or is none.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise PictureError("文件太大，不像是一张图片")
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise PictureError("没有这个文件") from missing
    except OSError as refused:
        raise PictureError(f"打不开文件（{refused.strerror}）") from refused
    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    except cv2.error:
        image = None
    if image is None:
        raise PictureError("不是图片，或文件已损坏" if data else "文件是空的")
    if image.dtype != np.uint8:
        image = cv2.convertScaleAbs(image, alpha=255 / max(1, image.max()))
    return _on_white(np.asarray(image, np.uint8))


def _on_white(image: Image) -> Image:
    """Without transparency: a code drawn on nothing is meant for white paper."""
    if image.ndim == 2 or image.shape[2] == 3:
        return image
    if image.shape[2] != 4:
        return np.ascontiguousarray(image[..., 0])
    share = image[..., 3:].astype(np.float32) / 255
    return np.asarray(image[..., :3] * share + 255 * (1 - share), np.uint8)


def read_all(paths: Sequence[Path]) -> Iterator[Read]:
    """Every picture file named, and every one below the folders named, in order of their names."""
    for path in paths:
        if path.is_dir():
            for below in sorted(path.rglob("*")):
                if below.suffix.lower() in SUFFIXES and not below.is_dir():
                    yield read(below)
        else:
            yield read(path)


def read(path: Path, now_s: Callable[[], float] = time.perf_counter) -> Read:
    """One file; never raises for what is in it."""
    try:
        image = grey(picture(path))
    except PictureError as unfit:
        return Read(path, error=str(unfit))
    began = now_s()
    codes = tuple(read_thoroughly(image))
    return Read(path, codes, (now_s() - began) * 1000)
