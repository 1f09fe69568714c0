"""Logs as people really export them are read; what cannot be true is told with its line, never guessed at."""

from pathlib import Path

import pytest

from queue_server.forecast.errors import LogError
from queue_server.forecast.log_file import read_log

HEAD = "arrival,priority,service,start,end,server,outcome\n"
GOOD = "2026-03-02 09:00:00,,社保,2026-03-02 09:05:00,2026-03-02 09:12:00,3,served\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "log.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_log_is_read_in_any_of_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    visit = read_log(written(tmp_path, HEAD + GOOD, encoding))[0]
    assert (visit.service, visit.server, visit.wait, visit.end - visit.start) == ("社保", "3", 300.0, 420.0)
    assert visit.served


@pytest.mark.parametrize(
    "moment", ["2026-03-02T09:00:00", "2026/3/2 9:00", "2026-03-02 09:00:00.000", "2026-03-02 09:00"]
)
def test_moments_are_read_as_spreadsheets_write_them(tmp_path: Path, moment: str) -> None:
    visit = read_log(written(tmp_path, HEAD + GOOD.replace("2026-03-02 09:00:00", moment)))[0]
    assert visit.wait == 300.0


def test_a_log_with_a_time_zone_is_read(tmp_path: Path) -> None:
    line = "2026-03-02T09:00:00+08:00,,A,2026-03-02T01:05:00Z,2026-03-02T09:12:00+08:00,,served\n"
    assert read_log(written(tmp_path, HEAD + line))[0].wait == 300.0


def test_lines_may_come_in_any_order_and_columns_may_be_missing_or_more(tmp_path: Path) -> None:
    text = (
        "note,outcome,end,start,service,arrival\n"
        "x,served,2026-03-02 10:00:00,2026-03-02 09:50:00,A,2026-03-02 09:40:00\n"
        "y,left,2026-03-02 09:20:00,,A,2026-03-02 09:10:00\n"
    )
    first, second = read_log(written(tmp_path, text))
    assert not first.called
    assert first.wait == 600.0
    assert second.served


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "缺少 arrival"),
        ("arrival,service\n", "缺少 outcome"),
        (HEAD, "一行记录也没有"),
        (HEAD + GOOD + GOOD.replace("09:05:00", "昨天"), "第 3 行：start 的「2026-03-02 昨天」不是时间"),
        (HEAD + GOOD.replace("2026-03-02 09:00:00", ""), "第 2 行：arrival 是空的"),
        (HEAD + GOOD.replace("03-02 09:12", "02-30 09:12"), "没有这个时间"),
        (HEAD + GOOD.replace("09:05:00", "08:55:00"), "start 早于 arrival"),
        (HEAD + GOOD.replace("09:12:00", "09:01:00"), "end 早于"),
        (HEAD + GOOD.replace("2026-03-02 09:05:00", ""), "已办理，start 却是空的"),
        (HEAD + GOOD.replace("served", ""), "outcome 是空的"),
        (HEAD + GOOD.replace("09:05:00", "09:05:00+08:00"), "时区"),
        (HEAD + "2026-03-02 09:00:00,,A,,2026-03-02 09:01:00,,left\n", "没有一个人的 outcome 是 served"),
        (HEAD + '"' + "x" * 200_000, "不是 CSV"),
    ],
)
def test_a_line_that_cannot_be_true_is_told_with_advice(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LogError) as raised:
        read_log(written(tmp_path, text))
    assert words in str(raised.value)
    assert raised.value.advice


def test_all_mistakes_come_at_once_but_not_thousands(tmp_path: Path) -> None:
    with pytest.raises(LogError) as raised:
        read_log(written(tmp_path, HEAD + GOOD.replace("served", "") * 500))
    assert "还有 480 处" in str(raised.value)


@pytest.mark.parametrize("content", [None, b"\x00\xff\xfe\x81"])
def test_what_is_no_text_file_is_told_too(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "log.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LogError):
        read_log(path)
