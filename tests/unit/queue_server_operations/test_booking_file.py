"""A file of appointments: taken whole or not at all, every mistake told by line, nobody named in any of them."""

import pytest

from hall.wire.bookings import Imported
from queue_server.operations.booking_file import COLUMNS, foretell, read_file, take
from queue_server.operations.errors import BookingFileError
from queue_server.store.records import BookerRow
from tests.support.booked import BookedHall, citizen
from tests.support.referee import HALL_KEY

HEAD = ",".join(COLUMNS)
PASSPORT = "E10000007"


def line(number: int, who: int, time: str = "22:00", service: str = "甲事项", **other: str) -> str:
    cells = {"日期": "2026-09-21", "证件类型": "居民身份证", "证件号码": citizen(who), "姓名": "测试人", **other}
    cells |= {"预约号": f"{number:08}", "时间": time, "事项": service}
    return ",".join(cells[name] for name in COLUMNS)


def bring(hall: BookedHall, *lines: str, encoding: str = "utf-8") -> Imported:
    raw = "\r\n".join((HEAD, *lines)).encode(encoding)
    with hall.store.read() as reader:
        read = read_file(reader, hall.moment, raw, HALL_KEY)
    return hall.run(lambda tx: take(tx, hall.moment, read))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_file_is_taken_once_whatever_wrote_it(encoding: str) -> None:
    hall = BookedHall()
    passport = line(2, 2, "22:30-23:00", 证件类型="护照", 证件号码=PASSPORT)
    lines = (line(1, 1), "", passport, line(3, 3, "9:00", 日期="2026/9/22"))
    assert bring(hall, *lines, encoding=encoding) == Imported(made=3, known=0, over=0)
    assert bring(hall, *lines, encoding=encoding) == Imported(made=0, known=3, over=0)
    names = [row.masked_name for row in hall.run(lambda tx: list(tx.every(BookerRow)))]
    assert names == ["测**"] * 3


def test_what_a_portal_sold_is_recorded_even_over_the_halls_capacity() -> None:
    hall = BookedHall()
    assert bring(hall, *(line(n, n) for n in range(1, 4))) == Imported(made=3, known=0, over=1)


def test_a_trial_tells_what_taking_would_bring_and_takes_nothing() -> None:
    hall = BookedHall()
    bring(hall, line(1, 1))
    raw = "\r\n".join((HEAD, line(1, 1), line(2, 2), line(3, 3))).encode()
    with hall.store.read() as reader:
        told = foretell(reader, read_file(reader, hall.moment, raw, HALL_KEY))
        assert len(reader.bookings_on(hall.today)) == 1
    assert told == bring(hall, line(1, 1), line(2, 2), line(3, 3)) == Imported(made=2, known=1, over=1)


def test_all_mistakes_are_told_by_line_and_nothing_is_taken() -> None:
    hall = BookedHall()
    wrong = citizen(7)[:-1] + ("1" if citizen(7)[-1] != "1" else "2")
    with pytest.raises(BookingFileError) as refused:
        bring(
            hall,
            line(1, 1),
            line(1, 2),
            line(3, 3, "22:10"),
            line(4, 4, service="丙事项"),
            line(5, 5, service="乙事项"),
            line(6, 6, 日期="2026-13-01"),
            line(7, 7, 证件号码=wrong),
            line(8, 8, 证件类型="学生证"),
            line(9, 9, 日期="2026-09-20"),
            "abc,2026-09-21,25点,甲事项,护照,!!!,",
        )
    told = str(refused.value)
    assert [line.strip().split("：")[0] for line in told.splitlines()[1:]] == [
        *(f"第 {n} 行" for n in (3, 4, 5, 6, 7, 8, 9, 10)),
        *["第 11 行"] * 3,
    ]
    unknown = "事项这一格不在办事目录里"
    for words in ("与第 2 行重复", "没有这个时段", unknown, "不接受预约", "2026-13-01", "证件号码不对"):
        assert words in told
    assert wrong not in told
    assert "测试人" not in told
    assert "一条也没有导入" in refused.value.advice
    assert hall.run(lambda tx: list(tx.every(BookerRow))) == []


@pytest.mark.parametrize("slipped", range(1, len(COLUMNS)))
def test_columns_that_slipped_show_nobodys_number_or_name(slipped: int) -> None:
    hall, cells = BookedHall(), line(500007, 1).split(",")
    row = ",".join((cells[slipped:] + cells)[: len(COLUMNS)])
    repeated = ",".join((citizen(1)[:16], *cells[1:]))
    with pytest.raises(BookingFileError) as refused:
        bring(hall, row, repeated, repeated)
    assert citizen(1)[:8] not in str(refused.value)
    assert "测试人" not in str(refused.value)


def test_a_number_that_was_given_already_is_told_by_line_only() -> None:
    hall = BookedHall()
    bring(hall, line(87654321, 1))
    with pytest.raises(BookingFileError, match="第 3 行：这个预约号已用于另一个预约") as refused:
        bring(hall, line(1, 2), line(87654321, 1, "22:30"))
    assert "87654321" not in str(refused.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((HEAD, line(1, 1, "22:00-22:31")), "第 2 行：时间 22:00-22:31：这个时段是 22:00-22:30"),
        ((HEAD, line(1, 1, "22:00-以后")), "第 2 行：时间"),
        ((HEAD, line(1, 1) + ",备注"), "第 2 行：比第一行多 1 格"),
        ((HEAD + ",身高体重备注", line(1, 1) + ",甲"), "第 1 行：第 8 列「身高体重备注」不认识"),
        ((f"{HEAD},{citizen(1)}", line(1, 1)), "第 1 行：第 8 列不认识"),
        ((HEAD + ",证件号码", line(1, 1) + "," + citizen(2)), "第 1 行：证件号码 有 2 列"),
    ],
)
def test_what_a_file_says_too_much_is_refused_by_line(rows: tuple[str, str], words: str) -> None:
    hall = BookedHall()
    with hall.store.read() as reader, pytest.raises(BookingFileError, match=words) as refused:
        read_file(reader, hall.moment, "\n".join(rows).encode(), HALL_KEY)
    assert citizen(1) not in str(refused.value)


def test_empty_cells_behind_the_last_one_are_nothing() -> None:
    hall = BookedHall()
    raw = "\n".join((HEAD + ",,", line(1, 1, "22:00:00 - 22:30:00") + ",,,", ",,,")).encode()
    with hall.store.read() as reader:
        assert len(read_file(reader, hall.moment, raw, HALL_KEY)) == 1


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "缺少"),
        ("日期,时间\n".encode(), "缺少 预约号、事项、证件号码"),
        (HEAD.encode(), "文件里没有预约"),
        (b"\xff\xff\x00\xff", "CSV"),
        (f'{HEAD}\n"1'.encode(), "行"),
    ],
)
def test_what_is_no_such_file_is_said_in_words(raw: bytes, words: str) -> None:
    hall = BookedHall()
    with hall.store.read() as reader, pytest.raises(BookingFileError, match=words):
        read_file(reader, hall.moment, raw, HALL_KEY)
