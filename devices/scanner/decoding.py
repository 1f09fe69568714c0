"""From the bytes of one code to its text. Pure.

Codes of Chinese services are UTF-8 or GB18030 and rarely say which. Strict UTF-8 comes first: what decodes by it
is hardly ever anything else. Latin-1 always decodes and is therefore only a guess.

The text is anybody's and may be hostile: nothing invisible stays in it, neither control characters (a printer would
obey them) nor those that turn the direction of writing or have no width (they make one text look like another).
"""

import re
import unicodedata

from devices.scanner.scanner import Scan

# AIM identifiers (ISO/IEC 15424): `]`, a letter for the symbology, a modifier.
_AIM = re.compile(rb"\]([A-Za-z])[0-9A-Za-z]")
_SYMBOLOGIES = {b"Q": "QR", b"C": "Code 128", b"E": "EAN", b"d": "Data Matrix", b"L": "PDF417", b"A": "Code 39"}
_SYMBOLOGIES |= {b"z": "Aztec", b"e": "GS1 DataBar", b"I": "ITF", b"F": "Codabar", b"G": "Code 93"}

# Control, format (direction, zero width, byte order mark), separators of lines and paragraphs, half pairs.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")  # letters by class, blank to the eye


def decode(code: bytes) -> Scan | None:
    """The scan that a code of a serial engine means; None when nothing readable is in it."""
    aim = _AIM.match(code)
    symbology = _SYMBOLOGIES.get(aim[1]) if aim else None
    raw = code[aim.end() :] if aim and symbology else code
    text, uncertain = text_of(raw)
    readable = cleaned(text)
    return Scan(readable, raw, symbology, uncertain) if readable.strip() else None


def text_of(raw: bytes) -> tuple[str, bool]:
    """The text of bytes that do not name their encoding, as it stands, and whether that is a mere guess."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), False
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1"), True


def cleaned(text: str) -> str:
    """What a person can see of a text, in composed form (NFC)."""
    seen = "".join(c for c in text if unicodedata.category(c) not in _UNSEEN and c not in _FILLERS)
    return unicodedata.normalize("NFC", seen)
