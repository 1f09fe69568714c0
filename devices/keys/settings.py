"""The types of settings that pads with keys share: frames, key codes and tables."""

import re
from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from devices.keys.template import Finder, Template

K = TypeVar("K")


def _fixed_frame(text: str) -> str:
    if text and "data" in Template.parse(text).words:
        raise ValueError("这个帧每次都一样，不能有 data")
    return text


def _text_frame(text: str) -> str:
    if text and "data" not in Template.parse(text).words:
        raise ValueError("要显示的文字放在哪里？请写上 data")
    return text


def _key_frame(text: str) -> str:
    Finder(Template.parse(text))
    return text


def _code(text: str) -> str:
    try:
        code = bytes.fromhex(text)
    except ValueError:
        code = b""
    if not code:
        raise ValueError(f"键值 {text} 应为十六进制，如 01 或 31 0D")
    return code.hex(" ").upper()


def _key_name(text: str) -> str:
    if not re.fullmatch(r"(KEY|BTN)_[A-Z0-9_]+", text):
        raise ValueError(f"按键名 {text} 应如 KEY_KP1、KEY_ENTER")
    return text


FixedFrame = Annotated[str, AfterValidator(_fixed_frame)]
TextFrame = Annotated[str, AfterValidator(_text_frame)]
KeyFrame = Annotated[str, AfterValidator(_key_frame)]
Code = Annotated[str, AfterValidator(_code)]
KeyName = Annotated[str, AfterValidator(_key_name)]


def by_code(keys: Mapping[str, K]) -> dict[bytes, K]:
    """The table of the settings with its codes as bytes."""
    return {bytes.fromhex(code): key for code, key in keys.items()}
