"""All mistakes come together, a broken file hides none of the others, and nothing but CatalogError ever comes out."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import CatalogError, Retry
from installer.hall_init.catalogue import read_catalogue
from tests.support.catalogue_folder import FILES, Folder

ENGLISH = re.compile(r"Input|should|Field|required|valid|Extra|Value error|Expected|\(at ")


def test_the_small_catalogue_itself_is_whole(folder: Folder) -> None:
    catalogue = read_catalogue(folder.path)
    assert [one.id for one in catalogue.services] == ["card_new", "home_move"]
    assert catalogue.service("card_new").initials == ("bzsc",)
    assert catalogue.window(2).helps == {"homes": 10}


def test_mistakes_of_several_files_come_at_once_in_the_order_of_their_lines(folder: Folder) -> None:
    folder.change("windows.toml", "number = 2", "number = 0")
    folder.change("hall.toml", 'name_en = "Small hall"\n', "")
    folder.change("services/cards.toml", 'fee = "不收费"', "fee = 3\nfoo = 1")
    folder.change("services/homes.toml", 'group = "homes"', 'group = "house"')
    starts = [mistake.split(": ")[0] for mistake in folder.mistakes()]
    assert starts == [
        "groups.toml:10",  # homes has no service any more
        "hall.toml:1",
        "services/cards.toml:14",
        "services/cards.toml:15",
        "services/homes.toml:3",
        "windows.toml:7",
    ]


def test_the_error_says_how_many_and_what_to_do(folder: Folder) -> None:
    folder.change("windows.toml", "number = 2", "number = 0")
    with pytest.raises(CatalogError, match="1 处需要修改") as caught:
        read_catalogue(folder.path)
    assert caught.value.retry is Retry.AFTER_MENDING
    assert caught.value.advice


@pytest.mark.parametrize("broken", list(FILES))
def test_a_torn_file_draws_no_false_alarms_and_hides_nothing(folder: Folder, broken: str) -> None:
    other = "windows.toml" if broken == "hall.toml" else "hall.toml"
    folder.write(broken, "= torn\n")
    folder.change(other, "name = ", "nmae = ")
    told = folder.mistakes()
    assert [mistake for mistake in told if mistake.startswith(f"{broken}:1: ")]
    assert {mistake.split(":")[0] for mistake in told} == {broken, other}


def test_a_group_without_services_and_without_windows(folder: Folder) -> None:
    group = '\n[[group]]\nid = "parks"\nprefix = "P"\nname = "公园"\nname_en = "Parks"\nicon = "tree"\n'
    folder.write("groups.toml", FILES["groups.toml"] + group)
    first, second = folder.mistakes()
    assert first.startswith("groups.toml:17: 业务类别 parks 没有事项")
    assert second.startswith("groups.toml:17: 业务类别 parks 没有窗口")


def test_an_empty_folder_names_every_file_that_should_be_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as caught:
        read_catalogue(tmp_path)
    assert [mistake.split(":")[0] for mistake in caught.value.mistakes] == [
        "groups.toml",
        "hall.toml",
        "services",
        "windows.toml",
    ]


def test_no_folder_is_one_mistake(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="没有这个文件夹") as caught:
        read_catalogue(tmp_path / "nowhere")
    assert len(caught.value.mistakes) == 1


def test_an_empty_file_says_what_belongs_into_it(folder: Folder) -> None:
    folder.write("windows.toml", "# nothing yet\n")
    assert folder.mistakes() == ("windows.toml:1: 文件里没有 [[window]]，请照样例填写",)


def test_a_folder_in_place_of_a_file(folder: Folder) -> None:
    (folder.path / "services" / "more.toml").mkdir()
    (mistake,) = folder.mistakes()
    assert mistake.startswith("services/more.toml:1: 打不开")


def test_another_encoding_is_told_on_its_line(folder: Folder) -> None:
    (folder.path / "hall.toml").write_bytes(FILES["hall.toml"].encode("gb18030"))
    (mistake,) = folder.mistakes()
    assert mistake.startswith("hall.toml:3: 不是 UTF-8")


def test_files_of_another_editor_are_fine(folder: Folder) -> None:
    for name, text in FILES.items():
        (folder.path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_catalogue(folder.path).hall.id == "small"
    folder.change("windows.toml", "number = 2", "number = 0")
    (mistake,) = folder.mistakes()
    assert mistake.startswith("windows.toml:7: ")


def read_with(name: str, content: bytes) -> None:
    """Read the small catalogue with one file replaced; whatever is wrong must be told in plain Chinese."""
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        (folder.path / name).write_bytes(content)
        told: tuple[str, ...] = ()
        try:
            read_catalogue(folder.path)
        except CatalogError as error:
            told = error.mistakes or ("an error without a mistake",)
        for mistake in told:
            assert re.match(r"[a-z/]+(\.toml)?:\d+: \S", mistake)
            assert not ENGLISH.search(mistake)


names = st.sampled_from(list(FILES))


@given(names, st.binary())
def test_any_bytes_give_a_catalogue_or_its_mistakes(name: str, content: bytes) -> None:
    read_with(name, content)


@given(names, st.text(alphabet="[]{}=\"'.,\n #gidwprocuxheln0-19:"))
def test_any_scribble_gives_a_catalogue_or_its_mistakes(name: str, content: str) -> None:
    read_with(name, content.encode())


VALUES = ["1", "-1", "0.5", "nan", "inf", "true", '""', '"x"', "'09:00-12:00'", "[]", "[1]", '["cards", "cards"]', "{}"]
VALUES += [
    "{ a = 1 }",
    "{ homes = inf }",
    "[{}]",
    "[[]]",
    "2026-01-01",
    "07:30:00",
    "9" * 30,
    "[{ name = 1, form = [] }]",
]


@given(names, st.data())
def test_any_value_in_any_place_gives_a_catalogue_or_its_mistakes(name: str, data: st.DataObject) -> None:
    lines = FILES[name].splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, equals, _ = lines[at].partition(" = ")
        if equals:
            lines[at] = f"{key} = {data.draw(st.sampled_from(VALUES))}"
        if data.draw(st.booleans()):
            del lines[data.draw(st.integers(0, len(lines) - 1))]
    read_with(name, "\n".join(lines).encode())
