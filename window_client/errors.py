"""What can go wrong in a window client of itself: one branch of the tree of hall.errors.

InputError
├── HallKeyUnusable              the hall key's file cannot be read or holds no key
└── PlayError                    a step of `--play` asks for what the screens do not have
"""

# ruff: noqa: N818 - an error is named by what is wrong

from hall.errors import InputError, Retry


class HallKeyUnusable(InputError):
    """The file of the hall key is missing, unreadable, or does not hold 32 bytes."""

    code = "window.hall_key"
    retry = Retry.AFTER_MENDING
    advice = "请把 hall init 生成的大厅密钥文件放到 hall_key 所写的位置"


class PlayError(InputError):
    """A step of a script cannot be played; says what there is instead."""

    code = "window.play"
