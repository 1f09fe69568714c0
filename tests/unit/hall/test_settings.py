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
