"""The types of settings that pads with keys share: frames, key codes and tables."""

import re
from collections.abc import Mapping
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from devices.keys.template import Finder, Template

K = TypeVar("K")


def _frame(text: str) -> str:
    if text:
        Template.parse(text)
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


Frame = Annotated[str, AfterValidator(_frame)]
KeyFrame = Annotated[str, AfterValidator(_key_frame)]
Code = Annotated[str, AfterValidator(_code)]
KeyName = Annotated[str, AfterValidator(_key_name)]


def by_code(keys: Mapping[str, K]) -> dict[bytes, K]:
    """The table of the settings with its codes as bytes."""
    return {bytes.fromhex(code): key for code, key in keys.items()}
