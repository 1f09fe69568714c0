"""However requests and answers are lost, late, doubled or out of order: the server ends with every fact once, in order.

The real ledger and conversation of two kiosks against the real operations and store; nothing stands between them but
the test's own hand.
"""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.facts import PaperOutcome, SlipPrinted, TicketIssued
from hall.opening import business_day
from hall.ticket import Ticket
from hall.wire.sync import SentFact
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from tests.support.referee import Referee
from tests.support.wire import Wire

KIOSKS = 2
WHICH = st.integers(0, KIOSKS - 1)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["issue", "issue", "say", "talk", "request lost", "reply lost", "cut"]), WHICH),
        st.tuples(st.just("arrives"), WHICH, st.lists(st.integers(0, 30), max_size=8)),
    ),
    max_size=40,
)


class Device:
    """A kiosk's ledger, its wire, and every fact it ever wrote."""

    def __init__(self, folder: Path, name: str, referee: Referee) -> None:
        self.ledger = Ledger.open(folder / name, name, new_id)
        self.wire = Wire(referee, self.ledger)
        self.wire.talk()
        self.facts: list[SentFact] = []
        self.tickets: list[Ticket] = []

    def issue(self) -> None:
        moment = self.wire.referee.moment
        with self.ledger.transaction() as step:
            day, suspect = step.business_day(business_day(moment.wall_us, 480))
            number = step.next_number("A", day, lane_form=suspect)
            body = TicketIssued(
                ticket=new_id(), day=day, service="alpha_one", group="alpha", prefix="A", lane=number.lane, n=number.n
            )
            self.tickets.append(step.add_ticket(body, moment))
            step.add_fact(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED), moment)
        self.facts += self.ledger.unsent(10_000)[-2:]


@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_every_fact_is_there_once_and_in_order(acts: list[tuple[str, int] | tuple[str, int, list[int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        referee = Referee()
        devices = [Device(Path(folder), f"kiosk-{n + 1}", referee) for n in range(KIOSKS)]
        for act in acts:
            _do(devices[act[1]], act[0], act[2] if len(act) == 3 else [])
            referee.pass_time(7)
        for device in devices:
            device.wire.talk()
        for device in devices:
            device.wire.talk()  # what the others told last comes down
        _compare(referee, devices)
        for device in devices:
            device.ledger.close()


def _do(device: Device, what: str, places: list[int]) -> None:
    match what:
        case "issue":
            device.issue()
        case "say":
            device.wire.say()
        case "talk":
            device.wire.talk()
        case "request lost":
            device.wire.say(request_lost=True)
        case "reply lost":
            device.wire.say(reply_lost=True)
        case "cut":
            device.wire.cut()
        case _:
            chosen = [device.facts[place % len(device.facts)] for place in places if device.facts]
            answer = device.wire.again(chosen)
            assert answer is None or not answer.diverged


def _compare(referee: Referee, devices: list[Device]) -> None:
    with referee.store.read() as reader:
        told = list(reader.entries())
        for device in devices:
            state = device.ledger.state
            assert device.ledger.unsent_count() == 0
            assert state.highwater == state.last_seq == len(device.facts)
            applied = [entry.fact for entry in told if entry.fact.lane == state.lane]
            assert applied == [sent.fact for sent in device.facts]
            for issued in device.tickets:
                ticket = reader.ticket(issued.id)
                assert ticket is not None
                assert ticket.number == issued.number
                assert [other.ledger.ticket(issued.id) for other in devices] == [ticket] * len(devices)
    numbers = [ticket.number for device in devices for ticket in device.tickets]
    assert len(numbers) == len(set(numbers))
