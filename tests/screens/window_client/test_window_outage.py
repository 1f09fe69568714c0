"""What a clerk sees and presses while kiosk or server is away: slips, calls by hand, the sheet, uncertain tickets.

With ONEWINDOW_PICTURES=DIR the pictures are kept there.

It is long because every state of a window without its server is looked at here once.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy, QTest

from hall.mending import HandOutcome
from hall.ticket import TicketState
from hall.wire.commands import Adopt, CallTicket
from hall.wire.replies import Refusal
from queue_server.link.act_log import EnteredCall
from tests.support.grab import Screen
from tests.support.tickets import MINUTE
from tests.support.window_desk import NOW, QUEUE, called_here, desk, reply, served_here, shown
from tests.support.window_outage import (
    CALLS,
    CODE,
    STATES,
    UNCERTAIN,
    Hall,
    by_hand,
    by_hand_empty,
    by_hand_when_cut,
    cut,
    make,
    slip_found,
    uncertain,
)
from tests.support.window_screens import (
    ASIDE,
    LONG,
    LOOKS,
    Outage,
    cut_off,
    desk_screen,
    item,
    keep,
    models,
    visible,
)
from window_client.desk.situation import Act, Connection


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return make(tmp_path)


@pytest.mark.parametrize(("theme", "language"), LOOKS)
@pytest.mark.parametrize("name", STATES)
def test_the_desk_fits_without_its_server(name: str, theme: str, language: str, tmp_path: Path) -> None:
    hall = make(tmp_path, theme, language)
    STATES[name](hall)
    with hall.screen() as screen:
        keep(screen, f"outage-{name}-{theme}-{language}")
        allowed = {str(tmp_path / "sheets")}
        assert [text for text in cut_off(screen) if text not in allowed] == []


@pytest.mark.parametrize("theme", ["standard", "large_print", "high_contrast"])
def test_nothing_cuts_the_rings_round_what_has_the_focus(theme: str, tmp_path: Path) -> None:
    hall = make(tmp_path, theme)
    STATES["panel"](hall)
    with hall.screen() as screen:
        seen = item(screen, "outage_all")
        for name in ("slip_look", "open_by_hand", "save_sheet"):
            button = item(screen, name)
            button.forceActiveFocus()
            keep(screen, f"outage-focus-{name}-{theme}")
            rings = [each for each in visible(button) if each.metaObject().className().startswith("FocusRings")]
            assert rings
            for ring in rings:
                for part in (ring, *ring.childItems()):
                    left = part.mapToItem(seen, QPointF(0, 0)).x()
                    assert left >= 0
                    assert left + part.width() <= seen.width()


def test_the_head_of_the_calls_by_hand_counts_those_that_were_refused(hall: Hall) -> None:
    by_hand(hall)
    assert hall.outage.by_hand.property("caption") == "1 个没送到　2 个没收下"
    delivered = [call for call in CALLS if call.reply is not None]
    hall.outage.by_hand.renew(delivered)
    assert hall.outage.by_hand.property("caption") == "今天 4 个　2 个没收下"
    hall.outage.by_hand.renew([call for call in delivered if call.reply and call.reply.done])
    assert hall.outage.by_hand.property("caption") == "今天 2 个　都已送到"


def test_what_was_said_of_an_act_or_a_line_goes_with_the_page(hall: Hall) -> None:
    hall.desk.arrived(desk())
    hall.desk.open("outage")
    hall.desk.act("adopt", CODE)
    hall.desk.answered(reply(refusal=Refusal.ALREADY_OVER))
    assert hall.desk.property("note")["text"]
    hall.desk.open("by_hand")
    assert hall.desk.property("note") == {"kind": "empty", "text": "", "undo": 0}
    with hall.screen() as screen:
        hall.outage.by_hand.edit("number", "nonsense")
        hall.outage.by_hand.enter()
        assert hall.outage.by_hand.property("troubled")
        screen.click(item(screen, "leave_by_hand"))
        assert not hall.outage.by_hand.property("troubled")
        assert hall.outage.by_hand.property("entry")["number"] == "nonsense"


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_a_window_that_starts_without_its_server_shows_the_last_list_to_be_read(
    theme: str, language: str, tmp_path: Path
) -> None:
    both = models(language)
    outage = Outage(both[1], tmp_path / "sheets", language)
    with desk_screen(both, theme, language, outage) as screen:
        assert not screen.item("last_list").isVisible()
        both[1].recall(desk(queue=(LONG, *QUEUE), missed=ASIDE))
        keep(screen, f"sign-in-last-list-{theme}-{language}")
        numbers = {each.property("text") for each in visible(screen.item("last_list"))}
        assert {each.number for each in QUEUE} <= numbers
        assert "09:59" in both[1].property("recalledWords")
        assert cut_off(screen) == []
        screen.click(screen.item("save_last_list"))
        keep(screen, f"sign-in-last-list-saved-{theme}-{language}")
        assert list((tmp_path / "sheets").glob("*.pdf"))
        for sign in "0317":
            QTest.keyClick(screen.view, sign)  # type: ignore[call-overload] # it takes a sign as well
        assert both[0].property("staff") == "0317"
        both[1].recall(None)
        assert not screen.item("last_list").isVisible()


def test_a_list_of_another_day_is_not_shown() -> None:
    model = models()[1]
    model.recall(desk().model_copy(update={"at": NOW - 24 * 60 * MINUTE}))
    assert model.property("recalledWords") == ""
    assert model.situation.desk is None


def test_after_signing_in_the_last_list_gives_way_to_the_desk() -> None:
    model = models()[1]
    model.recall(desk())
    model.opened("0317", None)
    assert model.property("recalledWords") == ""
    assert model.situation.desk is None
    model.arrived(desk())
    assert model.property("recalledWords") == ""
    assert model.situation.desk is not None


def sent(spy: QSignalSpy) -> list[Any]:
    return [spy.at(place)[0] for place in range(spy.count())]


def typed(screen: Screen, text: str) -> None:
    for sign in text:
        QTest.keyClick(screen.view, sign)  # type: ignore[call-overload] # it takes a sign as well
    screen.key(Qt.Key.Key_Return)


class TestCutOff:
    """The citizen here is brought to an end, and the rest waits."""

    def test_the_citizen_here_is_finished_and_kept(self, hall: Hall) -> None:
        cut(hall)
        spies = QSignalSpy(hall.desk.asked), QSignalSpy(hall.desk.keep)
        with hall.screen() as screen:
            screen.key(Qt.Key.Key_F9)
            screen.key(Qt.Key.Key_F9)
            assert spies[0].count() == 0
            (call,) = sent(spies[1])
            assert (call.number, call.outcome) == ("A023", HandOutcome.FINISHED)
            assert (call.called_at, call.ended_at) == (served_here().ticket.called_at, NOW)
            hall.desk.kept(call, frozenset({"A023"}))
            assert "A023 已记下" in hall.desk.property("note")["text"]
            assert hall.desk.property("citizen")["number"] == ""
        hall.desk.arrived(desk())
        hall.desk.settled(call, reply(called_here().ticket), frozenset())
        assert hall.desk.situation.kept == frozenset()

    def test_who_does_not_come_is_missed(self, hall: Hall) -> None:
        hall.desk.arrived(desk(called_here()))
        hall.desk.connected(Connection.AWAY)
        kept = QSignalSpy(hall.desk.keep)
        with hall.screen() as screen:
            screen.click(item(screen, "miss"))
        assert [call.outcome for call in sent(kept)] == [HandOutcome.MISSED]

    def test_a_disk_that_refuses_is_told_and_the_citizen_stays(self, hall: Hall) -> None:
        cut(hall)
        hall.desk.act("finish")
        hall.desk.not_kept("磁盘满了")
        assert hall.desk.property("note")["text"] == "磁盘满了"
        assert hall.desk.property("citizen")["number"] == "A023"

    def test_an_act_that_came_to_an_end_unseen_is_told(self, hall: Hall) -> None:
        hall.desk.arrived(desk())
        hall.desk.settled(CallTicket(request_id="1" * 32, ticket="2" * 32, reason="x"),
                          reply(refusal=Refusal.WITHDRAWN), frozenset())  # fmt: skip
        assert hall.desk.property("note")["text"] == "刚才那一步没有办成，请再按一次"


class TestByHand:
    """Forty numbers off the paper, without the mouse."""

    def test_lines_are_entered_one_after_another_by_the_keyboard(self, hall: Hall) -> None:
        by_hand_empty(hall)
        kept = QSignalSpy(hall.outage.by_hand.keep)
        with hall.screen() as screen:
            for number, called, ended in (("a21", "0930", "0938"), ("A022", "", "9:45")):
                typed(screen, number)
                typed(screen, called)
                typed(screen, ended)
                call = sent(kept)[-1]
                hall.outage.by_hand.renew([EnteredCall(each, None) for each in sent(kept)])
                hall.outage.by_hand.kept(call)
            typed(screen, "A2-24")
            typed(screen, "0946")
            screen.key(Qt.Key.Key_F8)
            screen.key(Qt.Key.Key_Return)
        lines = [(call.number, (call.ended_at - call.called_at) // MINUTE, call.outcome) for call in sent(kept)]
        assert lines == [
            ("A021", 8, HandOutcome.FINISHED),
            ("A022", 7, HandOutcome.FINISHED),  # began where the line above ended
            ("A2-024", 0, HandOutcome.MISSED),
        ]

    def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(self, hall: Hall) -> None:
        by_hand_empty(hall)
        kept = QSignalSpy(hall.outage.by_hand.keep)
        with hall.screen() as screen:
            typed(screen, "A021")
            typed(screen, "0930")
            typed(screen, "2330")
            assert item(screen, "hand_ended").property("wrong")
            assert hall.outage.by_hand.property("help") == "这个时间还没到"
            assert hall.outage.by_hand.property("entry")["number"] == "A021"
            typed(screen, "0940")  # the cursor stands there, all of it marked
        assert [call.ended_at - call.called_at for call in sent(kept)] == [10 * MINUTE]

    def test_a_line_that_is_being_written_is_not_entered_twice(self, hall: Hall) -> None:
        by_hand_empty(hall)
        kept = QSignalSpy(hall.outage.by_hand.keep)
        for field, text in (("number", "A021"), ("called", "0930"), ("ended", "0938")):
            hall.outage.by_hand.edit(field, text)
        hall.outage.by_hand.enter()
        hall.outage.by_hand.enter()
        assert kept.count() == 1
        hall.outage.by_hand.not_kept("磁盘满了")
        assert hall.outage.by_hand.property("help") == "磁盘满了"
        hall.outage.by_hand.enter()
        assert kept.count() == 2

    def test_a_refused_call_is_taken_up_again(self, hall: Hall) -> None:
        by_hand(hall)
        with hall.screen() as screen:
            screen.click(item(screen, "mend_A12-104"))
            entry = hall.outage.by_hand.property("entry")
            assert (entry["number"], entry["called"], entry["ended"]) == ("A12-104", "09:29", "09:34")

    def test_the_page_stays_while_the_server_comes_back(self, hall: Hall) -> None:
        by_hand_when_cut(hall)
        hall.outage.by_hand.edit("number", "A0")
        hall.desk.connected(Connection.ONLINE)
        hall.desk.arrived(desk())
        assert hall.desk.property("panel") == "by_hand"
        assert hall.outage.by_hand.property("entry")["number"] == "A0"


class TestSlips:
    """A slip is scanned or typed, then called."""

    def test_a_scanner_that_types_adopts_and_one_press_calls(self, hall: Hall) -> None:
        hall.desk.arrived(desk())
        asked = QSignalSpy(hall.desk.asked)
        with hall.screen() as screen:
            screen.key(Qt.Key.Key_F8)
            typed(screen, CODE)
            (adopt,) = sent(asked)
            assert adopt == Adopt(request_id="c" * 32, code=CODE)
            hall.desk.answered(reply(called_here(n=77).ticket.model_copy(update={"state": TicketState.WAITING})))
            hall.desk.situation = replace(hall.desk.situation, settling=False)
            hall.desk.connected(Connection.ONLINE)
            assert item(screen, "slip_number").property("text") == "A077"
            assert hall.desk.property("note")["undo"] == 0
            screen.picture()  # the panel has made room for what was found
            screen.click(item(screen, "call_slip"))
        called = sent(asked)[-1]
        assert isinstance(called, CallTicket)
        assert (called.ticket, called.reason) == (called_here(n=77).ticket.id, "凭取号单叫号")

    def test_a_scanner_beside_the_window_opens_the_panel_itself(self, hall: Hall) -> None:
        hall.desk.arrived(desk())
        asked = QSignalSpy(hall.desk.asked)
        hall.outage.slip.scanned(CODE)
        assert hall.desk.property("panel") == "outage"
        assert [command.kind for command in sent(asked)] == ["adopt"]

    def test_a_number_in_a_list_is_found_with_its_place(self, hall: Hall) -> None:
        slip_found(hall)
        found = hall.outage.slip.property("shown")
        assert (found["kind"], found["number"]) == ("ticket", "A12-104")
        assert "待核实" in found["caption"]

    def test_without_the_server_a_code_is_not_sent(self, hall: Hall) -> None:
        cut(hall)
        asked = QSignalSpy(hall.desk.asked)
        hall.outage.slip.scanned(CODE)
        assert asked.count() == 0
        assert hall.outage.slip.property("shown")["kind"] == "unknown"


class TestUncertain:
    """Called by a person's choice, never by itself."""

    def test_one_of_the_list_is_called_by_its_button(self, hall: Hall) -> None:
        uncertain(hall)
        asked = QSignalSpy(hall.desk.asked)
        with hall.screen() as screen:
            screen.click(item(screen, "call_ticket_A031"))
        (command,) = sent(asked)
        assert (command.kind, command.ticket, command.reason) == (
            "call_ticket",
            UNCERTAIN[0].ticket.id,
            "待核实，当面问过",
        )

    def test_the_list_is_gone_with_the_last_of_them(self, hall: Hall) -> None:
        uncertain(hall)
        assert len(hall.desk.property("tabs")) == 4
        hall.desk.arrived(desk())
        assert len(hall.desk.property("tabs")) == 3
        assert hall.desk.property("listing") == 0


class TestTargets:
    """Fingers and eyes: nothing to press is smaller than the look allows."""

    @pytest.mark.parametrize("name", ["panel", "slip-found", "by-hand", "uncertain"])
    def test_buttons_are_large_enough(self, hall: Hall, name: str) -> None:
        STATES[name](hall)
        names = ("slip_code", "slip_look", "open_by_hand", "save_sheet", "hand_number", "hand_enter", "call_slip")
        with hall.screen() as screen:
            found = [each for each in visible(screen.root) if each.objectName().startswith((*names, "call_ticket_"))]
            assert found
            for each in found:
                assert each.height() >= 40, each.objectName()
                right = each.mapToScene(QPointF(each.width(), each.height()))
                assert right.x() <= 1366
                assert right.y() <= 768


def test_the_act_of_a_row_is_of_its_list(hall: Hall) -> None:
    hall.desk.arrived(desk(missed=(shown(7, state=TicketState.MISSED),), uncertain=UNCERTAIN))
    acts = []
    for place in range(4):
        hall.desk.browse(place)
        acts.append(hall.desk.property("rowAct")["act"])
    assert acts == [Act.CALL_TICKET, Act.PUT_BACK, Act.PUT_BACK, Act.CALL_TICKET]
