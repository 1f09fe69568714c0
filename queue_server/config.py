"""The server's settings as data; every mistake of the file is told at once, in plain words."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from hall.errors import ConfigError, file_words
from hall.settings import Settings, read_settings

TABLE = "server"


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError(f"{text!r} 不是 IP 地址；只在本机使用写 127.0.0.1，对局域网开放写本机网卡的地址") from None


def _relay(text: str) -> str:
    """Only over HTTPS, but for a relay on this very machine (behind its own proxy, or for a trial)."""
    parts = urlsplit(text)
    local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if text and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and local))):
        raise ValueError("应写成 https://主机名；只有在本机试用才可以写 http://127.0.0.1:端口")
    return text.rstrip("/")


class ServerSettings(Settings):
    """The table `[server]`; a relative path is taken from the folder of the settings file."""

    hall_id: str = Field(
        pattern=r"^[a-z][a-z0-9-]{0,23}$",
        description="大厅代号，与办事目录里 [hall] 的 id 相同；别的大厅的数据不会打开",
    )
    data: Path = Field(default=Path("data/server"), description="数据文件夹：数据库、备份、语音。须在本机硬盘上")
    hall_key: Path = Field(
        default=Path("data/secrets/hall.key"), description="大厅密钥文件，权限须是 0600，不要放进服务器的数据文件夹"
    )
    host: Annotated[str, AfterValidator(_address)] = Field(
        default="127.0.0.1", description="监听的 IP 地址。默认只有本机能连"
    )
    port: int = Field(default=8600, ge=0, le=65_535, description="监听的端口；0 是由系统挑一个空的")
    advertise: bool = Field(default=False, description="是否用 zeroconf 在局域网上报告自己的地址，让取号机自动找到")
    voice: bool = Field(default=True, description="叫号是否出声；关掉后叫号屏只显示")
    voice_clips: Path | None = Field(default=None, description="录音文件夹：一个音节一个 WAV；不写就用 espeak-ng")
    backup_minutes: float = Field(default=5, gt=0, le=1440, description="每隔多少分钟自动备份一次")
    backup_copy: Path | None = Field(
        default=None,
        description="第二处备份的文件夹，要先在另一块盘或网络盘里建好；不写就只有数据文件夹里一处",
    )
    relay: Annotated[str, AfterValidator(_relay)] = Field(
        default="",
        description="手机页的中转（onewindow relay）的网址，如 https://queue.example.cn；大厅主动送去，不用开放大厅的端口",
    )
    forecast: bool = Field(default=True, description="是否预计等候时间；关掉后各屏只说前面几人")
    alert_minutes: float = Field(default=40, gt=0, le=480, description="最久等候超过多少分钟，管理页报红")
    warn_minutes: float = Field(default=25, gt=0, le=480, description="最久等候超过多少分钟，管理页报黄")

    @model_validator(mode="after")
    def _warn_before_alert(self) -> "ServerSettings":
        if self.warn_minutes > self.alert_minutes:
            raise ValueError("warn_minutes 应不大于 alert_minutes：先报黄，再报红")
        return self

    @property
    def database(self) -> Path:
        """The hall's database file."""
        return self.data / "hall.db"

    @property
    def backup_folder(self) -> Path:
        """The first place of backups."""
        return self.data / "backups"

    @property
    def voice_folder(self) -> Path:
        """Where finished WAVs are kept; may be emptied at any time."""
        return self.data / "voice"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return ipaddress.ip_address(self.host).is_loopback


def load(path: Path | None, environment: Mapping[str, str]) -> ServerSettings:
    """Settings from a file (or none: all defaults) and `ONEWINDOW_SERVER_*` variables, with paths made absolute.

    Raises:
        ConfigError: With every mistake at once; also when the file cannot be read.
    """
    text, where, base = "", "环境变量和默认设置", Path.cwd()
    if path is not None:
        where, base = str(path), path.resolve().parent
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(where, [f"读不了这个文件：{file_words(error)}"]) from None
    settings = read_settings(ServerSettings, text, where, TABLE, environment)
    places = {name: base / value for name, value in settings if isinstance(value, Path)}
    return settings.model_copy(update=places)
