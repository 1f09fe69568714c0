"""`./onewindow forecast evaluate`: exactly these keys; what a person got wrong is told in Chinese, status 2."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.forecast.__main__ import main
from tests.support.invented_log import STEADY, invent, write_log

FIGURES = {"mae", "rmse", "bias", "pinball", "cover50", "cover90", "late_share"}
RANGE = {"pinball", "cover50", "cover90", "late_share"}


@pytest.fixture
def log(tmp_path: Path) -> str:
    return str(write_log(tmp_path / "log.csv", invent(replace(STEADY, days=3), 1)))


def test_the_keys_are_those_that_were_promised(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", log, "--history-days", "1", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result.keys() == {"n", "predictors", "all"}
    assert result["all"].keys() == {"n", "predictors"}
    assert result["all"]["n"] > result["n"] > 100
    for part in (result, result["all"]):
        assert part["predictors"].keys() == {"onewindow", "les", "hol", "mean10", "ahead_over_windows"}
        for name, figures in part["predictors"].items():
            assert figures.keys() == FIGURES
            assert {key for key, value in figures.items() if value is None} == (set() if name == "onewindow" else RANGE)


def test_without_json_a_person_reads_a_table(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", log, "--split", "0.4", "--head-start", "=0"]) == 0
    assert "来时已有人等候" in capsys.readouterr().out


def test_a_plan_is_by_half_hours_in_minutes_beside_the_last_days(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Days of four hours from nine; every day of the log is replayed."""
    assert main(["plan", log, "--target", "15"]) == 0
    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines() if "开 " in line][:3] == ["09:00", "09:30", "10:00"]
    assert sum(line.startswith("  2026-03-0") for line in told.splitlines()) == 3
    assert "秒" not in told
    assert "  W0：09:00–" in told


def test_a_plan_that_cannot_hold_names_the_groups(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", log, "--target", "1"]) == 0
    noted = [line for line in capsys.readouterr().out.splitlines() if "还是超过" in line]
    assert noted
    assert all(re.search(r"   \S+还是超过", line) for line in noted)
    assert not any("有的业务" in line for line in noted)
    assert main(["plan", log, "--target", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {group for half in told["halves"] for group in half["short"]} <= set(told["groups"])


def test_a_plan_as_data_names_the_servers_of_the_log(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", log, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["target_s"] == 1200
    assert (
        {server for half in told["halves"] for server in half["windows"]} <= set(told["servers"]) == {"W0", "W1", "W2"}
    )
    assert len(told["replayed"]) == 3
    assert {shift["window"] for shift in told["shifts"]} <= set(told["servers"])


@pytest.mark.parametrize("options", [["evaluate", "LOG", "--target", "5"], ["plan", "LOG", "--split", "0.5"]])
def test_an_option_of_the_other_act_is_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(options)
    assert ended.value.code == 2
    assert options[2] in capsys.readouterr().err


def test_where_the_third_act_is_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "forecast accuracy" in capsys.readouterr().out


def test_without_servers_there_is_nothing_to_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unnamed = write_log(tmp_path / "log.csv", invent(replace(STEADY, days=2, named=False), 1))
    assert main(["plan", str(unnamed)]) == 2
    assert "server" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--history-days", "3"], "记录只有 3 天"),
        (["--history-days", "-1"], "不是天数"),
        (["--split", "1"], "不是 0 到 1 之间的小数"),
        (["--split", "半"], "不是 0 到 1 之间的小数"),
        (["--head-start", "90"], "例如 2=90"),
        (["--head-start", "2=nan"], "例如 2=90"),
        (["--head-start", "2=90"], "记录里没有优先级「2」"),
    ],
)
def test_an_option_that_cannot_be_is_told(
    log: str, options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", log, *options])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_a_log_that_cannot_be_read_is_told_with_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "none.csv")]) == 2
    said = capsys.readouterr().err
    assert "没有这个文件" in said
    assert "第一行应是列名" in said
