"""The clerk's screen and the rating page, drawn in every state, theme and language; pressed where it matters.

With ONEWINDOW_PICTURES=DIR the pictures are kept there, to be looked at beside the mockups.

It is long because every state of both pages is listed.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy, QTest

from hall.ticket import ServiceOutcome
from hall.window import WindowState
from hall.wire.commands import (
    AutoCallOn,
    CallNext,
    CallTicket,
    DeclareFault,
    NextService,
    PutBack,
    StartService,
    StartWithoutTicket,
    Transfer,
)
from hall.wire.replies import Refusal
from hall.wire.views import RatingPage
from tests.support.grab import application
from tests.support.tickets import MINUTE
from tests.support.window_desk import (
    LONG_NAME,
    NOW,
    QUEUE,
    WAITS,
    called_here,
    desk,
    reply,
    served_here,
    shown,
)
from tests.support.window_screens import (
    ASIDE,
    CATALOG,
    CROWD,
    HELD,
    LONG,
    LOOKS,
    cut_off,
    desk_screen,
    item,
    keep,
    kept,
    models,
    rating_screen,
    signed_in,
    visible,
)
from window_client.desk.situation import Act, Connection
from window_client.i18n import LANGUAGES
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.rating_model import RatingModel


def middle_of_act(model: DeskModel) -> None:
    model.arrived(desk())
    model.act("call_next")


def just_called(model: DeskModel) -> None:
    middle_of_act(model)
    model.arrived(desk(called_here(), undo_until=NOW + 7_500_000))
    model.answered(reply(called_here().ticket))
    model.situation = replace(model.situation, settling=False)


def refused(model: DeskModel) -> None:
    middle_of_act(model)
    model.answered(reply(refusal=Refusal.WRONG_STATE))


def offline(model: DeskModel) -> None:
    model.arrived(desk(served_here()))
    model.connected(Connection.AWAY)


def transferring(model: DeskModel) -> None:
    model.arrived(desk(served_here(), colleagues=(5, 11)))
    model.act("transfer")


def holding(model: DeskModel) -> None:
    model.arrived(desk(served_here()))
    model.act("hold")


def ending(model: DeskModel) -> None:
    model.arrived(desk(served_here()))
    model.open("finish")


def choosing(model: DeskModel) -> None:
    model.arrived(desk())
    model.act("call_ticket", QUEUE[3].ticket.id)


def declaring(model: DeskModel) -> None:
    model.arrived(desk())
    model.act("declare_fault")
    model.answer("civil")


def may_call_by_itself(model: DeskModel) -> None:
    hall = CATALOG.hall.model_copy(update={"auto_call_seconds": 15})
    model.opened("0317", CATALOG.model_copy(update={"hall": hall}))
    model.arrived(desk())


def calling_by_itself(model: DeskModel) -> None:
    may_call_by_itself(model)
    view = desk()
    status = view.window.model_copy(update={"auto_call": True})
    model.arrived(view.model_copy(update={"window": status, "auto_call_at": NOW + 12_000_000}))


def without_ticket(model: DeskModel) -> None:
    model.arrived(desk())
    model.act("start_without_ticket")


def going_on(model: DeskModel, panel: str) -> None:
    model.arrived(desk(served_here()))
    model.open(panel)


def held(model: DeskModel) -> None:
    model.arrived(desk(held=HELD, queue=(shown(31, 44, pinned=12), *QUEUE)))
    model.browse(2)


def pausing(model: DeskModel) -> None:
    model.arrived(desk())
    model.act("pause")


def guide(model: DeskModel) -> None:
    model.arrived(desk(served_here()))
    model.open("guide")


def missed(model: DeskModel) -> None:
    model.arrived(desk(missed=ASIDE))
    model.browse(1)


def serving(model: DeskModel) -> None:
    model.arrived(desk(served_here()))
    model.tick_paper(0)
    model.tick_paper(1)


DESKS: dict[str, Callable[[DeskModel], None]] = {
    "idle": lambda model: model.arrived(desk()),
    "empty": lambda model: model.arrived(desk(queue=())),
    "called": just_called,
    "serving": serving,
    "waits": lambda model: model.arrived(desk(called_here(), waits=WAITS)),
    "longest": lambda model: model.arrived(desk(LONG, CROWD, waits=WAITS)),
    "paused": lambda model: model.arrived(desk(state=WindowState.PAUSED)),
    "under-way": middle_of_act,
    "refused": refused,
    "offline": offline,
    "transfer": transferring,
    "hold": holding,
    "finish": ending,
    "held": held,
    "choosing": choosing,
    "fault": lambda model: model.arrived(desk(queue=(), faults=("civil", "household"))),
    "fault-sure": declaring,
    "auto-call": calling_by_itself,
    "auto-call-off": may_call_by_itself,
    "without-ticket": without_ticket,
    "next-service": lambda model: going_on(model, "next_service"),
    "next-service-which": lambda model: going_on(model, "next_service@accepted"),
    "pinned": lambda model: model.arrived(desk(queue=(shown(31, 44, pinned=12), *QUEUE))),
    "back-soon": lambda model: model.arrived(desk(state=WindowState.PAUSED, back_at=NOW + 57 * MINUTE)),
    "pause": pausing,
    "guide": guide,
    "missed": missed,
}


@pytest.mark.parametrize(("theme", "language"), LOOKS)
@pytest.mark.parametrize("name", DESKS)
def test_the_desk_fits_in_every_state(name: str, theme: str, language: str) -> None:
    both = signed_in(language)
    DESKS[name](both[1])
    with desk_screen(both, theme, language) as screen:
        keep(screen, f"desk-{name}-{theme}-{language}")
        assert cut_off(screen) == []


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast"])
@pytest.mark.parametrize(("lane", "n"), [(103, 1), (103, 1001), (99_999, 999_999)])
def test_the_longest_number_keeps_to_its_place(theme: str, lane: int, n: int) -> None:
    here = served_here(n, lane=lane, service="property_mortgage_first", name=LONG_NAME, group_name="不动产登记")
    both = signed_in()
    both[1].arrived(desk(here, queue=tuple(shown(n, lane=lane) for _ in range(2))))
    with desk_screen(both, theme) as screen:
        keep(screen, f"desk-number-{lane}-{n}-{theme}")
        plate = screen.item("number")
        assert plate.property("text") == here.number
        assert plate.width() <= plate.property("room")
        numbers = [each for each in visible(screen.root) if each.property("wanted") is not None]
        assert len(numbers) == 3
        for each in numbers:
            assert each.property("paintedWidth") <= each.property("room")
            assert not each.property("truncated")


@pytest.mark.parametrize(("theme", "language"), LOOKS)
@pytest.mark.parametrize("error", ["", "尝试次数过多，请 5 分钟后再试"])
def test_the_sign_in_page_fits(theme: str, language: str, error: str) -> None:
    both = models(language)
    for sign in "0317":
        both[0].type(sign)
    both[0].enter()
    if error:
        both[0].failed(error)
    with desk_screen(both, theme, language) as screen:
        keep(screen, f"sign-in-{'error' if error else 'plain'}-{theme}-{language}")
        assert cut_off(screen) == []


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_the_sign_in_page_says_that_the_hall_waits_for_this_window(theme: str, language: str) -> None:
    both = models(language)
    with desk_screen(both, theme, language) as screen:
        assert not screen.item("set_back").isVisible()
        both[0].owes(True)
        keep(screen, f"sign-in-set-back-{theme}-{language}")
        assert LANGUAGES[language].set_back in [each.property("text") for each in visible(screen.root)]
        assert cut_off(screen) == []


@pytest.mark.parametrize(("theme", "language"), LOOKS)
@pytest.mark.parametrize("page", ["welcome", "away", "rate", "thanks", "lost"])
def test_the_rating_page_fits(page: str, theme: str, language: str) -> None:
    application()
    model = RatingModel(LANGUAGES[language], 12)
    if page != "away":
        model.connected(Connection.ONLINE)
    if page in ("rate", "thanks", "lost"):
        model.arrived(RatingPage(window=12, ticket="1" * 32, number="A12-104", service_name=LONG_NAME))
    if page == "thanks":
        model.answered(reply())
    if page == "lost":
        model.not_kept()
    with rating_screen(model, theme, language) as screen:
        keep(screen, f"rating-{page}-{theme}-{language}")
        assert cut_off(screen) == []


def test_acts_keep_place_and_width_in_every_state() -> None:
    places = set()
    for prepare in DESKS.values():
        both = signed_in()
        prepare(both[1])
        if both[1].situation.connection is Connection.AWAY:
            continue
        with desk_screen(both) as screen:
            names = ("recall", "miss", "transfer", "hold")
            acts = [item(screen, name) for name in names]
            places.add(tuple((act.mapToScene(QPointF()).x(), act.width()) for act in acts))
    assert len(places) == 1


def test_the_pin_is_never_in_the_page() -> None:
    both = models()
    both[0].choose("pin")
    for sign in "246802":
        both[0].type(sign)
    with desk_screen(both) as screen:
        texts = [each.property("text") for each in visible(screen.root) if isinstance(each.property("text"), str)]
        assert "●●●●●●" in texts
        assert not any("246802" in text for text in texts)


def test_digits_of_the_page_and_of_the_keyboard_go_to_the_same_field() -> None:
    both = models()
    asked = QSignalSpy(both[0].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "key_0"))
        QTest.keyClick(screen.view, Qt.Key.Key_3)
        QTest.keyClick(screen.view, Qt.Key.Key_1)
        QTest.keyClick(screen.view, Qt.Key.Key_Backspace)
        QTest.keyClick(screen.view, Qt.Key.Key_Tab)
        for key in (Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_6, Qt.Key.Key_8):
            QTest.keyClick(screen.view, key)
        QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert asked.count() == 1
    assert asked.at(0) == ["03", "2468"]


def sent(spy: QSignalSpy) -> list[Any]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_a_key_does_its_act_once_and_a_second_press_nothing() -> None:
    both = signed_in()
    both[1].arrived(desk())
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.key(Qt.Key.Key_F5)  # 开始办理 is not possible yet
        screen.key(Qt.Key.Key_F2)
        screen.key(Qt.Key.Key_F2)
        both[1].arrived(desk(called_here()))
        both[1].answered(reply(called_here().ticket))
        screen.click(item(screen, "start"))  # the second half of a double click
    assert [type(command) for command in sent(asked)] == [CallNext]


def test_after_a_blink_the_next_act_is_possible() -> None:
    both = signed_in()
    just_called(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "start"))
    (command,) = sent(asked)
    assert isinstance(command, StartService)
    assert command.ticket == called_here().ticket.id


def test_a_transfer_is_chosen_from_the_other_groups() -> None:
    both = signed_in()
    transferring(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        names = {each.objectName() for each in visible(screen.root)}
        assert "choice_social_insurance" not in names
        screen.click(item(screen, "choice_medical"))
        assert both[1].property("panel") == ""
    (command,) = sent(asked)
    assert isinstance(command, Transfer)
    assert command.group == "medical"


def test_escape_leaves_a_panel_and_changes_nothing() -> None:
    both = signed_in()
    transferring(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.key(Qt.Key.Key_Escape)
    assert both[1].property("panel") == ""
    assert asked.count() == 0


def test_an_answer_after_the_sign_out_changes_nothing() -> None:
    both = signed_in()
    middle_of_act(both[1])
    both[1].closed()
    both[1].answered(reply(called_here().ticket))
    assert both[1].situation.outcome is None
    assert both[1].situation.desk is None


def test_a_missed_number_is_put_back_from_its_row() -> None:
    both = signed_in()
    missed(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "put_back_A007"))
    (command,) = sent(asked)
    assert isinstance(command, PutBack)
    assert command.ticket == ASIDE[0].ticket.id


def test_a_waiting_number_is_called_by_its_row_and_a_reason() -> None:
    both = signed_in()
    both[1].arrived(desk())
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "call_ticket_A026"))
        assert asked.count() == 0  # no reason yet
        screen.click(item(screen, "choice_现场协调"))
    (command,) = sent(asked)
    assert isinstance(command, CallTicket)
    assert (command.ticket, command.reason) == (QUEUE[3].ticket.id, "现场协调")


def test_a_reason_in_the_clerk_s_own_words() -> None:
    both = signed_in()
    choosing(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "panel_line"))
        screen.key(Qt.Key.Key_Return)
        assert asked.count() == 0  # nothing was said
        for _ in range(50):
            QTest.keyClick(screen.view, Qt.Key.Key_X)
        screen.key(Qt.Key.Key_Return)
    (command,) = sent(asked)
    assert isinstance(command, CallTicket)
    assert command.reason == "x" * 40


def test_without_a_ticket_a_service_begins_by_its_name() -> None:
    both = signed_in()
    both[1].arrived(desk())
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        QTest.keyClick(screen.view, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
        both[1].say("lhdj")  # 离婚登记
        screen.click(item(screen, "choice_divorce"))
    (command,) = sent(asked)
    assert isinstance(command, StartWithoutTicket)
    assert command.service == "divorce"


def test_a_number_goes_on_with_how_it_ended_and_what_is_next() -> None:
    both = signed_in()
    both[1].arrived(desk(served_here()))
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.key(Qt.Key.Key_F11)
        screen.click(item(screen, "choice_accepted"))
        assert asked.count() == 0
        screen.click(item(screen, "choice_divorce"))
    (command,) = sent(asked)
    assert isinstance(command, NextService)
    assert (command.outcome, command.service) == (ServiceOutcome.ACCEPTED, "divorce")


def test_auto_call_is_switched_by_one_key() -> None:
    both = signed_in()
    may_call_by_itself(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        QTest.keyClick(screen.view, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert [type(command) for command in sent(asked)] == [AutoCallOn]


def test_a_system_is_said_to_be_down_only_after_a_second_question() -> None:
    both = signed_in()
    both[1].arrived(desk())
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        QTest.keyClick(screen.view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
        screen.click(item(screen, "choice_civil"))
        assert asked.count() == 0
        screen.click(item(screen, "choice_yes"))
    (command,) = sent(asked)
    assert isinstance(command, DeclareFault)
    assert command.groups == ("civil",)


def test_whoever_is_called_elsewhere_meanwhile_is_chosen_no_more() -> None:
    both = signed_in()
    choosing(both[1])
    both[1].arrived(desk(queue=QUEUE[:3]))
    assert both[1].property("panel") == ""


def test_without_the_server_nothing_is_sent() -> None:
    both = signed_in()
    offline(both[1])
    asked = QSignalSpy(both[1].asked)
    with desk_screen(both) as screen:
        screen.click(item(screen, "finish"))
        screen.key(Qt.Key.Key_F9)
        assert any("09:59" in str(each.property("caption")) for each in visible(screen.root))
    assert asked.count() == 0


def test_a_long_list_does_not_jump_when_it_changes() -> None:
    both = signed_in()
    both[1].arrived(desk(queue=CROWD))
    with desk_screen(both) as screen:
        rows = item(screen, "list")
        rows.setProperty("contentY", 2800)
        screen.picture()
        both[1].arrived(desk(queue=CROWD[:199]))
        screen.picture()
        assert rows.property("contentY") == 2800


def test_ticks_go_with_the_citizen() -> None:
    both = signed_in()
    serving(both[1])
    assert [row["ticked"] for row in both[1].property("papers")["rows"]] == [True, True, False]
    both[1].arrived(desk(served_here(24)))
    assert not any(row["ticked"] for row in both[1].property("papers")["rows"])


def test_the_act_under_way_is_told_to_the_right_ticket() -> None:
    both = signed_in()
    just_called(both[1])
    asked = QSignalSpy(both[1].asked)
    both[1].act(Act.UNDO.value)
    (command,) = sent(asked)
    assert (command.kind, command.ticket) == ("undo", called_here().ticket.id)


class TestRating:
    """Voluntary, once, and by itself back to the welcome."""

    def given(self) -> RatingModel:
        application()
        model = RatingModel(LANGUAGES["zh"], 12)
        kept.append(model)
        model.connected(Connection.ONLINE)
        model.arrived(RatingPage(window=12, ticket="1" * 32, number="A023", service_name="社保卡申领"))
        return model

    def test_one_press_is_one_rating(self) -> None:
        model = self.given()
        asked = QSignalSpy(model.asked)
        with rating_screen(model) as screen:
            screen.click(item(screen, "level_5"))
            screen.click(item(screen, "level_1"))
        assert asked.count() == 1
        assert asked.at(0) == ["1" * 32, 5]

    def test_targets_are_large_enough_for_any_finger(self) -> None:
        with rating_screen(self.given()) as screen:
            for level in range(1, 6):
                button = item(screen, f"level_{level}")
                # 20 mm on a 10 inch screen of 1024 pixels
                assert min(button.width(), button.height()) >= 95

    def test_nobody_answers_and_it_goes_home_without_a_rating(self) -> None:
        model = self.given()
        asked = QSignalSpy(model.asked)
        for _ in range(60):
            model.second()
        assert model.property("page") == "welcome"
        assert asked.count() == 0
        model.arrived(RatingPage(window=12, ticket="1" * 32, number="A023", service_name="社保卡申领"))
        assert model.property("page") == "welcome"

    def test_an_undone_finish_takes_the_question_back(self) -> None:
        model = self.given()
        model.arrived(RatingPage(window=12))
        assert model.property("page") == "welcome"

    def test_a_rating_that_was_lost_is_not_thanked_for(self) -> None:
        model = self.given()
        model.rate(2)
        model.not_kept()
        assert (model.property("page"), model.property("kept")) == ("thanks", False)
        for _ in range(6):
            model.second()
        assert model.property("page") == "welcome"
