"""A slip's way to paper, one step at a time: what is recorded before the first byte and after the last. No thread.

issued → sent → printed | unknown | failed, each step in the ledger; the end of a job is a fact for the server.
"""

from devices.printer import PrintOutcome
from devices.printer.slip import Slip
from hall.clock import Clock
from hall.facts import PaperOutcome, SlipPrinted
from hall.opening import local_time
from kiosk.errors import NoCatalog
from kiosk.issued import Issued
from kiosk.slip import compose
from queue_server.link.ledger import JobState, Ledger, PrintJob

_ENDS = {
    PrintOutcome.PRINTED: (JobState.PRINTED, PaperOutcome.PRINTED),
    PrintOutcome.UNKNOWN: (JobState.UNKNOWN, PaperOutcome.UNKNOWN),
    PrintOutcome.FAILED: (JobState.FAILED, PaperOutcome.FAILED),
}


def mark_sent(ledger: Ledger, job: PrintJob) -> None:
    """Before the first byte: without this mark a restart could print the job again.

    Raises:
        LedgerUnwritable: If the disk did not take it; then nothing may be sent.
    """
    if job.state is JobState.ISSUED:
        with ledger.transaction() as step:
            step.set_job_state(job.id, JobState.SENT)


def slip_of(ledger: Ledger, job: PrintJob, kiosk: int) -> Slip:
    """What stands on the paper of a job.

    Args:
        ledger: Where the job stands.
        job: The job.
        kiosk: The number on the cabinet.

    Raises:
        NoCatalog: If the kiosk has no catalogue.
    """
    issued, catalog = Issued.model_validate_json(job.slip), ledger.catalog()
    if catalog is None:
        raise NoCatalog("a slip cannot be composed without a catalogue")
    local = local_time(issued.issued_at, catalog.hall.offset_minutes)
    return compose(issued, catalog, local, kiosk, copy=job.copy_no > 1)


def record_end(ledger: Ledger, clock: Clock, job: PrintJob, outcome: PrintOutcome) -> None:
    """After the last byte: what became of the slip, with its fact.

    Raises:
        LedgerUnwritable: If the disk did not take it; the job stays `sent`, a question at the next start.
    """
    state, fact = _ENDS[outcome]
    with ledger.transaction() as step:
        step.set_job_state(job.id, state)
        step.add_fact(SlipPrinted(ticket=job.ticket, outcome=fact, copy_no=job.copy_no), clock.now())
