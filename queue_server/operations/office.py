"""Where a manager's decision takes place."""

from dataclasses import dataclass

from hall.clock import Moment
from hall.facts import Body
from queue_server.operations.scene import Done
from queue_server.store import Transaction
from queue_server.store.records import Session


@dataclass(frozen=True, slots=True)
class Office:
    """A manager's session at work."""

    transaction: Transaction
    moment: Moment
    session: Session

    def record(self, body: Body) -> Done:
        """Append a fact of this decision."""
        entry = self.transaction.record(body, self.moment)
        return Done(entry.seq, entry.at, getattr(body, "ticket", None))

    @property
    def nothing_to_do(self) -> Done:
        """What was to be decided has been already."""
        return Done(0, self.moment.wall_us)
