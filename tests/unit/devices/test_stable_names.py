"""Stable names: the rules file for udev, what it asks for when devices cannot be told apart, and what a list shows."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from devices.__main__ import main
from devices.config import DevicesConfig, IdCardConfig, load
from devices.listing import as_lines, roles_for
from devices.transports.ports import PortFound, ports_found
from devices.udev.known_ids import KNOWN, hint
from devices.udev.rules import rules_of
from hall.errors import ConfigError

GOLDEN = Path(__file__).parents[2] / "golden" / "udev"
ALIKE = '[devices.id_card]\nport = "a"\nusb = "1a86:7523"\n{0}\n[devices.scanner]\nport = "b"\nusb = "1a86:7523"\n{1}\n'


def told(tmp_path: Path, text: str) -> str:
    path = tmp_path / "hall.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as mistaken:
        rules_of(load(path, {}), "hall.toml")
    return str(mistaken.value)


def test_the_rules_of_a_hall_are_those_written_by_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    golden = (GOLDEN / "71-onewindow.rules").read_text(encoding="utf-8")
    assert main(["udev", "--config", str(GOLDEN / "hall.toml")]) == 0
    assert capsys.readouterr().out == golden
    out = tmp_path / "71-onewindow.rules"
    assert main(["udev", "--config", str(GOLDEN / "hall.toml"), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == golden
    assert main(["udev", "--config", str(GOLDEN / "hall.toml"), "--out", str(tmp_path / "no" / "x")]) == 1
    assert "写不了" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("", "", "请给两个都写上 usb_path"),
        ('usb_path = "1-1.2"', "", "请给两个都写上 usb_path"),
        ('usb_path = "1-1.2"', 'usb_serial = "A1"', "请给两个都写上 usb_path"),
        ('usb_path = "1-1.2"', 'usb_path = "1-1.2"', "一个插口只能插一个设备"),
        ('usb_serial = "A1"', 'usb_serial = "A1"', "请改写 usb_path"),
    ],
)
def test_two_alike_that_cannot_be_told_apart_are_a_mistake_that_says_what_to_add(
    tmp_path: Path, first: str, second: str, word: str
) -> None:
    mistake = told(tmp_path, ALIKE.format(first, second))
    assert word in mistake
    assert "devices.id_card 和 devices.scanner" in mistake


@pytest.mark.parametrize(
    ("first", "second"),
    [('usb_path = "1-1.2"', 'usb_path = "1-1.3"'), ('usb_serial = "A1"', 'usb_serial = "A2"')],
)
def test_two_alike_in_two_sockets_or_with_two_numbers_are_told_apart(tmp_path: Path, first: str, second: str) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(ALIKE.format(first, second), encoding="utf-8")
    assert rules_of(load(path, {}), "hall.toml").count("SYMLINK+=") == 2


def test_other_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        '[devices.id_card]\nport = "a"\nusb_path = "1-1"\n'
        '[devices.printer]\naddress = "tcp:10.0.0.9:9100"\nusb = "04b8:0202"\n'
    )
    mistake = told(tmp_path, text)
    assert "还要写 usb" in mistake
    assert "接在网络上" in mistake
    assert "没有一个设备写了 usb" in told(tmp_path, '[devices.id_card]\nport = "a"\n')
    wrong = '[devices.id_card]\nport = "a"\nusb = "1a86"\nusb_path = "x"\nusb_serial = "a\\"b"\n'
    mistake = told(tmp_path, wrong)
    for word in ("1a86:7523", "1-1.2", "序列号"):
        assert word in mistake


def test_ids_in_the_wrong_role_get_a_hint() -> None:
    assert hint("1a86:7523", "id_card") == ""
    assert "打印机" in hint("04b8:0202", "id_card")
    assert "现在还不能用" in hint("0400:c35a", "id_card")
    assert hint("1234:abcd", "id_card") == ""
    assert all(usb == usb.lower() and len(usb) == 9 for usb in KNOWN)


def test_ports_are_listed_with_the_names_that_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    port = tmp_path / "ttyUSB0"
    port.touch()
    names = tmp_path / "by-path"
    names.mkdir()
    (names / "pci-0-usb-0:1.2").symlink_to(port)
    found = [
        SimpleNamespace(
            device=str(port), vid=0x1A86, pid=0x7523, location="1-1.2:1.0", serial_number=None,
            product="USB Serial", description="USB Serial",
        ),
        SimpleNamespace(
            device="/dev/ttyS0", vid=None, pid=None, location=None, serial_number=None, product=None, description="n/a"
        ),
    ]  # fmt: skip
    monkeypatch.setattr("devices.transports.ports.comports", lambda: found)
    built_in, adapter = ports_found([str(names), str(tmp_path / "none")])
    assert built_in == PortFound("/dev/ttyS0", "", None, None, None, ())
    assert (adapter.usb, adapter.usb_path, adapter.stable) == ("1a86:7523", "1-1.2", (str(names / "pci-0-usb-0:1.2"),))
    text = "\n".join(as_lines([built_in, adapter]))
    for word in ('usb = "1a86:7523"', 'usb_path = "1-1.2"', "CH340", "by-path", "本来就固定", "身份证阅读器"):
        assert word in text


def test_a_port_that_has_its_role_is_listed_with_that_role_alone() -> None:
    named = PortFound("/dev/ttyUSB0", "", "1a86:7523", "1-1", None, ("/dev/onewindow/scanner",))
    assert roles_for(named) == ["scanner"]
    assert roles_for(PortFound("/dev/ttyACM0", "", "1eab:8206", "1-1", None, ())) == ["scanner"]


def test_list_test_and_watch_speak_json_and_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"id_card", "printer"} <= {kind["kind"] for kind in told["kinds"]}
    path = tmp_path / "hall.toml"
    path.write_text('[devices.id_card]\nport = "/dev/onewindow-none"\n', encoding="utf-8")
    assert main(["test", "--json", "--config", str(path)]) == 1
    row = json.loads(capsys.readouterr().out)
    assert (row["device"], row["problem"], row["trouble"]) == ("id_card", "device.missing", "没有接上")
    path.write_text("[devices]\n", encoding="utf-8")
    for command in ("test", "watch"):
        assert main([command, "--config", str(path)]) == 1
        told = capsys.readouterr().err
        assert told.startswith("设置里没有设备")
        assert "input.error" not in told
        assert len(told.splitlines()) == 1


def test_a_device_without_usb_settings_is_as_before() -> None:
    assert IdCardConfig(port="p") == IdCardConfig(port="p", usb=None)
    with pytest.raises(ConfigError):
        rules_of(DevicesConfig(), "hall.toml")
