"""What a manager types on the page of the rule: read back as meant, or told what is wrong, row by row."""

from datetime import date

import pytest

from hall.clock import MINUTE_US
from hall.rule import Rule, rule_of
from hall.ticket import TicketClass
from hall.wire.rule import ClassWaits, RulePreview, Waits
from queue_server.web.manage.ruling import form_of, in_words
from tests.support.kiosks import sample_hall


def test_the_form_of_a_hall_says_its_rule() -> None:
    hall = sample_hall()
    assert form_of(hall).read(hall) == rule_of(hall)


@pytest.mark.parametrize("typed", ["", "x", "-1", "241", "12.5", "１２", " ", "1e2", "٣"])
def test_no_head_start_is_guessed(typed: str) -> None:
    hall = sample_hall()
    assert form_of(hall).with_row("military", minutes=typed).read(hall) == ("军人：请写 0 到 240 的整数",)


@pytest.mark.parametrize(("typed", "fits"), [("0", False), ("1", True), ("2.5", True), ("240", True), ("241", False)])
def test_helping_costs_something(typed: str, fits: bool) -> None:
    hall = sample_hall()
    first = form_of(hall).helps[0]
    assert isinstance(form_of(hall).with_help(first.window, first.group, typed).read(hall), Rule) is fits


def test_rows_come_and_go_but_not_those_that_programs_need() -> None:
    hall = sample_hall()
    more = form_of(hall).with_one_more().with_one_more()
    assert [row.id for row in more.rows][-2:] == ["extra_1", "extra_2"]
    wrong = more.read(hall)
    assert isinstance(wrong, tuple)
    assert "新的一行：请写名称" in wrong
    less = more.without("extra_1").without("extra_2").without("military").without("elderly").read(hall)
    assert isinstance(less, Rule)
    assert [row.id for row in less.head_starts] == [
        row.id for row in rule_of(hall).head_starts if row.id != "military"
    ]  # fmt: skip
    over = form_of(hall).with_row("military", minutes="40").read(hall)
    assert over == ("军人提前 40 分钟，超过上限 30 分钟，请改小，或改大上限 head_start_cap",)


def test_a_preview_says_its_day_and_the_waits_in_minutes() -> None:
    waits = Waits(mean_us=12 * MINUTE_US, p90_us=25 * MINUTE_US)
    line = ClassWaits(ticket_class=TicketClass.PRIORITY, tickets=7, really=waits, fcfs=waits, now=waits, then=waits)
    shown = in_words(RulePreview(day=date(2026, 11, 24), classes=(line,), left=2))
    assert shown.title == "按这张表，11 月 24 日会是"
    cell = "平均 12 分，九成 25 分内".replace(" ", "\N{NO-BREAK SPACE}")
    assert shown.lines == (("优先", "7", *[cell] * 3),)
    assert "有 2 个号按新规则当天排不上" in shown.note
    assert in_words(RulePreview(day=None, classes=(), left=0)).lines == ()
