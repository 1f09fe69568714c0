"""The hall's own clock and business day at a moment, from the catalogue in force."""

from datetime import date, datetime

from hall.clock import Moment
from hall.opening import business_day, local_time
from queue_server.store import Reader


def local_now(reader: Reader, moment: Moment) -> datetime:
    """What the clock on the hall's wall says. Raises `NoCatalogError` without a catalogue."""
    return local_time(moment.wall_us, reader.catalog().hall.offset_minutes)


def today(reader: Reader, moment: Moment) -> date:
    """The business day. Raises `NoCatalogError` without a catalogue."""
    return business_day(moment.wall_us, reader.catalog().hall.offset_minutes)


def day_of(reader: Reader, at: int) -> date:
    """The business day of an instant. Raises `NoCatalogError` without a catalogue."""
    return business_day(at, reader.catalog().hall.offset_minutes)
