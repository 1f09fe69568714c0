"""The hall key's file: read in both forms, refused when others can read it, with what to do."""

from pathlib import Path

import pytest

from queue_server.link.hall_key import HallKeyUnusable, read_hall_key


def key_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "hall.key"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("content", [b"Z" * 32, b"5a" * 32, b"5A" * 32 + b"\n"])
def test_both_forms_are_read(tmp_path: Path, content: bytes) -> None:
    assert len(read_hall_key(key_file(tmp_path, content))) == 32


@pytest.mark.parametrize(
    ("content", "mode", "words", "advice"),
    [
        (b"5a" * 31, 0o600, "应是 64 个十六进制字符", "备份"),
        ("钥匙".encode(), 0o600, "应是 64 个十六进制字符", "备份"),
        (b"5a" * 32, 0o640, "0640", "chmod 600"),
        (b"5a" * 32, 0o604, "0604", "chmod 600"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    tmp_path: Path, content: bytes, mode: int, words: str, advice: str
) -> None:
    with pytest.raises(HallKeyUnusable, match=words) as told:
        read_hall_key(key_file(tmp_path, content, mode))
    assert advice in told.value.advice
    assert "5a5a" not in str(told.value)


def test_a_missing_key_says_where_else_it_is_before_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(HallKeyUnusable) as told:
        read_hall_key(tmp_path / "none")
    assert "服务器的大厅文件夹里" in told.value.advice
    assert told.value.advice.index("拷到这里") < told.value.advice.index("还没有大厅，才运行 ./onewindow hall init")
