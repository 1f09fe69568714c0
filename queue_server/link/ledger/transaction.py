"""What a device writes: everything inside one `with ledger.transaction()` is durable together or not at all."""

from collections.abc import Callable
from datetime import date

from peewee import Database

from hall.clock import Moment
from hall.facts import Body, Fact, TicketIssued
from hall.identity import Holder
from hall.numbering import Number
from hall.projection import ticket_issued
from hall.ticket import Ticket
from queue_server.link.ledger import bookings, outbox, print_jobs, sent_back, tickets
from queue_server.link.ledger.numbers import TrustedDay, number_to_give, raise_high, trusted_day
from queue_server.link.ledger.print_jobs import JobState, PrintJob
from queue_server.link.ledger.state import change_state, found_state


class Transaction:
    """The acts of one durable step; made by `Ledger.transaction` only."""

    def __init__(self, database: Database, new_id: Callable[[], str]) -> None:
        self._database = database
        self._new_id = new_id
        self.facts: list[Fact] = []

    def business_day(self, wall_day: date) -> TrustedDay:
        """The day to issue on. Pass both parts to `next_number`, and `.day` into the fact.

        Args:
            wall_day: The business day by the wall clock.
        """
        return trusted_day(wall_day, found_state(self._database).last_day)

    def next_number(self, prefix: str, day: date, *, lane_form: bool = False) -> Number:
        """The number to give now. It is taken only by the `add_ticket` of the same transaction.

        Args:
            prefix: The group's letter.
            day: The business day.
            lane_form: Do not use the plan, because the clock is suspect.

        Raises:
            NotEnrolled: If the device has no lane yet.
        """
        return number_to_give(self._database, found_state(self._database), prefix, day, lane_form=lane_form)

    def add_ticket(self, body: TicketIssued, moment: Moment, holder: Holder | None = None) -> Ticket:
        """Issue: the fact, the ticket, its holder and the counter.

        Raises:
            NotEnrolled: If the device has no lane yet.
            BugError: If the number was already given that day.
        """
        fact = self.add_fact(body, moment)
        ticket = ticket_issued(body, fact, moment.wall_us)
        raise_high(self._database, body.day, body.prefix, "plan" if body.lane is None else "lane", body.n)
        tickets.add(self._database, ticket, holder, own=True, heard=False)
        if ticket.booking is not None:
            bookings.use_again(self._database, ticket.booking, ticket.id)
        sent_back.use(self._database, body)
        self._turn_to(body.day)
        return ticket

    def add_fact(self, body: Body, moment: Moment) -> Fact:
        """Record something that happened here, to be sent in its order.

        Raises:
            NotEnrolled: If the device has no lane yet.
        """
        fact = outbox.add(self._database, found_state(self._database), self._new_id(), body, moment)
        self.facts.append(fact)
        return fact

    def add_print_job(self, ticket: str, slip: str, moment: Moment) -> PrintJob:
        """A slip to print, `issued`; its copy number follows the ticket's earlier ones.

        Args:
            ticket: The ticket's id.
            slip: The slip's content as JSON, nothing personal in it.
            moment: Now.
        """
        return print_jobs.add_job(self._database, self._new_id(), ticket, slip, moment.wall_us)

    def set_job_state(self, job_id: str, state: JobState) -> None:
        """What became of a print job.

        Raises:
            BugError: If there is no such job or the state cannot follow.
        """
        print_jobs.move_job(self._database, job_id, state)

    def _turn_to(self, day: date) -> None:
        last_day = found_state(self._database).last_day
        if last_day is None or day > last_day:
            change_state(self._database, last_day=day)
            tickets.forget_before(self._database, day)
            bookings.forget_before(self._database, day)
