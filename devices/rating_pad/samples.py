"""Sample wirings of a satisfaction pad: one byte for each key, or five digits of a keypad.

Makes differ; the settings say what yours sends.
"""

from collections.abc import Mapping

from hall.rating import Level

KEY_FRAME = "data:1"
INVITE_FRAME = "A5"
KEYS: Mapping[str, Level] = {f"{level:02X}": level for level in sorted(Level)}
# A keypad whose digits are the levels.
KEY_NAMES: Mapping[str, Level] = {f"KEY_{row}{level:d}": level for row in ("", "KP") for level in sorted(Level)}
