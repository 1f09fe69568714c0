"""Forms of 设置: what stands in the hall comes back as it was, and what people type is understood or told in words."""

from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pytest

from hall.accounts import Account
from hall.arrangements import (
    BoardLayout,
    CallingRule,
    GroupPart,
    Holidays,
    NewGroup,
    NewService,
    OpeningHours,
    WindowPart,
    ZonePart,
    group_part,
    parts_of,
)
from hall.zones import Layout, Zone
from queue_server.web.manage.settings.account_form import read as read_account
from queue_server.web.manage.settings.fields import Field
from queue_server.web.manage.settings.forms import becomes, both, differences, drafts, fields_of, read, title_of
from queue_server.web.manage.settings.new_places_form import ICONS
from queue_server.web.manage.settings.sections import SECTIONS
from tests.support.kiosks import sample_hall

ROOT = Path(__file__).resolve().parents[3]
CATALOG = sample_hall()
HOURS = OpeningHours(hours=CATALOG.hall.hours)


@pytest.mark.parametrize("part", list(parts_of(CATALOG)), ids=lambda part: part.key)
def test_every_part_of_the_sample_hall_comes_back_as_it_stands(part: object) -> None:
    if not isinstance(part, CallingRule):  # changed on a page of its own
        assert read(part, {}, CATALOG) == part  # type: ignore[arg-type]


def test_every_part_stands_on_a_page() -> None:
    shown = {part.key for each in SECTIONS for part in (*each.parts(CATALOG), *each.listed(CATALOG))}
    assert {part.key for part in parts_of(CATALOG)} - shown == {"rule"}


@pytest.mark.parametrize(
    "typed", ["9:00-12:00 13:00-17:00", "09：00—12：00、13：00～17：00", " 9:00 - 12:00，13:00至17:00 "]
)
def test_hours_are_read_as_people_write_them(typed: str) -> None:
    meant = read(HOURS, {"saturday": typed}, CATALOG)
    assert isinstance(meant, OpeningHours)
    assert meant.hours.saturday == ("09:00-12:00", "13:00-17:00")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("九点到十点", "应写成"),
        ("13:00-12:00", "先后不对"),
        ("22:00-06:00", "写成两段，如 00:00-06:00 和 22:00-24:00"),
        ("09:00-12:00 11:00-13:00", "先后不对"),
        ("25:00-26:00", "应写成"),
    ],
)
def test_hours_that_are_none_are_told_with_their_day(typed: str, words: str) -> None:
    wrong = read(HOURS, {"saturday": typed}, CATALOG)
    assert isinstance(wrong, tuple)
    assert wrong[0].startswith("星期六：")
    assert words in wrong[0]


def test_a_holiday_is_typed_as_a_stretch_and_told_as_one() -> None:
    typed = {"closed": "2027-02-05 2027-02-11\n2027-01-01 2027-01-01", "make_up": "2027-02-14 friday"}
    meant = read(Holidays(), typed, CATALOG)
    assert isinstance(meant, Holidays)
    assert (len(meant.closed), meant.closed[0], meant.make_up[0].like) == (8, date(2027, 1, 1), "friday")
    told = {label: after for label, _, after in differences(Holidays(), meant, CATALOG)}
    assert told["休息日"] == "2027 年 1 月 1 日，2027 年 2 月 5 日至 2 月 11 日"
    assert told["调休上班日"] == "2027 年 2 月 14 日按星期五"


@pytest.mark.parametrize("line", ["? ?", "2027-02-11 2027-02-05", "2027-01-01 2027-12-31", "0027-01-01 0027-01-02"])
def test_a_stretch_that_is_none_is_told(line: str) -> None:
    wrong = read(Holidays(), {"closed": line}, CATALOG)
    assert isinstance(wrong, tuple)
    assert wrong[0].startswith("休息日：")


def test_where_two_managers_met_only_what_differs_is_shown() -> None:
    theirs = OpeningHours(hours=HOURS.hours.model_copy(update={"sunday": ("10:00-12:00",)}))
    told = both(HOURS, theirs, {"monday": "08:00-12:00"}, CATALOG)
    assert told == (
        ("星期一", "09:00-12:00 13:00-17:00", "08:00-12:00"),
        ("星期日", "10:00-12:00", "没有动"),
    )


def test_a_new_window_has_the_first_free_number_and_needs_a_name_and_work() -> None:
    listed = [part for part in parts_of(CATALOG) if isinstance(part, WindowPart)]
    (fresh,) = drafts((WindowPart,), CATALOG)
    assert title_of(fresh, CATALOG) == f"{len(listed) + 1} 号窗口（新的）"
    wrong = read(fresh, {}, CATALOG)
    assert isinstance(wrong, tuple)
    assert set(wrong) == {"请至少选一类主办的业务", "名称：请填写"}


def test_figures_out_of_range_are_told_not_cut() -> None:
    group = next(part for part in parts_of(CATALOG) if isinstance(part, GroupPart))
    typed = {"limit": "0", "warning": "很多", "usual": "0", "name": "  "}
    wrong = read(group, typed, CATALOG)
    assert isinstance(wrong, tuple)
    assert len(wrong) == len(typed)
    assert {field.key for field in fields_of(group, CATALOG)} >= typed.keys()


