"""From the bytes of one code to its text. Pure.

Codes of Chinese services are UTF-8 or GB18030 and rarely say which. Strict UTF-8 comes first: what decodes by it
is hardly ever anything else. Latin-1 always decodes and is therefore only a guess.
"""

import re
import unicodedata

from devices.scanner.scanner import Scan

# AIM identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier.
_AIM = re.compile(rb"\]([A-Za-z])[0-9A-Za-z]")
_SYMBOLOGIES = {b"Q": "QR", b"C": "Code 128", b"E": "EAN", b"d": "Data Matrix", b"L": "PDF417", b"A": "Code 39"}
_SYMBOLOGIES |= {b"z": "Aztec", b"e": "GS1 DataBar", b"I": "ITF", b"F": "Codabar", b"G": "Code 93"}


def decode(code: bytes) -> Scan | None:
    """The scan that a code means; None when nothing readable is in it."""
    aim = _AIM.match(code)
    symbology = _SYMBOLOGIES.get(aim[1]) if aim else None
    raw = code[aim.end() :] if aim and symbology else code
    text, uncertain = _text(raw)
    readable = "".join(c for c in text if unicodedata.category(c) != "Cc")
    return Scan(readable, raw, symbology, uncertain) if readable.strip() else None


def _text(raw: bytes) -> tuple[str, bool]:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), False
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), True
