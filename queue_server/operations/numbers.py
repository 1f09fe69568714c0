"""Which printed numbers can be: what nobody can have printed is a slip of the pen, or invented."""

from datetime import date

from hall.numbering import Number
from hall.words import GREATEST_LANE, GREATEST_NUMBER
from queue_server.operations import recovery
from queue_server.operations.lanes import in_service
from queue_server.store import Transaction
from queue_server.store.records import Lane
from queue_server.store.watermark import LOST_LANES

FARTHEST = 300
"""So many numbers of one group may have been given by each kiosk of which the server has not heard yet."""

FARTHEST_FORGOTTEN = 3_000
"""The same once a day's work may have been forgotten: the first act that a window tells may be one of the afternoon."""


def can_be_printed(transaction: Transaction, day: date, number: Number, *, forgotten: bool = False) -> bool:
    """Whether a number of the day that is not known here may be on somebody's paper.

    Args:
        transaction: The operation's.
        day: The business day it was printed on.
        number: The number.
        forgotten: It is told of a time that a server set back has forgotten.
    """
    if number.prefix not in {group.prefix for group in transaction.catalog().groups}:
        return False
    if not (1 <= number.n <= GREATEST_NUMBER and (number.lane or 0) <= GREATEST_LANE):
        return False
    lanes = list(transaction.every(Lane))
    forgotten = forgotten or recovery.open_recovery(transaction) is not None
    if number.lane is not None:
        given = {lane.lane for lane in lanes} | {lane.replaces for lane in lanes}
        return number.lane in given or number.lane <= transaction.greatest_lane + LOST_LANES * forgotten
    # Kiosks that count by one plan take turns: one that is cut off alone leaps by as many as there are.
    reach = (FARTHEST_FORGOTTEN if forgotten else FARTHEST) * max(1, len(in_service(lanes)))
    return number.n <= transaction.highest_number(day, number.prefix, None) + reach
