"""Where this machine keeps a Chinese typeface, for what the printer's own type lacks and for the picture of a slip."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

from devices.errors import DeviceError
from hall.errors import Retry

# In order of liking; half-width Latin letters of the mono face fill a cell exactly.
_FAMILIES = (
    "Noto Sans Mono CJK SC",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Source Han Sans SC",
)


class FontError(DeviceError):
    """No Chinese typeface is installed."""

    code = "printer.font_missing"
    retry = Retry.AFTER_MENDING
    advice = "请安装中文字体：apt install fonts-noto-cjk fontconfig"


@cache
def chinese_font(pixels: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A Chinese font of the given height, kept for the next call.

    Raises:
        FontError: Neither fontconfig nor one of the known families is there.
    """
    file, index = _find(bold=bold)
    return ImageFont.truetype(file, pixels, index=index)


@cache
def _find(*, bold: bool) -> tuple[str, int]:
    if shutil.which("fc-match") is None:
        raise FontError("找不到 fc-match，无法查找中文字体")
    for family in _FAMILIES:
        pattern = f"{family}:style={'Bold' if bold else 'Regular'}"
        answer = subprocess.run(
            ["fc-match", "-f", "%{family}\n%{file}\n%{index}", pattern],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        ).stdout.split("\n")
        # fc-match always names some font: it counts only if it is of the family asked for.
        if len(answer) == 3 and family in answer[0] and Path(answer[1]).exists():
            return answer[1], int(answer[2]) & 0xFFFF
    raise FontError(f"没有安装中文字体（{'、'.join(_FAMILIES)}）")
