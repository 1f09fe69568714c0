"""Print jobs: one id for ever, so that a slip is never printed twice by mistake and never forgotten.

`issued` is durable before the first byte goes out, `sent` is set just before that byte. A job found `sent` or
`unknown` at start is a question to the citizen, never a reason to print again unasked.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from peewee import Database, fn

from hall.errors import BugError
from queue_server.link.ledger.statements import ASKED, Statement, insert, update
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


_COLUMNS = tuple(PrintJob.__slots__)
_ADD = insert(PRINT_JOB, _COLUMNS)
_MOVE = update(PRINT_JOB, ("state",), key="id")
_STATE = Statement(PRINT_JOB.select(PRINT_JOB.state).where(PRINT_JOB.id == ASKED))
_COPIES = Statement(PRINT_JOB.select(fn.MAX(PRINT_JOB.copy_no)).where(PRINT_JOB.ticket == ASKED))


def add_job(database: Database, job_id: str, ticket: str, slip: str, wall_us: int) -> PrintJob:
    """A new job, numbered after the ticket's earlier copies."""
    copies = _COPIES.value(database, ticket) or 0
    job = PrintJob(job_id, ticket, copies + 1, JobState.ISSUED, slip, wall_us)
    _ADD.run(database, *(getattr(job, name) for name in _COLUMNS))
    return job


def move_job(database: Database, job_id: str, state: JobState) -> None:
    """Set a job's state; the state it has already is fine.

    Raises:
        BugError: If there is no such job or the state cannot follow.
    """
    before = _STATE.value(database, job_id)
    if before is None:
        raise BugError(f"print job {job_id} does not exist")
    if before != state and state not in _EDGES[JobState(before)]:
        raise BugError(f"print job {job_id} cannot go from {before} to {state}")
    _MOVE.run(database, state.value, job_id)


def jobs_in(database: Database, states: tuple[JobState, ...]) -> list[PrintJob]:
    """The jobs in these states, oldest first."""
    rows = _in_states(len(states)).run(database, *(state.value for state in states)).fetchall()
    jobs = (PrintJob(*row) for row in rows)
    return [replace(job, state=JobState(job.state)) for job in jobs]


@cache
def _in_states(count: int) -> Statement:
    query = PRINT_JOB.select(*(getattr(PRINT_JOB, name) for name in _COLUMNS))
    return Statement(query.where(PRINT_JOB.state.in_([ASKED] * count)).order_by(PRINT_JOB.wall_us))
