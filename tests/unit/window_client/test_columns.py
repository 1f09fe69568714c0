"""What the columns of a desk say: words a clerk reads at a glance, right in every state."""

from dataclasses import replace

import pytest

from hall.calling import CallReason
from hall.ticket import Flag, TicketClass, TicketState
from hall.window import WindowState
from hall.wire.replies import Refusal
from tests.support.tickets import MINUTE
from tests.support.window_desk import NOW, QUEUE, WAITS, called_here, desk, reply, sample_catalog, served_here, shown
from window_client.desk.band import band
from window_client.desk.citizen import citizen
from window_client.desk.note import note
from window_client.desk.papers import papers
from window_client.desk.situation import Act, Connection, Listing, Outcome, Situation
from window_client.desk.waiting import load, newcomers, rows, tabs
from window_client.i18n import CHINESE

CATALOG = sample_catalog()


def at(view: object, now: int = NOW, **more: object) -> Situation:
    given: dict[str, object] = {"connection": Connection.ONLINE, "catalog": CATALOG} | more
    return Situation(now, view, **given)  # type: ignore[arg-type]


def test_the_band_counts_from_the_call_and_then_from_the_start() -> None:
    called = band(at(desk(called_here())), CHINESE)
    assert (called.kind, called.words, called.time) == ("calling", "已叫号，等人来", "00:18")
    assert called.fill == pytest.approx(18 / 90)
    serving = band(at(desk(served_here())), CHINESE)
    assert (serving.kind, serving.words, serving.time) == ("positive", "办理中", "03:42")
    assert serving.hint == "这件事一般 8 分钟"


def test_the_bar_stops_at_its_end_and_hours_are_shown() -> None:
    late = band(at(desk(served_here()), NOW + 90 * MINUTE), CHINESE)
    assert (late.time, late.fill) == ("1:33:42", 1.0)


def test_the_band_says_when_a_number_may_be_missed() -> None:
    often = called_here()
    thrice = often.model_copy(update={"ticket": often.ticket.model_copy(update={"calls": 3})})
    assert band(at(desk(often)), CHINESE).hint == "叫了 1 次，叫满 3 次没来可过号"
    assert band(at(desk(thrice), NOW + 2 * MINUTE), CHINESE).hint == "叫了 3 次，人没来就过号"


def test_a_pause_shows_its_reason_and_idle_shows_no_clock() -> None:
    paused = band(at(desk(state=WindowState.PAUSED)), CHINESE)
    assert (paused.kind, paused.time, paused.hint) == ("caution", "03:00", "用餐")
    assert band(at(desk()), CHINESE).time == ""


def test_the_citizen_is_shown_with_masked_name_and_facts() -> None:
    left = citizen(at(desk(served_here())), CHINESE)
    assert (left.number, left.name) == ("A023", "周**")
    assert [(line.label, line.value) for line in left.lines] == [
        ("事项", "社保卡申领"),
        ("业务", "社会保险"),
        ("等了", "11 分钟"),
        ("取号", "09:43　1 号取号机"),
        ("次序", "按 09:43 计，较 A025 早 4 分钟"),
    ]
    assert [mark.text for mark in left.marks] == ["普通"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (CallReason(counts_from=NOW, before="A3-012"), "按 09:59 计，较 A3-012 早不到 1 分钟"),
        (
            CallReason(counts_from=NOW, penalty_us=10 * MINUTE, before="B001", earlier_us=90 * MINUTE),
            "按 09:59 计，协助业务延后 10 分钟，较 B001 早 90 分钟",
        ),
        (CallReason(counts_from=NOW), "按 09:59 计，没有别人在等"),
        (CallReason(counts_from=NOW, chosen=True), "点名叫的号，不按次序"),
    ],
)
def test_a_clerk_can_say_why_this_one_and_not_another(reason: CallReason, words: str) -> None:
    assert citizen(at(desk(served_here(reason=reason))), CHINESE).lines[-1].value == words


def test_an_empty_window_says_who_could_be_next() -> None:
    left = citizen(at(desk()), CHINESE)
    assert (left.number, left.calm, left.next, left.foot) == ("", "有 6 人在等", "下一位是 A025", "今天已办 12 件")
    assert citizen(at(desk(queue=())), CHINESE).calm == "没有人在等"


def test_nothing_is_claimed_before_the_server_has_told_anything() -> None:
    new = at(None, connection=Connection.CONNECTING)
    left = citizen(new, CHINESE)
    said = [left.calm, left.next, left.foot, band(new, CHINESE).words, *tabs(new, CHINESE)]
    said += [line.value for line in load(new, CHINESE)]
    assert left.calm == "还不知道有没有人在等"
    assert band(new, CHINESE).words == "正在连接"
    assert not any(digit in "".join(said) for digit in "0123456789")


