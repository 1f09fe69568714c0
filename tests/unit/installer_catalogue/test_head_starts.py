"""The table of head starts in hall.toml: as written, or its mistakes on their lines with what to do."""

import pytest

from hall.head_start import USUAL_ROWS
from installer.hall_init.catalogue import read_catalogue
from tests.support.catalogue_folder import FILES, Folder

FIRST = len(FILES["hall.toml"].splitlines()) + 1
"""The line of the first row's id."""

ROW = '[[hall.head_starts]]\nid = "{}"\nname = "{}"\nname_en = "{}"\nticket_class = "{}"\nminutes = {}\n'
TABLE = "".join(ROW.format(row.id, row.name, row.name_en, row.ticket_class, row.minutes) for row in USUAL_ROWS)


def write(folder: Folder, table: str) -> None:
    folder.write("hall.toml", FILES["hall.toml"] + table)


def line(row: int, field: int = 0) -> str:
    return f"hall.toml:{FIRST + 6 * row + field}: "


def test_a_hall_without_a_table_has_the_usual_one_and_the_same_version(folder: Folder) -> None:
    without = read_catalogue(folder.path)
    assert without.hall.head_starts == USUAL_ROWS
    write(folder, TABLE)
    assert read_catalogue(folder.path).version == without.version
    write(folder, TABLE.replace("minutes = 20", "minutes = 25"))
    assert read_catalogue(folder.path).version != without.version


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ('id = "military"', 'di = "military"', line(4), "缺少 head_starts（提前量表）第 5 项的 id（编号）"),
        ('"ordinary"', '"first"', line(0, 4), '号的类别）应写 "ordinary"、"priority"、'),
        ("minutes = 0", "minutes = -1", line(0, 5), "第 1 项的 minutes（提前几分钟）不能小于 0"),
        ("minutes = 30", "minutes = 31", line(1, 5), "老年人提前 31 分钟，超过上限 30 分钟，请改小，或改大上限"),
        ('minutes = 0\n[[hall.head_starts]]\nid = "returning"', 'minutes = 21\n[[hall.head_starts]]\nid = "returning"',
         line(6, 5), "预约迟到提前 21 分钟，比准时的 20 分钟还多，请改小"),
        ('"ordinary"', '"priority"', line(0, 4), '现场取号的 ticket_class 应是 "ordinary"'),
        ('"military"', '"disabled"', line(4, 1), "disabled 写了两行"),
        ('"returning"\n', '"back"\n', "hall.toml:", "缺少 returning（补件）这一行，请照样例补上"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_on_its_line(folder: Folder, old: str, new: str, where: str, says: str) -> None:
    assert old in TABLE
    write(folder, TABLE.replace(old, new, 1))
    assert [words for words in folder.mistakes() if words.startswith(where) and says in words]
