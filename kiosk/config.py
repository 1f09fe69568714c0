"""Settings of a kiosk, as data: the tables `[kiosk]` and `[devices]` of its file, and the hall key beside the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from devices.config import TABLE as DEVICES
from devices.config import DevicesConfig
from hall.errors import ConfigError, file_words
from hall.settings import Settings, read_table
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key

TABLE = "kiosk"
ROLL_FILE = "paper-roll.json"


class KioskConfig(Settings):
    """One kiosk; a relative path is taken from the folder of the settings file."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="本机在大厅里的唯一名称，小写字母、数字和连字符"
    )
    number: int = Field(1, ge=1, le=999, description="机身上的编号，印在取号单上")
    data: Path = Field(description="数据文件夹，只给这一台取号机用")
    hall_key: Path = Field(description="大厅密钥文件，由 hall init 生成，权限 0600")
    server: str = Field(
        "", pattern=r"^(https?://\S+)?$", description="排队服务器地址，如 http://10.0.0.2:8600；空着则自动寻找"
    )
    full_screen: bool = Field(default=True, description="占满整个屏幕")
    width: int = Field(1080, ge=320, le=7680, description="不占满屏幕时的窗口宽，像素")
    height: int = Field(1920, ge=480, le=7680, description="不占满屏幕时的窗口高，像素")


@dataclass(frozen=True, slots=True, repr=False)
class Setup:
    """Everything a kiosk needs to start, already checked.

    Attributes:
        kiosk: Its own settings.
        devices: Its devices.
        hall_key: The hall's secret.
    """

    kiosk: KioskConfig
    devices: DevicesConfig
    hall_key: bytes

    def __repr__(self) -> str:
        return f"Setup({self.kiosk.name})"


def load(path: Path, environment: Mapping[str, str]) -> Setup:
    """Read and check the settings file.

    Args:
        path: A TOML file; it may hold tables of other programs too.
        environment: `ONEWINDOW_KIOSK_*` and `ONEWINDOW_DEVICES_*` override it.

    Raises:
        ConfigError: With every mistake of both tables and of the key at once.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), [f"文件读不了：{file_words(error)}"]) from None
    mistakes: list[str] = []
    kiosk = read_table(KioskConfig, text, str(path), TABLE, environment, mistakes)
    devices = read_table(DevicesConfig, text, str(path), DEVICES, environment, mistakes)
    hall_key, base = b"", path.resolve().parent
    if kiosk is not None:
        try:
            hall_key = read_hall_key(base / kiosk.hall_key)
        except HallKeyUnusable as error:
            mistakes.append(f"{TABLE}.hall_key：{error}；{error.advice}")
    if mistakes or kiosk is None or devices is None:
        raise ConfigError(str(path), list(dict.fromkeys(mistakes)))
    kiosk = kiosk.model_copy(update={"data": base / kiosk.data})
    return Setup(kiosk, _counting_beside(kiosk.data, devices), hall_key)


def _counting_beside(data: Path, devices: DevicesConfig) -> DevicesConfig:
    """The devices with the count of the printer's paper in the kiosk's own folder, unless told otherwise."""
    printer = devices.printer
    if printer is None or printer.roll_file is not None:
        return devices
    return devices.model_copy(update={"printer": printer.model_copy(update={"roll_file": data / ROLL_FILE})})
