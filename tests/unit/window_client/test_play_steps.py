"""A script's lines: what is wrong is said with the word that was probably meant."""

import pytest

from window_client.errors import PlayError
from window_client.play import Step, read_step


def test_a_step_is_read_with_its_patience() -> None:
    assert read_step('{"wait": "serving", "seconds": 5}') == Step("wait", "serving", 5.0)
    assert read_step('{"picture": "a.png", "of": "rating"}') == Step("picture", "a.png", of="rating")
    assert read_step('{"quit": true}').kind == "quit"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tap", "不是 JSON"),
        ("[1]", '{"tap": "名称"}'),
        ('{"tab": "x"}', "tap"),
        ('{"tap": "a", "key": "F5"}', "恰好"),
        ("{}", "恰好"),
        ('{"tap": 3}', "类型"),
        ('{"tap": "a", "seconds": true}', "类型"),
        ('{"wait": "servin"}', "serving"),
        ('{"picture": "a", "of": "desc"}', "desk"),
    ],
)
def test_a_mistake_is_told(line: str, words: str) -> None:
    with pytest.raises(PlayError, match=words.replace("{", r"\{")):
        read_step(line)
