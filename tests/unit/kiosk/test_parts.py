"""The small pure parts: settings, scripts, compiled words, windows in few signs, days in words."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from devices.printer.drawing import qr_rows
from hall.catalog import Catalog
from hall.errors import ConfigError
from hall.guidance import windows_of
from hall.head_start import KNOWN_ROWS
from kiosk.__main__ import main
from kiosk.config import load
from kiosk.errors import PlayError
from kiosk.i18n.compiled import compiled, elf_hash
from kiosk.play import read_script
from kiosk.viewmodels.clock_words import date_words, opening_words
from kiosk.viewmodels.hall_model import priority_words
from tests.support.kiosks import HALL_KEY, sample_hall

TUESDAY = datetime(2026, 11, 24, 17, 30)  # noqa: DTZ001 - the hall's own clock


def settings(folder: Path, text: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(text, "utf-8")
    return path


def test_settings_of_both_tables_and_the_key(tmp_path: Path) -> None:
    key = tmp_path / "hall.key"
    key.write_bytes(HALL_KEY)
    key.chmod(0o600)
    path = settings(tmp_path, f'[kiosk]\nname = "k1"\ndata = "{tmp_path}"\nhall_key = "{key}"\n')
    setup = load(path, {"ONEWINDOW_KIOSK_NUMBER": "7"})
    assert (setup.kiosk.name, setup.kiosk.number, setup.hall_key) == ("k1", 7, HALL_KEY)
    assert setup.devices.printer is None
    assert HALL_KEY.hex() not in repr(setup)


def test_every_mistake_at_once(tmp_path: Path) -> None:
    path = settings(
        tmp_path,
        f'[kiosk]\nname = "Kiosk 1"\ndata = "d"\nhall_key = "{tmp_path}/none"\n[devices.printer]\nadress = "x"\n',
    )
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    text = str(caught.value)
    assert "kiosk.name" in text
    assert "是不是想写 address" in text
    good = text.replace("kiosk.name", "")
    assert "devices.printer" in good


def test_paths_are_taken_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    key = tmp_path / "hall.key"
    key.write_bytes(HALL_KEY)
    key.chmod(0o600)
    setup = load(settings(tmp_path, '[kiosk]\nname = "k1"\ndata = "ledger"\nhall_key = "hall.key"\n'), {})
    assert setup.kiosk.data == tmp_path / "ledger"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "读不了"),
        ("{}", "数组"),
        ('["tap"]', "第 1 步"),
        ('[{"tap": "a"}, {"hop": "b"}]', "第 2 步"),
        ('[{"tap": 3}]', "类型"),
        ('[{"wait": {"weather": "rain"}}]', "看不到 weather"),
        ('[{"tap": "a", "wait": "home"}]', "恰好"),
        ('[{"wait": "hoem"}]', "没有页面 hoem"),
        ('[{"picture": "../x.png"}]', "只写文件名"),
    ],
)
def test_a_script_with_a_mistake_names_its_step(tmp_path: Path, text: str, part: str) -> None:
    path = tmp_path / "play.json"
    path.write_text(text, "utf-8")
    with pytest.raises(PlayError, match=part):
        read_script(path)


def test_steps_in_order_with_their_patience(tmp_path: Path) -> None:
    path = tmp_path / "play.json"
    path.write_text('[{"wait": "home", "patience_s": 3}, {"tap": "search"}]', "utf-8")
    first, second = read_script(path)
    assert (first.value, first.patience_s) == ({"page": "home"}, 3.0)
    assert (second.kind, second.value, second.place) == ("tap", "search", 2)


def test_qt_finds_compiled_words_in_any_context(tmp_path: Path) -> None:
    words = {"首页": "Home", "%1 秒后回到首页": "Home in %1 s", "取号": "Get number"}
    path = tmp_path / "words.qm"
    path.write_bytes(compiled(words))
    translator = QTranslator()
    assert translator.load(str(path))
    for source, target in words.items():
        assert translator.translate("AnyPage", source) == target
    assert not translator.translate("AnyPage", "没有的话")


def test_the_hash_is_that_of_the_object_format() -> None:
    assert elf_hash(b"") == 1
    assert elf_hash(b"printf") == 0x077905A6  # the example of the System V ABI
    assert elf_hash(b"a" * 100) < 2**28


def test_windows_in_few_signs() -> None:
    assert windows_of(sample_hall(), "social_insurance") == "3-4"
    assert windows_of(sample_hall(), "property", dash="–", comma=", ") == "8–9"
    hall = sample_hall()
    everywhere = hall.groups[0].model_copy(update={"place": "一楼大厅"})
    moved = Catalog(hall=hall.hall, groups=(everywhere, *hall.groups[1:]), services=hall.services, windows=hall.windows)
    assert windows_of(moved, "social_insurance", comma=", ") == "1-4"
    assert windows_of(sample_hall(), "nobody") == ""


def test_days_and_hours_in_words() -> None:
    assert date_words(TUESDAY, english=False) == "11 月 24 日\u2003星期二"
    assert date_words(TUESDAY, english=True) == "Tue 24 Nov"
    tomorrow, friday = TUESDAY.replace(day=25, hour=9, minute=0), TUESDAY.replace(day=27, hour=9, minute=0)
    assert opening_words(TUESDAY, tomorrow, english=False) == "明天 09:00"
    assert opening_words(TUESDAY, friday, english=False) == "11 月 27 日星期五 09:00"
    assert opening_words(TUESDAY, friday, english=True) == "Fri 09:00"
    assert opening_words(TUESDAY, None, english=True) == ""


def test_the_code_on_the_screen_is_square_and_has_its_three_corners() -> None:
    rows = qr_rows("OW1:" + "A2B" * 30)
    size = len(rows)
    assert all(len(row) == size for row in rows)
    assert (size - 17) % 4 == 0
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert rows[top][left : left + 7] == "1" * 7
        assert rows[top + 1][left : left + 7] == "1000001"


def test_the_paper_count_lies_with_the_kiosk_and_begins_anew_by_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = tmp_path / "hall.key"
    key.write_bytes(HALL_KEY)
    key.chmod(0o600)
    kiosk = '[kiosk]\nname = "k1"\ndata = "ledger"\nhall_key = "hall.key"\n[devices.printer]\naddress = "tcp:h:9100"\n'
    path = settings(tmp_path, kiosk)
    assert main(["--config", str(path), "--new-roll"]) == 1
    assert "paper_length_mm" in capsys.readouterr().err
    path = settings(tmp_path, f"{kiosk}paper_length_mm = 85000\n")
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "paper-roll.json").write_text('{"used_mm": 80000.0, "slip_mm": 170.0}')
    assert main(["--config", str(path), "--new-roll"]) == 0
    assert "约剩 500 张" in capsys.readouterr().out


def test_the_button_says_whom_the_halls_own_table_names() -> None:
    hall = sample_hall().hall
    assert priority_words(hall, english=False) == "65 岁以上、残疾人、军人等"
    assert priority_words(hall, english=True) == "65 or over, Disabled, Military"
    none = tuple(row for row in hall.head_starts if row.id in KNOWN_ROWS)
    assert priority_words(hall.model_copy(update={"head_starts": none}), english=False) == "65 岁以上等"
