"""From a picture to the codes in it. Pure: the same picture gives the same codes.

zxing-cpp looks first: it is the quickest and finds the most. What it misses, libzbar may find on the middle of the
picture with its contrast evened out. Both look for the symbologies of forms, slips and documents only: each further
one costs time and invites false reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import zxingcpp

from devices.scanner import zbar
from devices.scanner.decoding import cleaned, text_of
from devices.scanner.opencv import Image, cv2
from devices.scanner.scanner import Scan

_Format = zxingcpp.BarcodeFormat
_SYMBOLOGIES = {
    _Format.QRCode: "QR",
    _Format.MicroQRCode: "Micro QR",
    _Format.Code128: "Code 128",
    _Format.PDF417: "PDF417",
    _Format.DataMatrix: "Data Matrix",
    _Format.EAN13: "EAN",
}
_FORMATS = zxingcpp.BarcodeFormats(list(_SYMBOLOGIES))
_DATA_MATRIX = zxingcpp.BarcodeFormats([_Format.DataMatrix])
# Codes that are only seen nearly upright, and how far else a picture is turned for them.
_STRIPES = zxingcpp.BarcodeFormats([_Format.Code128, _Format.PDF417])
_TURNS = (-12, 12, -25, 25, -38, 38)
# Data Matrix costs as much as all others together.
_QUICK_FORMATS = zxingcpp.BarcodeFormats([known for known in _SYMBOLOGIES if known != _Format.DataMatrix])
# Identifiers (ISO/IEC 15424) of QR and Data Matrix codes that name their encoding themselves.
_NAMES_ITS_ENCODING = {"]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6"}
_MIDDLE = 0.7  # of each side: where people hold a code
_SECOND_LOOK = 3
_SMALL = 900  # pixels; smaller pictures are also tried enlarged
_LARGE = 1920  # pixels; what is larger is looked at again only after shrinking: it would take long


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """One code in a picture.

    Attributes:
        scan: Text, bytes, symbology; `uncertain` also when the bytes themselves are.
        decoder: `zxing-cpp` or `pyzbar`.
    """

    scan: Scan
    decoder: str

    def __repr__(self) -> str:
        return f"Code({self.scan!r}, {self.decoder})"


class CodeSearch:
    """Looks through the frames of a camera, one after another.

    Attributes:
        misses: How many frames in a row held no code; every third of them is looked at twice.
    """

    def __init__(self) -> None:
        self.misses = 0

    def look(self, image: Image) -> list[Code]:
        """The codes in one grey frame."""
        codes = read_fast(image)
        if not codes and self.misses % _SECOND_LOOK == _SECOND_LOOK - 1:
            codes = read_middle(image)
        self.misses = 0 if codes else self.misses + 1
        return codes


def read_fast(image: Image) -> list[Code]:
    """The codes in one grey frame, quickly enough for every frame of a camera."""
    return _by_zxing(image, _QUICK_FORMATS)


def read_middle(image: Image) -> list[Code]:
    """A second look for a frame in which `read_fast` found nothing, the middle only: Data Matrix, evened contrast."""
    middle = _middle(image)
    return _by_zxing(middle, _DATA_MATRIX) or _by_zbar(_evened(middle))


def read_thoroughly(image: Image) -> list[Code]:
    """The codes in one grey picture, however long it takes: for files, of which there is no next frame."""
    if codes := _by_zxing(image):
        return codes
    if max(image.shape) > _LARGE:
        image = _resized(image, _LARGE / max(image.shape))
    larger = _resized(image, 2) if max(image.shape) <= _SMALL else image
    looks: tuple[Callable[[], list[Code]], ...] = (
        lambda: read_middle(image),
        lambda: _by_zbar(image),
        lambda: _by_zxing(_evened(larger)),
        lambda: _by_zbar(_evened(larger)),
        lambda: _by_zxing(_sharpened(image, 8)),
        lambda: _by_zxing(_sharpened(_resized(image, 0.5), 2)),
        lambda: _by_zxing(_sharpened(_resized(image, 0.25), 2)),
        *(lambda degrees=degrees: _by_zxing(_turned(image, degrees), _STRIPES) for degrees in _TURNS),
    )
    return next((codes for look in looks if (codes := look())), [])


def _by_zxing(image: Image, formats: zxingcpp.BarcodeFormats = _FORMATS) -> list[Code]:
    read: list[zxingcpp.Barcode] = zxingcpp.read_barcodes(image, formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return _unique(
        Code(scan, "zxing-cpp") for code in read if code.bytes and (scan := _scan_of_zxing(code)).text.strip()
    )


def _scan_of_zxing(code: zxingcpp.Barcode) -> Scan:
    raw = bytes(code.bytes)
    symbology = _SYMBOLOGIES.get(code.format)
    if code.symbology_identifier in _NAMES_ITS_ENCODING or _is_kanji(raw, code.text):
        return Scan(cleaned(code.text), raw, symbology)
    text, uncertain = text_of(raw)
    return Scan(cleaned(text), raw, symbology, uncertain)


def _is_kanji(raw: bytes, text: str) -> bool:
    """Whether these are two-byte kanji of a QR code (JIS X 0208), into which some makers pack Chinese too.

    Plain GB2312 is never taken for them, nor UTF-8.
    """
    for encoding in ("utf-8", "gb2312"):
        try:
            raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return False
    return len(raw) == 2 * len(text) and text.encode("shift_jis", "replace") == raw


def _by_zbar(image: Image) -> list[Code]:
    codes = []
    for raw, symbology, exact in zbar.read(image):
        text, uncertain = text_of(raw)
        if cleaned(text).strip():
            codes.append(Code(Scan(cleaned(text), raw, symbology, uncertain or not exact), "pyzbar"))
    return _unique(codes)


def _unique(codes: Iterable[Code]) -> list[Code]:
    return list({(code.scan.raw, code.scan.symbology): code for code in codes}.values())


def _middle(image: Image) -> Image:
    height, width = image.shape
    top, left = int(height * (1 - _MIDDLE) / 2), int(width * (1 - _MIDDLE) / 2)
    return np.ascontiguousarray(image[top : height - top, left : width - left])


def _evened(image: Image) -> Image:
    contrast = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(image)
    return np.asarray(
        cv2.adaptiveThreshold(contrast, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 51, 7), np.uint8
    )


def _sharpened(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.addWeighted(image, 5, cv2.GaussianBlur(image, (0, 0), sigma), -4, 0), np.uint8)


def _turned(image: Image, degrees: float) -> Image:
    height, width = image.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _resized(image: Image, factor: float) -> Image:
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
