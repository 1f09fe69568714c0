"""What can go wrong in a kiosk of itself: one branch of the tree of hall.errors.

KioskError (WorldError)
└── NoCatalog                    no catalogue yet: the kiosk shows 尚未配置
InputError
└── PlayError                    a script of `--play` asks for what the screen does not have
"""

# ruff: noqa: N818 - an error is named by what is wrong

from hall.errors import InputError, WorldError


class KioskError(WorldError):
    """The kiosk cannot do this one act."""

    code = "kiosk.error"


class NoCatalog(KioskError):
    """There has never been a catalogue here, so nothing can be issued."""

    code = "kiosk.no_catalog"
    advice = "请技术人员接通排队服务器，等办事目录到达本机"


class PlayError(InputError):
    """A step of a script cannot be played; names the step and what the screen shows instead."""

    code = "kiosk.play"
