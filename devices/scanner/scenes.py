"""What a camera sees, for its twin and the bench: a desk, clutter, and a paper with a code held before them."""

import numpy as np
import zxingcpp

from devices.scanner.opencv import Image, cv2

_NOISE = 3  # of 255: a sensor is never still
_WOOD = (0.72, 0.86, 1.0)  # blue, green, red
_FORMATS = {
    "QR": zxingcpp.BarcodeFormat.QRCode,
    "Micro QR": zxingcpp.BarcodeFormat.MicroQRCode,
    "Code 128": zxingcpp.BarcodeFormat.Code128,
    "PDF417": zxingcpp.BarcodeFormat.PDF417,
    "Data Matrix": zxingcpp.BarcodeFormat.DataMatrix,
    "EAN": zxingcpp.BarcodeFormat.EAN13,
}


class Scenery:
    """Pictures of one size, in colour; the same seed gives the same."""

    def __init__(self, seed: int, width: int, height: int) -> None:
        self._random = np.random.default_rng(seed)
        self._size = (width, height)

    def desk(self) -> Image:
        """Light and shadow without a code."""
        coarse = (self._random.integers(70, 200, (9, 16, 1)) * _WOOD).astype(np.uint8)
        return np.asarray(cv2.resize(coarse, self._size, interpolation=cv2.INTER_CUBIC), np.uint8)

    def clutter(self) -> Image:
        """Hundreds of edges without a code: the most work for whoever looks for one."""
        image = self.desk()
        for _ in range(300):
            x, y, across, down = (int(n) for n in self._random.integers([0, 0, 4, 4], [*self._size, 160, 160]))
            shade = tuple(int(n) for n in self._random.integers(0, 255, 3))
            cv2.rectangle(image, (x, y), (x + across, y + down), shade, -1)
        return image

    def sensed(self, image: Image) -> Image:
        """The picture with the noise of a sensor."""
        noise = self._random.integers(-_NOISE, _NOISE + 1, image.shape, np.int16)
        return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def with_code(scene: Image, content: bytes, symbology: str) -> Image:
    """The scene with a paper in its middle, on it the code, as large as fits.

    Raises:
        ValueError: Such a code cannot hold this.
    """
    try:
        # Bytes as bytes: of a text its maker would choose the encoding.
        code = zxingcpp.create_barcode(content.decode() if content.isascii() else content, _FORMATS[symbology])
    except RuntimeError as unfit:
        raise ValueError(str(unfit)) from unfit
    height, width = scene.shape[:2]
    small = np.array(code.to_image(scale=1))
    scale = max(1, min(height * 3 // 4 // small.shape[0], width * 3 // 4 // small.shape[1], 8))
    return with_paper(scene, np.array(code.to_image(scale=scale))[:height, :width])


def with_paper(scene: Image, paper: Image) -> Image:
    """The scene with a grey paper, not larger than itself, in its middle."""
    top, left = (scene.shape[0] - paper.shape[0]) // 2, (scene.shape[1] - paper.shape[1]) // 2
    picture = scene.copy()
    picture[top : top + paper.shape[0], left : left + paper.shape[1]] = paper[..., None]
    return picture
