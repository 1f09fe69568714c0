"""Frozen values as QML reads them."""

from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: object) -> Any:
    """A dataclass as a map, a tuple as a list, everything inside likewise; other values as they are."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value
