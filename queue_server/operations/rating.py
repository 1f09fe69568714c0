"""评价: pressed on the citizen's side, under a session that can do nothing else."""

from hall.clock import Moment
from hall.facts import RatingGiven
from hall.wire.commands import Rate
from hall.wire.replies import Refusal
from queue_server.operations.scene import Done, Outcome
from queue_server.store import Transaction
from queue_server.store.records import Rating, Session


def rate(transaction: Transaction, moment: Moment, session: Session, command: Rate) -> Outcome:
    """Rate the service just finished at the session's window, once."""
    if transaction.ticket(command.ticket) is None:
        return Refusal.UNKNOWN_TICKET
    if transaction.get(Rating, command.ticket) is not None:
        return Refusal.ALREADY_RATED
    served = transaction.last_served(session.window)
    if served is None or served.ticket != command.ticket:
        return Refusal.NOT_THIS_WINDOW
    entry = transaction.record(
        RatingGiven(ticket=command.ticket, window=served.window, clerk=served.clerk, level=command.level), moment
    )
    return Done(entry.seq, entry.at, command.ticket)
