"""When a device's fact really happened, however wrong its wall clock is (never-down 2.4)."""

from hall.facts import Fact, TimeQuality
from queue_server.store.records import Lane


def resolve(lane: Lane, fact: Fact, sent_mono_us: int, sent_boot_id: str, received_at: int) -> tuple[int, TimeQuality]:
    """The time of a fact by the server's clock, and how well it is known.

    Within one boot the monotonic clock tells how long before sending it happened: exact. After a reboot only the
    device's wall clock is left, corrected by its last measured error: estimated. A result outside what can be
    (before the fact before it in the lane, or in the future) is moved to the nearer end: clamped.

    Args:
        lane: The lane with the time of its last fact and the last measured error of the device's wall clock.
        fact: The fact.
        sent_mono_us: The device's monotonic clock at sending.
        sent_boot_id: The boot that clock counts from.
        received_at: The server's wall clock on receiving.
    """
    age = sent_mono_us - fact.mono_us
    if fact.boot_id == sent_boot_id and age >= 0:
        at, quality = received_at - age, TimeQuality.EXACT
    else:
        at, quality = fact.wall_us + (lane.wall_offset_us or 0), TimeQuality.ESTIMATED
    within = min(max(at, lane.last_at, 0), received_at)
    return (at, quality) if within == at else (within, TimeQuality.CLAMPED)
