"""A sample wiring of a call pad: the one published frame, that of a 21-key pad with a display.

`FF 68 | L | L | 68 | address | command | data | checksum | 16` is published (21 键点阵液晶呼叫器通讯协议); its command
words and key codes are not. Those below are placeholders that our twin speaks, not a claim about any make.
"""

from collections.abc import Mapping

from devices.call_pad.call_pad import PadKey

KEY_FRAME = "FF 68 len len 68 [ address 01 data:1 ] sum8 16"
SHOW_FRAME = "FF 68 len len 68 [ address 02 data ] sum8 16"
KEYS: Mapping[str, PadKey] = {f"{code:02X}": key for code, key in enumerate(PadKey)}

# A USB numeric keypad with stickers on its keys.
KEY_NAMES: Mapping[str, PadKey] = {
    **{f"KEY_KP{digit}": PadKey(str(digit)) for digit in range(10)},
    "KEY_KPENTER": PadKey.ENTER,
    "KEY_BACKSPACE": PadKey.CLEAR,
    "KEY_KPPLUS": PadKey.CALL_NEXT,
    "KEY_KPMINUS": PadKey.RECALL,
    "KEY_KPASTERISK": PadKey.MISS,
    "KEY_KPSLASH": PadKey.START,
    "KEY_KPDOT": PadKey.FINISH,
}
