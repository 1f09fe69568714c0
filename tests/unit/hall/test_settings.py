from typing import Literal

import pytest
from pydantic import Field

from hall.errors import ConfigError
from hall.settings import Settings, read_settings, settings_help


class Printer(Settings):
    address: str = Field(default="tcp:127.0.0.1:9100", description="where")


class Kiosk(Settings):
    data: str = Field(description="folder")
    number: int = Field(default=1, ge=1, description="lane")
    printer: Printer = Printer()


def read(text: str, **environment: str) -> Kiosk:
    return read_settings(Kiosk, text, "kiosk.toml", "kiosk", environment)


def test_the_environment_overrides_the_file() -> None:
    settings = read(
        '[kiosk]\ndata = "a"\n',
        ONEWINDOW_KIOSK_DATA="b",
        ONEWINDOW_KIOSK_PRINTER__ADDRESS="c",
        ONEWINDOW_SERVER_PORT="1",
    )
    assert (settings.data, settings.printer.address) == ("b", "c")


def test_all_mistakes_come_at_once_in_plain_words_with_a_guess() -> None:
    with pytest.raises(ConfigError) as caught:
        read('[kiosk]\nnumbr = 3\nnumber = 0\n[kiosk.printer]\nadress = "x"\n')
    text = str(caught.value)
    assert len(caught.value.mistakes) == 4
    assert "是不是想写 number" in text
    assert "是不是想写 address" in text
    assert "kiosk.data：缺少" in text


@pytest.mark.parametrize("text", ["[kiosk\n", "kiosk = 3\n", '[kiosk]\ndata = "a"\nnumber = "x"\n'])
def test_broken_files_are_explained(text: str) -> None:
    with pytest.raises(ConfigError, match=r"kiosk\.toml"):
        read(text)


def test_the_help_names_every_setting_with_what_it_is_and_what_it_usually_is() -> None:
    words = settings_help(Kiosk, "kiosk")
    assert "[kiosk]" in words
    assert "ONEWINDOW_KIOSK_" in words
    assert [name for name in Kiosk.model_fields if f"\n  {name} " not in words] == []
    assert "PydanticUndefined" not in words


class Wired(Settings):
    driver: Literal["wired"] = Field("wired", description="how")
    port: str = Field(min_length=1, description="which plug")
    keys: dict[str, Literal["up", "down"]] = Field({}, description="what the keys do")


class Wireless(Settings):
    driver: Literal["wireless"] = Field("wireless", description="how")
    channel: int = Field(1, le=13, description="which channel")


class Desk(Settings):
    pad: Wired | Wireless | None = Field(None, discriminator="driver", description="a pad")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('port = "x"', "desk.pad：缺少 driver，应是 wired、wireless 之一"),
        ('driver = "magic"', "desk.pad.driver：'magic' 应是 wired、wireless 之一"),
        ('driver = "wireless"\nchannel = 14', "desk.pad.channel：14 不能大于 13。这个设置是：which channel"),
        ('driver = "wireless"\nchanel = 1', "desk.pad.chanel：没有这个设置，是不是想写 channel"),
        ('driver = "wired"', "desk.pad.port：缺少"),
        (
            'driver = "wired"\nport = "x"\nkeys = { F1 = "on" }',
            "desk.pad.keys.F1：'on' 应是 up、down 之一。这个设置是：what",
        ),
    ],
)
def test_mistakes_in_one_of_several_kinds_are_told_where_they_were_written(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(Desk, f"[desk.pad]\n{text}\n", "desk.toml", "desk", {})
    assert len(caught.value.mistakes) == 1
    assert words in str(caught.value)
