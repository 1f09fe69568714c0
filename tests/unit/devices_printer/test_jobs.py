"""The memory of print jobs."""

from devices.printer import PrintOutcome, PrintResult, Trouble
from devices.printer.jobs import JobMemory


def test_a_known_id_gives_its_end_again_and_says_so() -> None:
    jobs = JobMemory()
    jobs.remember(PrintResult("a", PrintOutcome.UNKNOWN, Trouble.UNCONFIRMED))
    assert jobs.recall("a") == PrintResult("a", PrintOutcome.UNKNOWN, Trouble.UNCONFIRMED, repeated=True)
    assert jobs.recall("b") is None


def test_the_last_thousand_jobs_are_known() -> None:
    jobs = JobMemory()
    for number in range(1001):
        jobs.remember(PrintResult(str(number), PrintOutcome.PRINTED))
    assert jobs.recall("0") is None
    assert jobs.recall("1") is not None
    assert jobs.recall("1000") is not None


def test_a_later_end_of_the_same_job_takes_the_place_of_the_earlier() -> None:
    jobs = JobMemory()
    jobs.remember(PrintResult("a", PrintOutcome.UNKNOWN, Trouble.PAPER_END))
    jobs.remember(PrintResult("a", PrintOutcome.PRINTED))
    assert jobs.recall("a") == PrintResult("a", PrintOutcome.PRINTED, repeated=True)
