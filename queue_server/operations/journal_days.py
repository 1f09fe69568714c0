"""Where a day stands in the journal: found by halves, for the journal grows with the years."""

from collections.abc import Iterator
from datetime import date, timedelta

from hall.clock import MINUTE_US
from hall.opening import business_day
from hall.wire.entry_lines import entry_line
from queue_server.store import Reader

_MARGIN_US = 120 * MINUTE_US  # facts of a kiosk that was cut off stand later in the journal than they happened
_PAGE = 2_000


def seq_before(reader: Reader, day: date, offset_minutes: int) -> int:
    """The place in the journal after which the entries of a day begin, and a little before."""
    low, high = 0, reader.head_seq()
    while low < high:
        middle = (low + high) // 2
        entry = next(reader.entry_texts(middle, 1), None)
        if entry is not None and business_day(entry[1] + _MARGIN_US, offset_minutes) < day:
            low = middle + 1
        else:
            high = middle
    return low


def seq_after(reader: Reader, day: date, offset_minutes: int) -> int:
    """A place in the journal up to which all entries of a day stand, save those that came hours late."""
    return seq_before(reader, day + timedelta(days=2), offset_minutes)


def texts_of_day(reader: Reader, day: date, offset_minutes: int) -> Iterator[str]:
    """The part of the journal that holds a day, as lines."""
    page = list(reader.entry_texts(seq_before(reader, day, offset_minutes), _PAGE))
    while page:
        for entry in page:
            if business_day(entry[1] - _MARGIN_US, offset_minutes) > day:
                return
            yield entry_line(*entry)
        page = list(reader.entry_texts(page[-1][0], _PAGE))
