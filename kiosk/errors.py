"""What can go wrong in a kiosk of itself: one branch of the tree of hall.errors.

KioskError (WorldError)
└── NoCatalog                    no catalogue yet: the kiosk shows 尚未配置
InputError
├── HallKeyUnusable              the hall key's file cannot be read or holds no key
└── PlayError                    a script of `--play` asks for what the screen does not have
"""

# ruff: noqa: N818 - an error is named by what is wrong

from hall.errors import InputError, Retry, WorldError


class KioskError(WorldError):
    """The kiosk cannot do this one act."""

    code = "kiosk.error"


class NoCatalog(KioskError):
    """There has never been a catalogue here, so nothing can be issued."""

    code = "kiosk.no_catalog"
    advice = "请技术人员接通排队服务器，等事项目录到达本机"


class HallKeyUnusable(InputError):
    """The file of the hall key is missing, unreadable, or does not hold 32 bytes."""

    code = "kiosk.hall_key"
    retry = Retry.AFTER_MENDING
    advice = "请把 hall init 生成的大厅密钥文件放到 hall_key_file 所写的位置"


class PlayError(InputError):
    """A step of a script cannot be played; names the step and what the screen shows instead."""

    code = "kiosk.play"
