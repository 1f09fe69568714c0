"""A sample wiring of a satisfaction pad: one byte for each key. Makes differ; the settings say what yours sends."""

from collections.abc import Mapping

from hall.rating import Level

KEY_FRAME = "data:1"
INVITE_FRAME = "A5"
KEYS: Mapping[str, Level] = {f"{level:02X}": level for level in sorted(Level)}