def test_an_account_needs_something_that_it_may_do() -> None:
    clerk = Account(roles=("clerk",))
    assert read_account(clerk, {}) == clerk
    assert isinstance(read_account(clerk, {"roles": ""}), tuple)


def test_a_zone_shows_what_the_hall_does_until_its_own_layout_is_asked_for_as_a_whole() -> None:
    bare = CATALOG.model_copy(update={"hall": CATALOG.hall.model_copy(update={"layout": Layout(ready=0)})})
    part = ZonePart(id="up", zone=Zone(id="up", name="二楼", windows=(3,)))
    assert read(part, {"last_calls": "2"}, bare) == part  # nothing of its own is asked for
    own = read(part, {"layout": "own", "last_calls": "2", "missed": ""}, bare)
    assert isinstance(own, ZonePart)
    assert own.zone is not None
    assert own.zone.layout == Layout(ready=0, last_calls=2, missed=False)
    assert read(own, {}, bare) == own
    assert read(own, {"layout": ""}, bare) == part
    told = {label: (before, after) for label, before, after in differences(part, own, bare)}
    assert told == {
        "屏上显示什么": ("和全厅一样", "自己定"),
        "刚才叫过的号": ("6 个", "2 个"),
        "过号的号": ("显示", "不显示"),
    }


def test_the_hall_s_layout_is_told_in_words() -> None:
    meant = read(BoardLayout(), {"ready": "3", "waiting": "", "clerk": ""}, CATALOG)
    assert meant == BoardLayout(layout=Layout(ready=3, waiting=False, clerk=False))
    told = [
        (label, after) for label, _, after in differences(BoardLayout(), BoardLayout(layout=Layout(ready=0)), CATALOG)
    ]
    assert told == [("请准备", "不显示")]


def test_a_new_group_is_read_whole_and_told_as_what_came_to_be() -> None:
    (fresh,) = drafts((NewGroup,), CATALOG)
    assert title_of(fresh, CATALOG) == "新的业务类别"
    wrong = read(fresh, {}, CATALOG)
    assert isinstance(wrong, tuple)
    assert {"名称：请填写", "号码字母：请填写", "图标：请填写", "第一个事项：请填写", "办理部门：请填写"} <= set(wrong)
    letters = {value for field in fields_of(fresh, CATALOG) if field.key == "prefix" for value, _ in field.choices}
    assert letters.isdisjoint(group.prefix for group in CATALOG.groups)
    typed = {
        "name": "档案查询", "name_en": "Archives", "prefix": "K", "icon": "file", "usual": "8", "windows": "3 5",
        "service": "婚姻档案查询", "service_en": "Marriage records", "department": "区档案馆",
    }  # fmt: skip
    made = read(fresh, typed, CATALOG)
    assert isinstance(made, NewGroup)
    told = {label: (then, now) for label, then, now in differences(fresh, made, CATALOG)}
    assert told["号码字母"] == ("（空）", "K")
    assert told["图标"] == ("（空）", "文件")
    assert told["在这些窗口办"] == ("（空）", "3 社会保险、5 医疗保障")
    assert isinstance(becomes(made), GroupPart)
    assert becomes(made).as_in(made.within(CATALOG)) == group_part(made.within(CATALOG), made.id)


def test_a_group_gets_no_id_that_another_had_before_it() -> None:
    (first,) = drafts((NewGroup,), CATALOG)
    assert isinstance(first, NewGroup)
    (later,) = drafts((NewGroup,), CATALOG, {first.id})
    assert later.key != first.key


def test_letters_like_digits_are_offered_last_and_when_none_is_left_it_is_told() -> None:
    def offered(prefixes: str) -> Field:
        some = CATALOG.groups[0]
        groups = tuple(some.model_copy(update={"id": f"g_{letter}".lower(), "prefix": letter}) for letter in prefixes)
        full = CATALOG.model_copy(update={"groups": groups})
        (fresh,) = drafts((NewGroup,), full)
        return next(field for field in fields_of(fresh, full) if field.key == "prefix")

    assert [value for value, _ in offered("ABCDEFGH").choices][-3:] == ["Z", "I", "O"]
    assert "都有人用了" in offered(ascii_uppercase).hint
    assert not offered(ascii_uppercase).choices


def test_a_new_service_is_told_apart_and_says_where_it_is_done() -> None:
    (fresh,) = drafts((NewService,), CATALOG)
    typed = {"name": "灵活就业登记", "name_en": "Freelance", "group": "social_insurance", "department": "区人社局"}
    made = read(fresh, typed | {"aliases": "个体参保、自由职业"}, CATALOG)
    assert isinstance(made, NewService)
    assert made.made is not None
    assert made.made.aliases == ("个体参保", "自由职业")
    twice = read(fresh, typed | {"name": CATALOG.services[0].name}, CATALOG)
    assert twice == (f"已经有一个事项叫{CATALOG.services[0].name}，请改一个名称",)


def test_every_picture_that_is_offered_is_there() -> None:
    assert {name for name in ICONS if not (ROOT / "themes/icons" / f"{name}.svg").is_file()} == set()
