"""What a technician reads in a terminal: Chinese first, whoever wrote the error."""

import errno
import os

import pytest

from hall.errors import WorldError, plain_words, system_words


def test_a_developers_english_stands_after_what_to_do() -> None:
    error = WorldError("/data is held by another process", advice="请先关掉那个程序")
    assert plain_words(error) == "请先关掉那个程序\n/data is held by another process"


def test_a_chinese_message_stands_before_what_to_do() -> None:
    assert plain_words(WorldError("磁盘已满", advice="请删别的文件")) == "磁盘已满\n请删别的文件"
    assert plain_words(WorldError("磁盘已满")) == "磁盘已满"


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EROFS, "磁盘是只读的"), (errno.EADDRINUSE, "已被占用")],
)
def test_the_system_is_quoted_in_chinese_first(number: int, words: str) -> None:
    said = os.strerror(number)
    assert system_words(OSError(number, said)) == f"{words}（{said}）"


def test_what_nobody_translated_is_quoted_as_it_is() -> None:
    assert system_words(OSError(errno.EDOM, "odd")) == "odd"
    assert system_words(OSError("a text only")) == "a text only"