def test_marks_tell_class_and_flags() -> None:
    odd = called_here(kind=TicketClass.PRIORITY, flags=(Flag.SAME_HOLDER, Flag.PAPER_UNKNOWN, Flag.UNCERTAIN))
    marks = citizen(at(desk(odd)), CHINESE).marks
    assert [mark.text for mark in marks] == ["优先", "同一人另有号", "取号单可能没出", "待核实"]


def test_papers_are_those_of_the_service_and_only_needed_ones_are_counted() -> None:
    middle = papers(at(desk(served_here())), {0, 2}, CHINESE)
    assert [row.ticked for row in middle.rows] == [True, False, True]
    assert [row.needed for row in middle.rows] == [True, True, False]
    assert middle.summary == "2 项要交，已收 1 项"
    assert ("承诺", "当场办结") in [(line.label, line.value) for line in middle.facts]


def test_the_middle_says_why_it_is_empty() -> None:
    assert papers(at(desk()), set(), CHINESE).empty == CHINESE.papers_empty
    bare = served_here(service="social_card_loss")
    assert papers(at(desk(bare)), set(), CHINESE).empty == CHINESE.papers_none
    assert papers(at(desk(served_here()), catalog=None), set(), CHINESE).empty == CHINESE.papers_none


def test_the_queue_stays_in_the_servers_order_with_its_reason() -> None:
    shown_rows = rows(at(desk()), Listing.WAITING, CHINESE)
    assert [row.number for row in shown_rows] == [each.number for each in QUEUE]
    first = shown_rows[0]
    assert (first.order, first.waited, first.next) == ("按 09:17 计", "12 分", True)
    assert [mark.text for row in shown_rows for mark in row.marks] == ["优先", "预约", "离线补入"]
    assert not any(row.next for row in shown_rows[1:])


def test_a_helping_windows_order_counts_the_minutes_it_waits_first() -> None:
    helped = shown(9, 40).model_copy(update={"penalty_minutes": 8})
    assert rows(at(desk(queue=(helped,))), Listing.WAITING, CHINESE)[0].order == "按 09:48 计"


def test_missed_and_held_have_lists_of_their_own() -> None:
    view = desk(missed=(shown(3, state=TicketState.MISSED),), held=(shown(4, state=TicketState.ON_HOLD),))
    assert tabs(at(view), CHINESE) == ("等候 6", "过号 1", "挂起 1")
    assert [row.number for row in rows(at(view), Listing.MISSED, CHINESE)] == ["A003"]
    assert [row.number for row in rows(at(view), Listing.HELD, CHINESE)] == ["A004"]


def test_the_halls_load_stands_in_three_figures() -> None:
    assert [line.value for line in load(at(desk()), CHINESE)] == ["40 人", "46 分", "18 / 24"]


def test_the_longest_waits_of_newcomers_stand_above_it_while_they_are_known() -> None:
    said = newcomers(at(desk(waits=WAITS)), CHINESE)
    assert [(line.title, line.wait, line.warns) for line in said] == [
        ("现在来办其他事项", "窗口暂停", True),
        ("现在来办社会保险", "约 15–25 分钟", False),
    ]
    assert newcomers(at(desk()), CHINESE) == ()
    assert newcomers(at(desk(waits=WAITS), connection=Connection.AWAY), CHINESE) == ()


def test_the_note_tells_progress_result_and_refusal() -> None:
    assert note(at(desk(), pending=Act.CALL_NEXT), CHINESE).text == "正在叫号…"
    done = Outcome(Act.CALL_NEXT, reply(called_here().ticket))
    told = note(at(desk(called_here(), undo_until=NOW + 5_000_000), outcome=done), CHINESE)
    assert (told.kind, told.text, told.undo) == ("done", "已叫 A023", 5)
    gone = note(at(desk(called_here()), outcome=done), CHINESE)
    assert gone.kind == "empty"
    trouble = note(at(desk(), outcome=Outcome(Act.CALL_NEXT, trouble="请检查网线")), CHINESE)
    assert (trouble.kind, trouble.text) == ("refused", "请检查网线")


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_told_in_its_own_words(refusal: Refusal) -> None:
    refused = replace(at(desk()), outcome=Outcome(Act.CALL_NEXT, reply(refusal=refusal)))
    told = note(refused, CHINESE)
    assert told.kind == "refused"
    assert told.text == CHINESE.refusals[refusal] != ""
