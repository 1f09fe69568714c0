"""Scripts for a screen: `--play FILE` presses real things and looks at the result. The format stands in README.md."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import PlayError
from kiosk.journey.pages import Page

PATIENCE_S = 20.0
_KINDS = {
    "wait": (str, dict),
    "expect": (dict,),
    "tap": (str,),
    "type": (str,),
    "picture": (str,),
    "say": (str,),
    "stay": (bool,),
}
LOOKS = frozenset(
    {"page", "number", "paper", "maskedName", "theme", "english", "online", "reader", "printer", "helpNotice", "query"}
)
"""What `wait` and `expect` may ask about."""


@dataclass(frozen=True, slots=True)
class PlayStep:
    """One step of a script.

    Attributes:
        place: Its number in the file, from 1.
        kind: wait, expect, tap, type, picture, say or stay.
        value: What to wait for, to expect (name → value), the item to tap, letters, a file, or a text.
        patience_s: Longest wait until it can be done.
    """

    place: int
    kind: str
    value: Any
    patience_s: float


def read_script(path: Path) -> list[PlayStep]:
    """The steps of a script.

    Raises:
        PlayError: If the file cannot be read, or with the first step that is not one.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PlayError(f"{path}：读不了（{error}）") from None
    if not isinstance(content, list):
        raise PlayError(f"{path}：应是一个 JSON 数组，每项一步")
    return [_step(place, step) for place, step in enumerate(content, 1)]


def _step(place: int, step: object) -> PlayStep:
    if not isinstance(step, dict):
        raise PlayError(f'第 {place} 步：应写成 {{"tap": "名称"}} 的样子')
    kinds = [kind for kind in _KINDS if kind in step]
    strange = set(step) - set(_KINDS) - {"patience_s"}
    if len(kinds) != 1 or strange:
        raise PlayError(f"第 {place} 步：应恰好是 {'、'.join(_KINDS)} 之一，可加 patience_s")
    kind = kinds[0]
    value, patience_s = step[kind], step.get("patience_s", PATIENCE_S)
    if not isinstance(value, _KINDS[kind]) or not isinstance(patience_s, int | float):
        raise PlayError(f"第 {place} 步：{kind} 的值类型不对")
    if kind in ("wait", "expect"):
        value = dict(value) if isinstance(value, dict) else {"page": value}
        unknown = set(value) - LOOKS
        if value.get("page", Page.HOME) not in set(Page):
            raise PlayError(f"第 {place} 步：没有页面 {value['page']}；有的是 {'、'.join(Page)}")
        if unknown:
            raise PlayError(f"第 {place} 步：看不到 {'、'.join(sorted(unknown))}；能看的有 {'、'.join(sorted(LOOKS))}")
    if kind == "picture" and (Path(value).is_absolute() or ".." in Path(value).parts):
        raise PlayError(f"第 {place} 步：图片只写文件名，存在 --pictures 的文件夹里")
    return PlayStep(place, kind, value, float(patience_s))
