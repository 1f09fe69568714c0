"""评价: pressed on the citizen's side, under a session that can do nothing else."""

from hall.clock import Moment
from hall.facts import RatingGiven
from hall.wire.commands import Rate
from hall.wire.replies import Refusal
from queue_server.operations.scene import Done, Outcome
from queue_server.store import Reader, Transaction
from queue_server.store.records import Rating, Served, Session


def rate(transaction: Transaction, moment: Moment, session: Session, command: Rate) -> Outcome:
    """Rate the service just finished at the session's window, once."""
    if transaction.ticket(command.ticket) is None:
        return Refusal.UNKNOWN_TICKET
    if transaction.get(Rating, command.ticket) is not None:
        return Refusal.ALREADY_RATED
    served = last_at_the_pad(transaction, session.window)
    if served is None or served.ticket != command.ticket:
        return Refusal.NOT_THIS_WINDOW
    entry = transaction.record(
        RatingGiven(ticket=command.ticket, window=served.window, clerk=served.clerk, level=command.level), moment
    )
    return Done(entry.seq, entry.at, command.ticket)


def last_at_the_pad(reader: Reader, window: int) -> Served | None:
    """The service finished last at a window, if its citizen stands there: not one entered or remembered afterwards."""
    served = reader.last_served(window)
    if served is None:
        return None
    finished = next(reader.entries(after=served.seq - 1, limit=1))
    return served if finished.fact.body.kind == "service_finished" else None
