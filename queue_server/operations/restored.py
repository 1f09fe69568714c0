"""What a server does first when its database is older than the hall: begin the time of recovery, once."""

from hall.clock import Moment
from queue_server.store import Transaction
from queue_server.store.records import Restored


def act_on_restore(transaction: Transaction, moment: Moment) -> Restored | None:  # noqa: ARG001 - the recovery wants it
    """Begin what a restored database calls for; None, and nothing done, for a hall that only went on."""
    return transaction.restored()
