"""Gives a number: admission, number, ticket, fact, counter and print job in one durable step, with or without a server.

Runs on one thread of the kiosk; nothing here waits for the network or the printer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from hall.admission import NoNumber, refusal
from hall.arrival import booked_slot
from hall.before import went_before
from hall.calling import people_ahead
from hall.catalog import Catalog, Hall
from hall.clock import Clock
from hall.facts import PaperOutcome, SlipPrinted, TicketIssued
from hall.head_start import BY_AGE, LATE, RETURNING, claimable
from hall.identity import Holder, IdentityDocument, holder_of
from hall.opening import local_time
from hall.slip_code import SlipCode, printed_text, seal
from hall.ticket import Ticket, TicketClass, TicketState
from hall.waiting import Wait
from kiosk.errors import NoCatalog
from kiosk.issued import Issued
from queue_server.link.ledger import JobState, KnownBooking, Ledger, PrintJob, SentBack


@dataclass(frozen=True, slots=True)
class Given:
    """A number was given and is on disk; `job` is its slip, None when none is tried."""

    issued: Issued
    job: PrintJob | None


@dataclass(frozen=True, slots=True)
class Refused:
    """No number by rule; `issued` is the ticket the person already holds."""

    reason: NoNumber
    issued: Issued | None = None


class Issuing:
    """Gives the numbers of one kiosk.

    Args:
        ledger: The kiosk's durable file.
        hall_key: The hall's secret, for holder tokens and slip codes.
        clock: The machine's clocks.
        new_id: Source of ticket ids.
        online: Whether the server answers now; only then are people ahead known.
        foretold: How long who comes now waits in a group, with priority or without, as far as known from memory.
    """

    def __init__(
        self,
        ledger: Ledger,
        hall_key: bytes,
        clock: Clock,
        new_id: Callable[[], str],
        online: Callable[[], bool],
        foretold: Callable[[str, bool], Wait | None] = lambda _group, _priority: None,
    ) -> None:
        self._ledger = ledger
        self._hall_key = hall_key
        self._clock = clock
        self._new_id = new_id
        self._online = online
        self._foretold = foretold

    def issue(
        self,
        service_id: str,
        document: IdentityDocument | None,
        *,
        priority: bool = False,
        by_age: bool = False,
        paper: bool = True,
        booking: str | None = None,
        returning: str | None = None,
    ) -> Given | Refused:
        """Give a number for a service. When this returns `Given`, it is durable.

        Args:
            service_id: The service chosen.
            document: Who asks; None without a document. It is turned into a token here and not kept.
            priority: Class `priority`; the head start is what the hall's table gives.
            returning: The ticket that was sent back for papers; if it may no longer come back, the number is as any.
            by_age: By the age on the document, not by the button 优先.
            paper: Whether a slip will be printed; otherwise the number is recorded as paperless.
            booking: The appointment it is given for, known here; used by it.

        Raises:
            NoCatalog: If the kiosk never had a catalogue.
            NotEnrolled: If the kiosk has no lane yet.
            LedgerUnwritable: If the disk did not take it: no number was given.
        """
        catalog = self._ledger.catalog()
        if catalog is None:
            raise NoCatalog("no number can be given without a catalogue")
        group = catalog.group(catalog.service(service_id).group)
        moment, online = self._clock.now(), self._online()
        local = local_time(moment.wall_us, catalog.hall.offset_minutes)
        holder = holder_of(document, self._hall_key) if document else None
        with self._ledger.transaction() as step:
            day, suspect = step.business_day(local.date())
            live = self._ledger.live_tickets(day, group.id)
            count = self._ledger.issued_count(day, group.id)
            booked = None if booking is None else self._ledger.booking(booking)
            if booked is not None and is_used(self._ledger, booked):
                return Refused(NoNumber.USED, self.find(booked.ticket or ""))
            if holder is None and booked is not None and booked.token is not None:
                holder = Holder(token=booked.token, masked_name="")  # the name stands with the server
            token = holder.token if holder else None
            refused = refusal(
                catalog,
                group.id,
                None if suspect else local,
                count,
                token,
                live,
                booked=booked is not None,
                down=group.id in self._ledger.groups_down(),
            )
            if refused:
                reason, held = refused
                return Refused(reason, self.find(held.id) if held else None)
            back = self._may_return(returning, catalog, day)
            earned = _earned(catalog.hall, priority=priority, by_age=by_age, back=back is not None)
            standing = catalog.hall.standing(*earned, *((LATE,) if booked else ()))
            number = step.next_number(group.prefix, day, lane_form=suspect)
            body = TicketIssued(
                ticket=self._new_id(),
                day=day,
                service=service_id,
                group=group.id,
                prefix=group.prefix,
                lane=number.lane,
                n=number.n,
                ticket_class=standing.ticket_class,
                head_start=standing.minutes,
                offline=not online,
                slot=booked_slot(booked.booking, catalog.hall, *earned) if booked else None,
                returns_for=None if back is None else back.ticket,
            )
            ticket = step.add_ticket(body, moment, holder)
            ahead = people_ahead([other for other, _ in live], ticket) if online else None
            issued = self.describe(ticket, catalog, ahead=ahead, offline=not online)
            if online:
                wait = self._foretold(group.id, ticket.ticket_class is TicketClass.PRIORITY)
                issued = issued.model_copy(update={"wait": wait})
            job = None
            if paper:
                job = step.add_print_job(ticket.id, issued.model_dump_json(), moment)
                # `sent` in the same step: the paper follows at once, and a second wait for the disk would double the
                # time to the first byte. Too early is safe: after a crash a person is asked, nothing is printed twice.
                step.set_job_state(job.id, JobState.SENT)
                job = replace(job, state=JobState.SENT)
            else:
                step.add_fact(SlipPrinted(ticket=ticket.id, outcome=PaperOutcome.PAPERLESS), moment)
        return Given(issued, job)

    def returning(self, ticket_id: str) -> SentBack | None:
        """A visit that was sent back for papers and may come back now, within the hall's term; None if it may not."""
        catalog = self._ledger.catalog()
        if catalog is None:
            return None
        day = local_time(self._clock.now().wall_us, catalog.hall.offset_minutes).date()
        return self._may_return(ticket_id, catalog, day)

    def _may_return(self, ticket_id: str | None, catalog: Catalog, day: date) -> SentBack | None:
        back = None if ticket_id is None else self._ledger.sent_back(ticket_id)
        if back is None or not 0 <= (day - back.day).days <= catalog.hall.return_days or not catalog.hall.return_days:
            return None
        return back if any(service.id == back.service for service in catalog.services) else None

    def find(self, ticket_id: str) -> Issued | None:
        """A ticket known here, as its holder may see it; None if it is not known or its visit is over."""
        catalog, ticket = self._ledger.catalog(), self._ledger.ticket(ticket_id)
        if catalog is None or ticket is None or not ticket.live:
            return None
        passed = went_before(ticket, self._ledger.called_tickets(ticket.day, ticket.group))
        issued = self.describe(ticket, catalog, ahead=self._ahead(ticket, online=self._online()))
        return issued.model_copy(update={"before": passed})

    def describe(self, ticket: Ticket, catalog: Catalog, *, ahead: int | None, offline: bool = False) -> Issued:
        """A ticket with its sealed code."""
        code = SlipCode(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n, ticket.issued_at)
        return Issued(
            ticket=ticket.id,
            day=ticket.day,
            number=ticket.number,
            service=ticket.service,
            group=ticket.group,
            ticket_class=ticket.ticket_class,
            issued_at=ticket.issued_at,
            code=printed_text(seal(code, catalog.hall.id, self._hall_key), catalog.hall.public_url),
            people_ahead=ahead,
            offline=offline,
            slot_at=ticket.slot_at,
        )

    def _ahead(self, ticket: Ticket, *, online: bool) -> int | None:
        if not online:
            return None
        return people_ahead([other for other, _ in self._ledger.live_tickets(ticket.day, ticket.group)], ticket)


def is_used(ledger: Ledger, known: KnownBooking) -> bool:
    """Whether a number was given for an appointment; one that was voided, as no slip came out, uses nothing."""
    ticket = None if known.ticket is None else ledger.ticket(known.ticket)
    return known.ticket is not None and (ticket is None or ticket.state is not TicketState.CANCELLED)


def _earned(hall: Hall, *, priority: bool, by_age: bool, back: bool) -> tuple[str, ...]:
    """Rows of the hall's own table. Here the reason ends: the ticket has no more than class and minutes."""
    rows = {BY_AGE} if by_age else claimable(hall.head_starts) if priority else set()
    return (*rows, *((RETURNING,) if back else ()))
