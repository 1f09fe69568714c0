"""Slips of which nobody knows whether they came out: found at start, asked about, settled by a person."""

from hall.clock import MINUTE_US, Clock
from hall.facts import PaperOutcome, SlipPrinted, TicketCancelled
from hall.ticket import CancelReason
from kiosk.issued import Issued
from queue_server.link.ledger import JobState, Ledger, PrintJob

ASK_WITHIN_US = MINUTE_US
"""A minute after the paper was due its owner has gone; then only the record says unknown."""

_STILL_INSIDE_US = 60 * MINUTE_US


def half_printed(ledger: Ledger, clock: Clock) -> bool:
    """Whether the printer may still hold part of a slip: an earlier life ended while one was on its way or in doubt."""
    now_us = clock.now().wall_us
    open_ids = _unresolved_ids(ledger)
    jobs = (job for job in ledger.jobs(JobState.SENT, JobState.UNKNOWN) if job.id in open_ids)
    return any(job.state is JobState.SENT or now_us - job.wall_us <= _STILL_INSIDE_US for job in jobs)


def doubtful(ledger: Ledger, clock: Clock) -> tuple[Issued, ...]:
    """Put the print jobs of an earlier life in order, and name those to ask about now.

    A job that was `sent` becomes `unknown` with its fact; one that never got that far surely failed. Nothing is
    printed: a person decides.

    Raises:
        LedgerUnwritable: If the disk did not take it.
    """
    moment = clock.now()
    jobs, open_ids = ledger.jobs(JobState.ISSUED, JobState.SENT, JobState.UNKNOWN), _unresolved_ids(ledger)
    for job in jobs:
        if job.state is JobState.UNKNOWN:
            continue
        sent = job.state is JobState.SENT
        outcome = PaperOutcome.UNKNOWN if sent else PaperOutcome.FAILED
        with ledger.transaction() as step:
            step.set_job_state(job.id, JobState.UNKNOWN if sent else JobState.FAILED)
            step.add_fact(SlipPrinted(ticket=job.ticket, outcome=outcome, copy_no=job.copy_no), moment)
    fresh = (job for job in jobs if job.id in open_ids and 0 <= moment.wall_us - job.wall_us <= ASK_WITHIN_US)
    by_ticket = {job.ticket: job.slip for job in fresh}  # a copy may be in doubt beside its first slip
    return tuple(map(Issued.model_validate_json, by_ticket.values()))


def settle(ledger: Ledger, clock: Clock, ticket: str) -> None:
    """Somebody has the slip: 已取到.

    Raises:
        LedgerUnwritable: If the disk did not take it.
    """
    for job in _of(ledger, ticket, JobState.UNKNOWN):
        with ledger.transaction() as step:
            step.set_job_state(job.id, JobState.PRINTED)
            body = SlipPrinted(ticket=ticket, outcome=PaperOutcome.PRINTED, copy_no=job.copy_no)
            step.add_fact(body, clock.now())


def void(ledger: Ledger, clock: Clock, ticket: str) -> None:
    """Nobody wants this number: 作废.

    Raises:
        LedgerUnwritable: If the disk did not take it.
    """
    with ledger.transaction() as step:
        for job in _of(ledger, ticket, JobState.UNKNOWN):
            step.set_job_state(job.id, JobState.FAILED)
        step.add_fact(TicketCancelled(ticket=ticket, reason=CancelReason.VOID), clock.now())


def copy_of(ledger: Ledger, clock: Clock, issued: Issued) -> PrintJob:
    """A further print job of a ticket 补打.

    Raises:
        LedgerUnwritable: If the disk did not take it.
    """
    with ledger.transaction() as step:
        return step.add_print_job(issued.ticket, issued.model_dump_json(), clock.now())


def _unresolved_ids(ledger: Ledger) -> frozenset[str]:
    """The jobs that did not end well, without those whose owner has got a later copy."""
    copies: dict[str, int] = {}
    for job in ledger.jobs(JobState.PRINTED):
        copies[job.ticket] = max(job.copy_no, copies.get(job.ticket, 0))
    doubted = ledger.jobs(JobState.ISSUED, JobState.SENT, JobState.UNKNOWN)
    return frozenset(job.id for job in doubted if job.copy_no > copies.get(job.ticket, 0))


def _of(ledger: Ledger, ticket: str, state: JobState) -> list[PrintJob]:
    return [job for job in ledger.jobs(state) if job.ticket == ticket]
