"""Whether the server's wall clock can be believed: one that leaps must not close a day over waiting citizens."""

from hall.clock import MINUTE_US, Moment
from queue_server.operations.troubles import Trouble, tell
from queue_server.store import Transaction
from queue_server.store.records import Meta

SERVER = "server"
CLOCK = "clock"
LEAP_US = 60 * MINUTE_US
AGREES_US = 10 * MINUTE_US
LEAPT = Trouble("服务器的时钟突然跳变", "当天的号都留着，没有作废。请核对服务器的日期和时间；确认无误后重新启动服务")
_TRUSTED, _LEAPT_AT = "clock:trusted", "clock:leapt"


def is_trusted(transaction: Transaction, moment: Moment) -> bool:
    """Whether what happens by the time of day may happen now. Call at every tick.

    Within one boot the wall clock and the monotonic one go on together; a step of more than an hour is told to the
    manager, and nothing is believed until they agree again for ten minutes, or the service was started anew.
    """
    offset, trusted = moment.wall_us - moment.mono_us, transaction.get(Meta, _TRUSTED)
    boot, _, before = ("" if trusted is None else trusted.value).partition(" ")
    if boot != moment.boot_id:
        trust(transaction, moment)
        return True
    leapt = transaction.get(Meta, _LEAPT_AT)
    if abs(offset - int(before)) > LEAP_US:
        transaction.put(Meta(_LEAPT_AT, str(moment.mono_us)))
        if leapt is None:
            tell(transaction, moment, SERVER, CLOCK, LEAPT)
        return False
    if leapt is not None and moment.mono_us - int(leapt.value) < AGREES_US:
        return False
    if leapt is not None or abs(offset - int(before)) > MINUTE_US:  # small corrections are followed
        trust(transaction, moment)
    return True


def trust(transaction: Transaction, moment: Moment) -> None:
    """Believe the clock as it is. Call at the start of the service: somebody has looked at it."""
    transaction.put(Meta(_TRUSTED, f"{moment.boot_id} {moment.wall_us - moment.mono_us}"))
    if transaction.get(Meta, _LEAPT_AT) is not None:
        transaction.drop(Meta, _LEAPT_AT)
        tell(transaction, moment, SERVER, CLOCK, None)
