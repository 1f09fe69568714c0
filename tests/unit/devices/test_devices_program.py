"""The settings, the registry and the devices program, with the twins of all kinds."""

import threading
from pathlib import Path
from queue import Queue

import pytest

from devices.__main__ import main
from devices.commands import build_all, check, watch
from devices.config import (
    DevicesConfig,
    EscposConfig,
    IdCardConfig,
    KeyboardRatingPadConfig,
    ScannerConfig,
    SerialCallPadConfig,
    SunpnConfig,
    load,
)
from devices.id_card.simulator import IdCardSimulator
from devices.registry import TWINS, build_id_card, build_printer, build_scanner, twin_class
from devices.scanner.simulator import ScannerSimulator
from hall.errors import ConfigError, InputError


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(
        '[devices.id_card]\ndriver = "magic"\nport = "/dev/x"\n[devices.scanner]\nport = ""\nbuad = 9600\n'
        '[devices.printer]\naddress = "usb"\n[devices.toaster]\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        load(path, {})
    text = str(told.value)
    for word in ("id_card.driver", "scanner.port", "是不是想写 baud", "printer.address", "toaster"):
        assert word in text
    with pytest.raises(ConfigError, match="读不了"):
        load(tmp_path / "none.toml", {})


def test_settings_have_defaults_and_the_environment_wins(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[devices.id_card]\nport = "/dev/x"\n', encoding="utf-8")
    config = load(path, {"ONEWINDOW_DEVICES_ID_CARD__BAUD": "9600"})
    assert config.id_card == IdCardConfig(port="/dev/x", baud=9600)
    assert config.scanner is None
    with pytest.raises(ConfigError, match="12345"):
        load(path, {"ONEWINDOW_DEVICES_ID_CARD__BAUD": "12345"})
    config = load(path, {"ONEWINDOW_DEVICES_ID_CARD__BAUD": "auto"})
    assert config.id_card == IdCardConfig(port="/dev/x", baud="auto")
    with pytest.raises(ConfigError, match=r"1 处需要修改.*\n.*或写 auto"):
        load(path, {"ONEWINDOW_DEVICES_ID_CARD__BAUD": "fast"})


def test_the_registry_builds_what_the_settings_name() -> None:
    assert build_id_card(IdCardConfig(port="p", name="door"), lambda _: None).name == "door"
    assert build_scanner(ScannerConfig(port="p"), lambda _: None).name == "scanner"
    assert build_printer(EscposConfig(address="tcp:127.0.0.1:9100")).name == "printer"
    assert {twin_class(kind).kind for kind in TWINS} == set(TWINS)
    with pytest.raises(InputError, match="id_card"):
        twin_class("toaster")


def test_a_technician_sees_what_is_there_and_what_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin = IdCardSimulator(link=tmp_path / "id_card")
    twin.start()
    path = tmp_path / "kiosk.toml"
    try:
        path.write_text(f'[devices.id_card]\nport = "{twin.address}"\n', encoding="utf-8")
        assert main(["test", "--config", str(path)]) == 0
        assert "正常" in capsys.readouterr().out
        with path.open("a", encoding="utf-8") as file:
            file.write(f'[devices.scanner]\nport = "{tmp_path}/none"\n')
        assert main(["test", "--config", str(path)]) == 1
        out = capsys.readouterr().out
        assert "正常" in out
        assert "未连接" in out
        assert "device.missing" in out
    finally:
        twin.stop()
    assert main(["test", "--config", str(tmp_path / "none.toml")]) == 1
    assert "config.mistakes" in capsys.readouterr().err
    assert main(["list"]) == 0
    assert "sdt" in capsys.readouterr().out


def test_watching_says_events_without_their_content(tmp_path: Path) -> None:
    reader, scanner = IdCardSimulator(link=tmp_path / "id_card"), ScannerSimulator(link=tmp_path / "scanner")
    for twin in (reader, scanner):
        twin.start()
    said: Queue[str] = Queue()
    stop = threading.Event()
    config = DevicesConfig(id_card=IdCardConfig(port=reader.address), scanner=ScannerConfig(port=scanner.address))
    thread = threading.Thread(target=watch, args=(config, said.put, stop))
    thread.start()
    try:
        assert {said.get(timeout=20).split()[0] for _ in range(2)} == {"id_card", "scanner"}
        scanner.act("show", {"text": "OW1:SECRET"})
        scan = said.get(timeout=20)
        assert "Scan" in scan
        assert "SECRET" not in scan
        masked = reader.act("lay", {"seed": 11})["masked_name"]
        assert masked in said.get(timeout=20)
        scanner.act("unplug", {})
        assert "上次正常" in said.get(timeout=20)
    finally:
        stop.set()
        thread.join(10)
        for twin in (reader, scanner):
            twin.stop()


def test_a_device_that_never_opens_is_told_stuck_and_the_others_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = threading.Event()
    twin = ScannerSimulator(link=tmp_path / "scanner")
    twin.start()
    monkeypatch.setattr("devices.id_card.drivers.sdt.SdtReader.open", lambda _: free.wait(60))
    config = DevicesConfig(id_card=IdCardConfig(port="p"), scanner=ScannerConfig(port=twin.address))
    said: list[str] = []
    try:
        assert not check(config, said.append, patience_s=3.0)
    finally:
        free.set()
        twin.stop()
    assert "device.stuck" in said[0]
    assert "正常" in said[1]


def test_pads_are_serial_unless_said_and_every_mistake_in_them_is_told(tmp_path: Path) -> None:
    path = tmp_path / "window.toml"
    path.write_text(
        '[devices.call_pad]\nport = "/dev/x"\n[devices.rating_pad]\ndriver = "keyboard"\npath = "/dev/input/y"\n'
        '[devices.led_display]\ndriver = "sunpn"\nport = "/dev/z"\n',
        encoding="utf-8",
    )
    config = load(path, {"ONEWINDOW_DEVICES_CALL_PAD__ADDRESS": "7"})
    assert config.call_pad == SerialCallPadConfig(port="/dev/x", address=7)
    assert config.rating_pad == KeyboardRatingPadConfig(path="/dev/input/y")
    assert config.led_display == SunpnConfig(port="/dev/z")
    assert [device.name for device in build_all(config, lambda _: None)] == ["rating_pad", "call_pad", "led_display"]
    path.write_text(
        '[devices.call_pad]\nport = "/dev/x"\nkey_frame = "FF 68 data"\nshow_frame = "FF xy"\n'
        'keys = { "0G" = "enter", "01" = "fly" }\n'
        '[devices.rating_pad]\ndriver = "keyboard"\npath = "y"\nkeys = { key_1 = 5, KEY_2 = 6 }\n'
        '[devices.led_display]\nport = "/dev/z"\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as told:
        load(path, {})
    text = str(told.value)
    assert len(told.value.mistakes) == 7
    for words in (
        "call_pad.key_frame：接收用的帧模板，data 要写明字节数",
        "call_pad.show_frame：帧模板里的 xy 不认识",
        "call_pad.keys.0G：键值 0G 应为十六进制",
        "call_pad.keys.01：'fly' 应是",
        "rating_pad.keys.key_1：按键名 key_1 应如 KEY_KP1",
        "rating_pad.keys.KEY_2：6 应是 5、4、3、2、1 之一",
        "led_display：缺少 driver，应是 onbon、sunpn、number_board 之一",
    ):
        assert words in text


@pytest.mark.parametrize(
    "wrong",
    [
        ["simulate", "printer", "--port", "99999"],
        ["simulate", "camera", "--port", "-1"],
        ["simulate", "camera", "--fps", "0"],
        ["simulate", "id_card", "--control-port", "x"],
        ["fuzz", "id_card", "--bytes", "-5"],
    ],
)
def test_a_number_that_is_none_is_told_at_once(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert "应" in capsys.readouterr().err
