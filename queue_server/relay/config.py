"""The relay's settings as data."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from hall.errors import ConfigError, file_words
from hall.settings import Settings, read_settings

TABLE = "relay"


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError(f"{text!r} 不是 IP 地址") from None


class RelaySettings(Settings):
    """The table `[relay]`; a relative path is taken from the folder of the settings file."""

    key: Path = Field(default=Path("relay.key"), description="中转密钥文件（hall relay-key 写出的那个），权限须是 0600")
    host: Annotated[str, AfterValidator(_address)] = Field(
        default="127.0.0.1", description="监听的 IP 地址。对外的 HTTPS 由前面的反向代理负责"
    )
    port: int = Field(default=8700, ge=0, le=65_535, description="监听的端口；0 是由系统挑一个空的")


def load(path: Path | None, environment: Mapping[str, str]) -> RelaySettings:
    """Settings from a file (or none: all defaults) and `ONEWINDOW_RELAY_*` variables, with paths made absolute.

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
    settings = read_settings(RelaySettings, text, where, TABLE, environment)
    return settings.model_copy(update={"key": base / settings.key})
