"""How the devices of a window are, as facts of the server: a window has no ledger and no lane to write them in."""

from hall.clock import Moment
from hall.facts import HealthChanged
from hall.wire.health import HealthReport
from queue_server.store import Transaction
from queue_server.store.records import Health


def report(transaction: Transaction, moment: Moment, device: str, told: HealthReport) -> None:
    """Record what has changed since the last report; a repetition records nothing."""
    for part in told.parts:
        before = transaction.get(Health, device, part.part)
        now = (part.state, part.problem, part.advice)
        if before is None or (before.state, before.problem, before.advice) != now:
            transaction.record(HealthChanged(device=device, **part.model_dump()), moment)
