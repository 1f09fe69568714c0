"""Settings of a window client, as data: the table `[window]` of its file, and the hall key beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from hall.errors import ConfigError
from hall.settings import Settings, read_settings
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key
from themes.loader import theme_names

TABLE = "window"


class WindowConfig(Settings):
    """One window; a relative path is taken from the folder of the settings file."""

    number: int = Field(ge=1, le=999, description="窗口号，和墙上挂的一样")
    hall_key: Path = Field(description="大厅密钥文件，由 hall init 生成，权限 0600；评价屏用它证明自己")
    server: str = Field(
        "", pattern=r"^(https?://\S+)?$", description="排队服务器地址，如 http://10.0.0.2:8600；空着则自动寻找"
    )
    theme: str = Field("standard", description="外观：standard、high_contrast、large_print 或本市自己的")
    language: Literal["zh", "en"] = Field("zh", description="界面语言")
    rating: bool = Field(default=True, description="是否在第二块屏上显示评价页")
    full_screen: bool = Field(default=False, description="窗口页占满整个屏幕")
    width: int = Field(1366, ge=800, le=7680, description="不占满屏幕时的窗口宽，像素")
    height: int = Field(768, ge=450, le=4320, description="不占满屏幕时的窗口高，像素")
    rating_width: int = Field(1024, ge=480, le=7680, description="评价页的宽，像素；有第二块屏时占满那块屏")
    rating_height: int = Field(600, ge=280, le=4320, description="评价页的高，像素")


@dataclass(frozen=True, slots=True, repr=False)
class Setup:
    """Everything a window client needs to start, already checked.

    Attributes:
        window: Its own settings.
        hall_key: The hall's secret, for the rating page's own session.
    """

    window: WindowConfig
    hall_key: bytes

    def __repr__(self) -> str:
        return f"Setup(window {self.window.number})"


def load(path: Path, environment: Mapping[str, str]) -> Setup:
    """Read and check the settings file.

    Args:
        path: A TOML file; it may hold tables of other programs too.
        environment: `ONEWINDOW_WINDOW_*` overrides it.

    Raises:
        ConfigError: With every mistake at once, the theme and the key's file among them.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [f"文件读不了：{error}"]) from None
    window = read_settings(WindowConfig, text, str(path), TABLE, environment)
    mistakes: list[str] = []
    if window.theme not in theme_names():
        mistakes.append(f"{TABLE}.theme：没有 {window.theme} 这个外观；有的是：{'、'.join(theme_names())}")
    hall_key = b""
    try:
        hall_key = read_hall_key(path.resolve().parent / window.hall_key)
    except HallKeyUnusable as error:
        mistakes.append(f"{TABLE}.hall_key：{error}；{error.advice}")
    if mistakes:
        raise ConfigError(str(path), mistakes)
    return Setup(window, hall_key)
