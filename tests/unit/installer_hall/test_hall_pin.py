"""A new PIN for somebody who forgot it: the account stays what it was."""

from pathlib import Path

import pytest

from installer.hall_init.__main__ import SAMPLE, main


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("hall") / "data")
    assert main(["init", folder]) == 0
    return folder


@pytest.mark.parametrize(("staff", "role"), [("1001", "manager"), ("0303", "clerk")])
def test_an_account_keeps_what_it_may_do(hall: str, capsys: pytest.CaptureFixture[str], staff: str, role: str) -> None:
    for _ in range(2):
        assert main(["pin", staff, hall]) == 0
        assert f"  {role}（" in capsys.readouterr().out


@pytest.mark.parametrize(("staff", "said"), [("9999", "--new"), ("abc!", "2 到 12 位数字")])
def test_a_slip_of_the_finger_makes_no_account(
    hall: str, capsys: pytest.CaptureFixture[str], staff: str, said: str
) -> None:
    assert main(["pin", staff, hall]) == 1
    assert said in capsys.readouterr().err


def test_a_new_account_is_made_on_purpose(hall: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pin", "--new", "manager", "2002", hall]) == 0
    assert main(["pin", "2002", hall]) == 0
    assert "manager" in capsys.readouterr().out.splitlines()[-1]


def test_a_second_hall_is_not_made_over_the_first_nor_first_thing_advised(
    hall: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", hall]) == 1
    said = capsys.readouterr().err
    assert "已经有一个大厅" in said
    assert said.index("请从别处拷回或恢复备份") < said.index("空文件夹")


def test_without_a_hall_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pin", "1001", str(tmp_path)]) == 1
    assert "里没有大厅的设置" in capsys.readouterr().err


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_option_stands_anywhere(hall: str, capsys: pytest.CaptureFixture[str], at: int) -> None:
    words = ["1001", hall]
    words[at:at] = ["--new", "manager"]
    assert main(["pin", *words]) == 0
    assert "工号 1001" in capsys.readouterr().out


@pytest.mark.parametrize("option", [[], ["--catalogue"]])
def test_a_catalogue_is_named_either_way(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: list[str]) -> None:
    assert main(["check", *option, str(tmp_path / "none")]) == 1
    assert str(tmp_path / "none") in capsys.readouterr().err
    assert main(["check", *option, str(SAMPLE)]) == 0
