"""Is there a screen to draw on? Asked before Qt is, which would end the program with a message of its own."""

from collections.abc import Mapping

NO_SCREEN = "没有屏幕：请在桌面里运行，或设置 DISPLAY；不需要画面时设置 QT_QPA_PLATFORM=offscreen"


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether Qt will find something to draw on.

    Args:
        environment: The process's variables.
        platform: As `sys.platform` says; only Linux can be without a desktop.
    """
    named = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    return not platform.startswith("linux") or any(environment.get(name) for name in named)
