"""What is typed wrongly is told in Chinese, whatever the verb; asking for help runs nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from hall.errors import ConfigError
from installer.hall_api import HallApi, HallApiError
from installer.verbs import VERBS
from queue_server.config import load
from tests.support.served_hall import ROOT


def onewindow(folder: Path, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "installer", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,  # no terminal of whoever runs the tests
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["hall", "foo"], "没有 'foo'，可以写 'init', 'seed', 'pin', 'relay-key', 'webhook-key', 'check'"),
        (["kiosk"], "还要写上 --config"),
        (["backup", "now", "--folder"], "--folder：后面要写一个值"),
        (["server", "--nonsense"], "不认识 --nonsense"),
        (["sim", "--seeds", "many"], "'many' 写得不对"),
        (["journal", "prove"], "没有 'prove'，可以写 'verify', 'rebuild', 'export'"),
        (["hall", "pin"], "还要写上 staff"),
    ],
)
def test_a_slip_in_the_options(tmp_path: Path, words: list[str], told: str) -> None:
    ended = onewindow(tmp_path, *words)
    assert ended.returncode == 2
    assert told in ended.stderr
    assert ended.stderr.startswith(f"用法：onewindow {words[0]}")
    for english in ("error", "argument", "usage"):
        assert english not in ended.stderr


@pytest.mark.parametrize("words", [["help", "backup"], ["backup", "--help"], ["check", "--help"], ["help", "check"]])
def test_help_only_tells(tmp_path: Path, words: list[str]) -> None:
    ended = onewindow(tmp_path, *words)
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"用法：onewindow {'backup' if 'backup' in words else 'check'}")


@pytest.mark.parametrize("verb", sorted({*VERBS, "hall pin"} - {"test", "lock"}))  # those two hand their words on
def test_every_verb_begins_its_help_with_its_name(tmp_path: Path, verb: str) -> None:
    ended = onewindow(tmp_path, *verb.split(), "--help")
    assert ended.stdout.startswith(f"用法：onewindow {verb} "), ended.stderr


def test_help_on_a_verb_that_is_none(tmp_path: Path) -> None:
    ended = onewindow(tmp_path, "help", "foo")
    assert ended.returncode == 2
    assert "没有「foo」这个命令" in ended.stderr


@pytest.mark.parametrize(
    ("content", "told"), [(None, "没有这个文件"), ("{", "不是 --keep 存下的剧本"), ("[]", "不是 --keep 存下的剧本")]
)
def test_a_script_that_cannot_be_replayed(tmp_path: Path, content: str | None, told: str) -> None:
    if content is not None:
        (tmp_path / "script.json").write_text(content)
    ended = onewindow(tmp_path, "sim", "--script", "script.json")
    assert ended.returncode == 2
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("words", [["journal", "verify"], ["backup", "list"], ["backup", "drill"], ["backup", "now"]])
def test_an_address_is_looked_at_before_the_pin_is_asked_for(tmp_path: Path, words: list[str]) -> None:
    ended = onewindow(tmp_path, *words, "--server", "http://x:99999")
    assert ended.returncode == 1
    assert ended.stderr.startswith("'http://x:99999' 不是服务器地址")


@pytest.mark.parametrize(("typed", "told"), [("", "没有输入口令"), ("1234\n", "连不上 http://127.0.0.1:1")])
def test_without_a_terminal_the_pin_comes_by_the_input(tmp_path: Path, typed: str, told: str) -> None:
    ended = onewindow(tmp_path, "backup", "list", "--server", "127.0.0.1:1", "--staff", "1001", typed=typed)
    assert ended.returncode == 1
    assert ended.stderr.startswith(told)
    assert "Warning" not in ended.stderr


def test_a_server_that_is_not_there_is_told_in_chinese_first() -> None:
    with pytest.raises(HallApiError, match=r"连不上 http://127\.0\.0\.1:1：那里没有程序在接听（Connection refused）"):
        HallApi("127.0.0.1:1", "1001", "0000")


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"[server]\nport 1\n", "第 2 行第 6 列写得不对"), (b"\xff\xfe", "读不了这个文件：不是 UTF-8 文字（")],
)
def test_a_settings_file_that_is_no_such_file(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as error:
        load(path, {})
    assert told in str(error.value)
