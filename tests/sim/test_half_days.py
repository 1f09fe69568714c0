"""A thousand random half-days: every call is the one the rule on paper makes, and its promises are kept.

The long form is `./onewindow sim --half-days 10000`. What it cannot see it could not prove: the breaches below show
that it does see.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hall.calling import effective_at
from hall.ticket import TicketClass
from hall.window import Window
from installer.rehearsal.hall_sim import half_day
from installer.rehearsal.hall_sim.half_day import Findings, HalfDay
from queue_server.store.order import Order


def play(days: int) -> list[Findings]:
    return [HalfDay(seed).play() for seed in range(days)]


def test_a_thousand_half_days_keep_every_promise() -> None:
    played = play(1000)
    assert [words for day in played for words in day.violations] == []
    assert sum(day.calls for day in played) > 30_000
    assert sum(day.overtaken for day in played) > 5_000


def _doubled(base_us: int, ticket_class: TicketClass) -> int:
    return 2 * effective_at(base_us, ticket_class) - base_us


def _second_first(order: Order, window: Window) -> Any:
    choice = _next(order, window)
    return choice if choice is None or choice.second is None else replace(choice, ticket=choice.second, second=None)


def _nobody(order: Order, window: Window) -> Any:
    return None


def _without_penalty(order: Order, window: Window) -> Any:
    return _next(order, window.model_copy(update={"groups": (*window.groups, *window.helps), "helps": {}}))


_next = Order.next_for


@pytest.mark.parametrize(
    ("owner", "name", "breach"),
    [
        (half_day, "effective_at", _doubled),
        (Order, "next_for", _second_first),
        (Order, "next_for", _nobody),
        (Order, "next_for", _without_penalty),
        (half_day, "effective_after_return", lambda missed, _: missed.effective_at),
    ],
    ids=["head start doubled", "second first", "nobody called", "no penalty", "a miss costs nothing"],
)
def test_a_breach_of_the_rule_is_seen(
    owner: object, name: str, breach: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, breach)
    assert any(day.violations for day in play(50))
