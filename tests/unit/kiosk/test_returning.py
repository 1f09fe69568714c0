"""补件: who was sent back for papers comes back once, by the old slip, with the hall's head start, within its term."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.catalog import Catalog
from hall.clock import DAY_US, MINUTE_US, Moment
from hall.facts import TicketIssued
from hall.ticket import ServiceOutcome, TicketClass
from hall.wire import commands
from kiosk.issuing import Given, Issuing
from kiosk.journey import events as ev
from kiosk.journey import step
from kiosk.journey.effects import Issue
from kiosk.journey.pages import Page
from kiosk.journey.visit import Around, at_home
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from tests.support.ledgers import plan, welcome
from tests.support.referee import HALL_KEY, Referee, small_catalog


class Later:
    """The referee's own time, so many days later."""

    def __init__(self, referee: Referee) -> None:
        self._referee = referee
        self.days = 1

    def now(self) -> Moment:
        moment = self._referee.moment
        return moment.model_copy(update={"wall_us": moment.wall_us + self.days * DAY_US})


class Hall:
    """A visit that ended with 补正, and a kiosk whose feed told of it."""

    def __init__(self, folder: Path, catalog: Catalog | None = None) -> None:
        self.referee = Referee()
        self._kiosk = self.referee.kiosk()
        self._clerk = self.referee.clerk(3)
        self.clock = Later(self.referee)
        self.ledger = Ledger.open(folder, "kiosk-9", new_id)
        self.ledger.apply_welcome(welcome(9, plan=plan(2, 1)))
        self.ledger.store_catalog(catalog or small_catalog())
        self.issuing = Issuing(self.ledger, HALL_KEY, self.clock, new_id, lambda: True)

    def serve(self, outcome: ServiceOutcome, first: ServiceOutcome | None = None) -> str:
        """One visit, of two services if the first has an outcome, to its end; the feed tells the kiosk."""
        ticket = self._kiosk.issue().ticket
        self._kiosk.push()
        self.do(commands.CallNext(request_id=self.referee.ids()))
        self.do(commands.StartService(request_id=self.referee.ids(), ticket=ticket))
        if first is not None:
            other = commands.NextService(
                request_id=self.referee.ids(), ticket=ticket, outcome=first, service="beta_one"
            )
            self.do(other)
        self.do(commands.FinishService(request_id=self.referee.ids(), ticket=ticket, outcome=outcome))
        self.hear()
        return ticket

    def do(self, command: commands.Command) -> None:
        assert self.referee.do(self._clerk, command).done

    def hear(self) -> None:
        with self.referee.store.read() as reader:
            self.ledger.apply_feed(reader.feed(self.ledger.state.feed_seq, 500))

    def issue(self, returning: str | None, *, priority: bool = False) -> TicketIssued:
        given = self.issuing.issue("alpha_one", None, returning=returning, priority=priority)
        assert isinstance(given, Given)
        body = self.ledger.unsent()[-1].fact.body
        if not isinstance(body, TicketIssued):
            body = self.ledger.unsent()[-2].fact.body
        assert isinstance(body, TicketIssued)
        return body


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.ledger.close()


def test_the_old_slip_brings_one_number_with_a_head_start_and_no_second(hall: Hall) -> None:
    old = hall.serve(ServiceOutcome.SENT_BACK)
    found = hall.issuing.returning(old)
    assert found is not None
    assert (found.service, found.group) == ("alpha_one", "alpha")
    first, second = hall.issue(old), hall.issue(old)
    assert (first.ticket_class, first.head_start, first.returns_for) == (TicketClass.RETURNING, 20, old)
    assert (second.ticket_class, second.head_start, second.returns_for) == (TicketClass.ORDINARY, 0, None)
    ticket = hall.ledger.ticket(first.ticket)
    assert ticket is not None
    assert ticket.issued_at - ticket.effective_at == 20 * MINUTE_US
    assert hall.issuing.returning(old) is None


def test_priority_is_greater_and_never_added(hall: Hall) -> None:
    body = hall.issue(hall.serve(ServiceOutcome.SENT_BACK), priority=True)
    assert (body.ticket_class, body.head_start) == (TicketClass.PRIORITY, 30)


def test_another_outcome_brings_nobody_back_and_one_taken_back_neither(hall: Hall) -> None:
    assert hall.issuing.returning(hall.serve(ServiceOutcome.ACCEPTED)) is None
    old = hall.serve(ServiceOutcome.SENT_BACK)
    hall.do(commands.Undo(request_id=hall.referee.ids(), ticket=old))
    hall.hear()
    assert hall.issuing.returning(old) is None


def test_of_several_services_the_one_that_was_sent_back_counts(hall: Hall) -> None:
    old = hall.serve(ServiceOutcome.ACCEPTED, first=ServiceOutcome.SENT_BACK)
    found = hall.issuing.returning(old)
    assert found is not None
    assert found.service == "alpha_one"
    hall.do(commands.Undo(request_id=hall.referee.ids(), ticket=old))  # of the second alone
    hall.hear()
    assert hall.issuing.returning(old) == found


def test_the_term_is_the_halls(hall: Hall, tmp_path: Path) -> None:
    old = hall.serve(ServiceOutcome.SENT_BACK)
    hall.clock.days = 15
    assert hall.issuing.returning(old) is not None
    hall.clock.days = 16
    assert hall.issuing.returning(old) is None
    hall.clock.days = 1
    catalog = small_catalog()
    never = catalog.hall.model_copy(update={"return_days": 0})
    hall.ledger.store_catalog(Catalog(**(dict(catalog) | {"hall": never})))
    assert hall.issuing.returning(old) is None


def test_what_another_kiosk_gave_is_heard_and_the_day_turns(hall: Hall, tmp_path: Path) -> None:
    old = hall.serve(ServiceOutcome.SENT_BACK)
    hall.ledger.tidy(hall.clock.now().wall_us)
    assert hall.issuing.returning(old) is not None
    other = hall.referee.kiosk("kiosk-2")
    body = other.issue()
    other.facts[-1] = other.facts[-1].model_copy(
        update={"fact": other.facts[-1].fact.model_copy(update={"body": body.model_copy(update={"returns_for": old})})}
    )
    other.push()
    hall.hear()
    assert hall.issuing.returning(old) is None


def test_at_the_screen_the_slip_leads_straight_to_the_number() -> None:
    start = at_home(Around(configured=True))
    visit, _ = step(start, ev.PapersBrought("a" * 32, "card", "social"))
    assert (visit.page, visit.service, visit.returning) == (Page.CONFIRM, "card", "a" * 32)
    issuing, effects = step(visit, ev.TakeNumber())
    assert issuing.page is Page.ISSUING
    assert effects == (Issue("card", None, priority=False, paper=True, returning="a" * 32),)
    back, _ = step(visit, ev.GoBack())
    assert (back.page, back.returning, back.service) == (Page.HOME, None, None)
    assert step(visit, ev.ChangeService()) == (visit, ())
