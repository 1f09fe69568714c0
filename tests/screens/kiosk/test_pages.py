"""Every page in every manner: it shows without complaint, nothing to press is small, covered or cut off."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

import kiosk
from hall.arrangements import MadeGroup, NewGroup
from hall.catalog import Service, ServiceGroup
from kiosk.journey import Paper
from kiosk.journey import events as ev
from kiosk.viewmodels.language import english_words
from tests.support.grab import keep
from tests.support.kiosk_screens import LONG_GIVEN, LONG_NUMBER, MANNERS, PAGES, REFUSED, kiosk_screen, place_of
from tests.support.kiosks import GROUP
from tests.support.people import resident

LEAST_PX = 81  # 20 mm on 21.5 inches
QML = Path(kiosk.__file__).parent / "qml"


def cut_texts(things: list[QQuickItem]) -> list[str]:
    """Texts that end in … or leave the screen."""
    texts = [item for item in things if item.inherits("QQuickText") and item.property("text")]
    return [
        item.property("text")
        for item in texts
        if item.property("truncated") or place_of(item).left() < -1 or place_of(item).right() > 1081
    ]


def spilled_texts(things: list[QQuickItem]) -> list[str]:
    """Texts that stick out of what they are the words of, or run over the edge of what is to be pressed."""
    pressed = [item for item in things if item.objectName().startswith(("group-", "service-", "type-", "go-"))]
    found = []
    for text in things:
        if not text.inherits("QQuickText") or not text.property("text"):
            continue
        place = place_of(text)
        for item in pressed:
            tile = place_of(item)
            apart = not tile.adjusted(2, 2, -2, -2).intersects(place)
            if not apart and not tile.adjusted(-2, -2, 2, 2).contains(place):
                found.append(text.property("text"))
    return found


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("manner", MANNERS)
def test_every_page(manner: str, english: bool) -> None:
    with kiosk_screen(manner, english=english) as kiosk_view:
        for name, events in PAGES.items():
            kiosk_view.go(*events)
            places = kiosk_view.to_press()
            assert places or name.startswith("unconfigured"), f"{name}: nothing to press"
            for what, place in places:
                assert min(place.width(), place.height()) >= LEAST_PX - 1, f"{name}: {what} is {place}"
                assert place.left() >= 0, f"{name}: {what} leaves the screen"
                assert place.right() <= 1081, f"{name}: {what} leaves the screen"
                assert place.bottom() <= 1921, f"{name}: {what} leaves the screen"
            for n, (what, place) in enumerate(places):
                for other, there in places[n + 1 :]:
                    shared = place.intersected(there)
                    inside = place.contains(there) or there.contains(place)
                    assert inside or shared.width() < 2 or shared.height() < 2, f"{name}: {what} lies on {other}"
            if name != "still-there":  # a question that lies over the page
                assert (name, spilled_texts(list(kiosk_view.things()))) == (name, [])
            if not english:
                assert (name, cut_texts(list(kiosk_view.things()))) == (name, [])


@pytest.mark.parametrize("manner", MANNERS)
def test_beside_a_code_that_a_phone_can_open_stands_what_it_is_for(manner: str) -> None:
    with kiosk_screen(manner) as kiosk_view:
        for place, url in (("wifi", "http://192.168.8.2:8600"), ("anywhere", "https://queue.example.org")):
            kiosk_view.hall.public_url = url
            for name in ("number", "number-may-not", "number-paperless"):
                kiosk_view.go(*PAGES[name])
                keep(kiosk_view.screen.picture(), f"{name}-{place}-{manner}")
                things = list(kiosk_view.things())
                words = " ".join(str(item.property("text")) for item in things if item.inherits("QQuickText"))
                assert "扫码" in words, name
                assert ("Wi-Fi" in words) == (place == "wifi"), name
                assert (name, cut_texts(things)) == (name, [])


@pytest.mark.parametrize("number", ["A103-001", "A103-1001", "A99999-999999"])
@pytest.mark.parametrize("manner", MANNERS)
def test_the_longest_number_keeps_to_its_card(manner: str, number: str) -> None:
    issued = LONG_NUMBER.model_copy(update={"number": number})
    with kiosk_screen(manner) as kiosk_view:
        for paper in (Paper.PRINTED, Paper.NONE):
            kiosk_view.go(*LONG_GIVEN[:-1], ev.NumberGiven(issued, paper))
            keep(kiosk_view.screen.picture(), f"number-{number}-{paper}-{manner}")
            shown = kiosk_view.screen.item("ticket-number")
            assert shown.property("text") == number
            assert not shown.property("truncated")
            assert shown.property("paintedWidth") <= shown.property("room")
            slips = [each for each in kiosk_view.things() if each.property("text") == number]
            assert all(each.property("paintedWidth") <= each.property("room") for each in slips)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("manner", MANNERS)
def test_cut_off_without_paper_says_both(manner: str, english: bool) -> None:
    with kiosk_screen(manner, english=english) as kiosk_view:
        kiosk_view.go(*PAGES["home-no-printer-cut-off"])
        keep(kiosk_view.screen.picture(), f"home-no-printer-cut-off-{manner}-{english}")
        texts = [item for item in kiosk_view.things() if item.inherits("QQuickText")]
        for words in ("暂时连不上大厅系统，取号照常", "暂时出不了取号单，请拍照记下号码。"):
            [shown] = [
                text for text in texts if text.property("text") == (english_words()[words] if english else words)
            ]
            assert not shown.property("truncated")


CARD = ev.CardRead(resident(7))
ARCHIVES = NewGroup(
    id="group_1",
    made=MadeGroup(
        group=ServiceGroup(id="group_1", prefix="K", name="档案查询", name_en="Archives", icon="file"),
        services=(
            Service(id="group_1_1", group="group_1", name="婚姻档案", name_en="Marriages", department="区档案馆"),
        ),
        windows=(3,),
    ),
)
AT_ARCHIVES: dict[str, tuple[ev.Event, ...]] = {
    "services": (ev.ChooseGroup("group_1"),),
    "identify": (ev.ChooseGroup("group_1"), ev.ChooseService("group_1_1", "group_1")),
    "confirm": (ev.ChooseGroup("group_1"), ev.ChooseService("group_1_1", "group_1"), CARD),
}


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("manner", MANNERS)
def test_a_group_that_is_made_while_the_kiosk_runs_stands_on_the_last_leaf_and_goes_again(
    manner: str, english: bool
) -> None:
    with kiosk_screen(manner, english=english) as kiosk_view:
        usual = kiosk_view.hall.whole
        for page, events in AT_ARCHIVES.items():
            kiosk_view.publish(ARCHIVES.within(usual))
            kiosk_view.go(ev.TurnLeaf(2))  # the last of three in large print, of two else
            keep(kiosk_view.screen.picture(), f"made-home-{manner}-{english}")
            assert "group-group_1" in {name for name, _ in kiosk_view.to_press()}
            kiosk_view.go(*events)
            assert kiosk_view.page == page
            kiosk_view.publish(usual)
            assert kiosk_view.page == "home", page
            assert "group-group_1" not in {name for name, _ in kiosk_view.to_press()}


LONG_GROUPS: tuple[dict[str, Any], ...] = (
    {"name": "社会保险和医疗保障综合业务受理与咨询服务", "name_en": "Social and medical insurance reception"},
    {"name": "不动产登记和房产交易", "name_en": "Property registration and trade"},
    {"name": "二十个字的业务类别名称就是这么长不能少字", "examples": (), "examples_en": ""},
    {"name": "办税缴费和票据申领代开业务", "suspended": True},
)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("online", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("manner", MANNERS)
def test_the_longest_name_that_a_manager_may_give_stands_whole_on_its_tile(
    manner: str, online: bool, english: bool
) -> None:
    with kiosk_screen(manner, english=english) as kiosk_view:
        usual = kiosk_view.hall.whole
        first, rest = usual.groups[: len(LONG_GROUPS)], usual.groups[len(LONG_GROUPS) :]
        renamed = (group.model_copy(update=long) for group, long in zip(first, LONG_GROUPS, strict=True))
        kiosk_view.publish(usual.model_copy(update={"groups": (*renamed, *rest)}))
        kiosk_view.go(ev.AroundChanged(online=online))
        keep(kiosk_view.screen.picture(), f"long-home-{manner}-{online}-{english}")
        things = list(kiosk_view.things())
        shown = {item.property("text") for item in things if item.inherits("QQuickText")}
        assert LONG_GROUPS[0]["name_en" if english else "name"] in shown
        assert spilled_texts(things) == []
        titles = {group.name_en if english else group.name for group in kiosk_view.hall.whole.groups}
        assert titles.isdisjoint(cut_texts(things))


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("manner", MANNERS)
def test_a_group_that_is_down_says_so_before_anybody_chooses(manner: str, english: bool) -> None:
    said = "system down" if english else "系统故障"
    with kiosk_screen(manner, english=english) as kiosk_view:
        kiosk_view.take_down(GROUP)
        for page, tiles in (("home", 1), ("services", None), ("search", 1)):
            kiosk_view.go(*PAGES[page])
            keep(kiosk_view.screen.picture(), f"down-{page}-{manner}-{english}")
            things = list(kiosk_view.things())
            shown = [item.property("text") for item in things if item.inherits("QQuickText")]
            choices = [item for item in things if item.objectName().startswith("service-")]
            assert shown.count(said) == (len(choices) if tiles is None else tiles), page
            assert spilled_texts(things) == []
            if tiles is None:
                assert not [text for text in shown if "前面" in text or ("waiting" in text and "0" in text)], shown


def test_the_last_leaf_is_not_empty_when_the_strip_goes() -> None:
    with kiosk_screen("large_print") as kiosk_view:
        for printer in (False, True):
            kiosk_view.go(ev.AroundChanged(printer=False), ev.TurnLeaf(2), ev.AroundChanged(printer=printer))
            assert [item for item in kiosk_view.things() if item.objectName().startswith("group-")], printer


def test_who_comes_for_an_appointment_is_told_by_the_clock() -> None:
    with kiosk_screen() as kiosk_view:
        for minutes, said in ((0, "早到不用赶"), (18, "没有迟到"), (27, "没有迟到")):
            kiosk_view.hall.minutes = minutes
            kiosk_view.go(*PAGES["appointment-on_time"])
            texts = [item.property("text") for item in kiosk_view.things() if item.inherits("QQuickText")]
            assert any(said in text for text in texts), minutes


def test_staff_read_on_the_help_page_why_the_server_refuses_this_kiosk() -> None:
    with kiosk_screen() as kiosk_view:
        kiosk_view.go(*PAGES["help-refused"])
        texts = [item.property("text") for item in kiosk_view.things() if item.inherits("QQuickText")]
        [for_staff] = [text for text in texts if text.startswith("工作人员请看")]
        assert REFUSED in for_staff
        assert "还有 12 条记录" in for_staff


def test_pictures_differ_from_page_to_page() -> None:
    """A page that shows nothing of its own would look like another one."""
    with kiosk_screen() as kiosk_view:
        looks = {}
        for name in ("home", "services", "search", "identify", "typed", "confirm", "number", "paper-out", "help"):
            kiosk_view.go(*PAGES[name])
            picture = kiosk_view.screen.picture()
            looks[name] = bytes(picture.constBits())
        assert len(set(looks.values())) == len(looks)


def test_every_word_has_its_english_and_none_is_left_over() -> None:
    words = set()
    for file in QML.rglob("*.qml"):
        words |= set(re.findall(r'qsTr\("((?:[^"\\]|\\.)+)"\)', file.read_text("utf-8")))
    assert words == set(english_words())


def test_the_screen_speaks_english_and_back() -> None:
    with kiosk_screen(english=True) as kiosk_view:
        kiosk_view.go()
        assert kiosk_view.screen.item("bar-home").property("text") == "Home"
    with kiosk_screen() as kiosk_view:
        kiosk_view.go()
        assert kiosk_view.screen.item("bar-home").property("text") == "首页"
