"""Print jobs: one id for ever, so that a slip is never printed twice by mistake and never forgotten.

`issued` is durable before the first byte goes out, `sent` is set just before that byte. A job found `sent` or
`unknown` at start is a question to the citizen, never a reason to print again unasked.
"""

from dataclasses import dataclass
from enum import StrEnum

from peewee import Database, fn

from hall.errors import BugError
from queue_server.link.ledger.tables import PRINT_JOB


class JobState(StrEnum):
    """Where a slip is on its way to paper."""

    ISSUED = "issued"
    SENT = "sent"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"


_EDGES = {
    JobState.ISSUED: {JobState.SENT, JobState.FAILED},
    JobState.SENT: {JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED},
    JobState.UNKNOWN: {JobState.PRINTED, JobState.FAILED},
    JobState.PRINTED: set[JobState](),
    JobState.FAILED: set[JobState](),
}


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One slip to print. `slip` is its content as JSON without anything personal; `copy_no` 2 and up are 补打."""

    id: str
    ticket: str
    copy_no: int
    state: JobState
    slip: str
    wall_us: int


def add_job(database: Database, job_id: str, ticket: str, slip: str, wall_us: int) -> PrintJob:
    """A new job, numbered after the ticket's earlier copies."""
    copies = PRINT_JOB.select(fn.MAX(PRINT_JOB.copy_no)).where(PRINT_JOB.ticket == ticket).scalar(database) or 0
    job = PrintJob(job_id, ticket, copies + 1, JobState.ISSUED, slip, wall_us)
    PRINT_JOB.insert({name: getattr(job, name) for name in PrintJob.__slots__}).execute(database)
    return job


def move_job(database: Database, job_id: str, state: JobState) -> None:
    """Set a job's state; the state it has already is fine.

    Raises:
        BugError: If there is no such job or the state cannot follow.
    """
    before = PRINT_JOB.select(PRINT_JOB.state).where(PRINT_JOB.id == job_id).scalar(database)
    if before is None:
        raise BugError(f"print job {job_id} does not exist")
    if before != state and state not in _EDGES[JobState(before)]:
        raise BugError(f"print job {job_id} cannot go from {before} to {state}")
    PRINT_JOB.update(state=state.value).where(PRINT_JOB.id == job_id).execute(database)


def jobs_in(database: Database, states: tuple[JobState, ...]) -> list[PrintJob]:
    """The jobs in these states, oldest first."""
    wanted = [state.value for state in states]
    rows = PRINT_JOB.select().where(PRINT_JOB.state.in_(wanted)).order_by(PRINT_JOB.wall_us).execute(database)
    return [PrintJob(**row | {"state": JobState(row["state"])}) for row in rows]
