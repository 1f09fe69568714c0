"""Settings of a window client, as data: the tables `[window]` and `[devices]` of its file, and the hall key."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from devices.config import TABLE as DEVICES
from devices.config import DevicesConfig, ScannerConfig
from hall.errors import ConfigError, file_words
from hall.settings import Settings, read_table
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key
from themes.loader import theme_names

TABLE = "window"


class WindowConfig(Settings):
    """One window; a relative path is taken from the folder of the settings file."""

    number: int = Field(ge=1, le=999, description="窗口号，和墙上挂的一样")
    hall_key: Path = Field(description="大厅密钥文件，由 hall init 生成，权限 0600；评价屏用它证明自己")
    data: Path = Field(
        Path("data/window"), description="数据文件夹：记下本窗口办过的事，断线时打的单子也在里面；各窗口号各用其中一个"
    )
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
    scanner: ScannerConfig | None = Field(
        None, description="窗口自己的扫码器，读取号单上的码；像键盘一样打字的扫码器不用写"
    )
    idle_text: str = Field(
        "", max_length=40, description="窗口屏空闲时显示的字，如部门名；空着则用办事目录里的窗口名称"
    )


@dataclass(frozen=True, slots=True, repr=False)
class Setup:
    """Everything a window client needs to start, already checked.

    Attributes:
        window: Its own settings.
        devices: Call pad, rating pad and strip; other kinds in the same table are the kiosk's.
        hall_key: The hall's secret, for the rating page's own session.
        folder: The data folder of this window alone.
    """

    window: WindowConfig
    devices: DevicesConfig
    hall_key: bytes
    folder: Path

    def __repr__(self) -> str:
        return f"Setup(window {self.window.number})"


def load(path: Path, environment: Mapping[str, str], *, box: bool = False) -> Setup:
    """Read and check the settings file.

    Args:
        path: A TOML file; it may hold tables of other programs too.
        environment: `ONEWINDOW_WINDOW_*` and `ONEWINDOW_DEVICES_*` override it.
        box: Whether the window shall run without a screen, which takes a call pad.

    Raises:
        ConfigError: With every mistake at once, the theme and the key's file among them.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [f"文件读不了：{file_words(error)}"]) from None
    mistakes: list[str] = []
    window = read_table(WindowConfig, text, str(path), TABLE, environment, mistakes)
    devices = read_table(DevicesConfig, text, str(path), DEVICES, environment, mistakes)
    hall_key = b""
    if window is not None:
        if window.theme not in theme_names():
            mistakes.append(f"{TABLE}.theme：没有 {window.theme} 这个外观；有的是：{'、'.join(theme_names())}")
        try:
            hall_key = read_hall_key(path.resolve().parent / window.hall_key)
        except HallKeyUnusable as error:
            mistakes.append(f"{TABLE}.hall_key：{error}；{error.advice}")
    if box and devices is not None and devices.call_pad is None:
        mistakes.append(f"{DEVICES}.call_pad：没有屏幕的窗口要有呼叫器，请写上")
    if mistakes or window is None or devices is None:
        raise ConfigError(str(path), list(dict.fromkeys(mistakes)))
    return Setup(window, devices, hall_key, path.resolve().parent / window.data / str(window.number))
