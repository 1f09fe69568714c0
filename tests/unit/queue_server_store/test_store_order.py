"""The order in memory gives the same answer as the rule of the hall over all waiting tickets."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.calling import next_ticket
from hall.ticket import Ticket, TicketClass, TicketState
from hall.window import Window
from queue_server.store.order import Order

GROUPS = ("a", "b", "c")


@st.composite
def tickets(draw: st.DrawFn) -> list[Ticket]:
    return [
        Ticket(
            id=f"{n:032x}",
            day=date(2026, 9, 21),
            service="s",
            group=draw(st.sampled_from(GROUPS)),
            prefix="A",
            lane=None,
            n=n,
            issuer_lane=draw(st.integers(1, 3)),
            issuer_seq=n,
            ticket_class=TicketClass.ORDINARY,
            issued_at=draw(st.integers(0, 5)) * 60_000_000,
            effective_at=draw(st.integers(-3, 5)) * 60_000_000,
        )
        for n in range(1, draw(st.integers(1, 12)))
    ]


windows = st.builds(
    Window,
    number=st.just(1),
    name=st.just("一"),
    groups=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2).map(tuple),
    helps=st.dictionaries(st.sampled_from(GROUPS), st.sampled_from([0.5, 1.0, 3.0])),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(tickets(), windows, st.data())
def test_it_calls_whom_the_rule_calls(waiting: list[Ticket], window: Window, data: st.DataObject) -> None:
    order = Order(waiting)
    left = list(waiting)
    while left:
        assert order.next_for(window) == next_ticket(left, window)
        ticket = data.draw(st.sampled_from(left))
        called = ticket.model_copy(update={"state": TicketState.CALLED, "window": 1})
        order.change(ticket, called)
        if data.draw(st.booleans()):
            order.change(called, ticket)  # rolled back
            assert set(order) == set(left)
            order.change(ticket, called)
        left.remove(ticket)
        assert len(order) == len(left)
    assert order.next_for(window) is None
