"""Long work tells how far it is, and what is stopped leaves nothing behind."""

import threading
from datetime import date

import pytest

from hall.catalog import Catalog
from hall.grouping import By, Table
from hall.tally import Tally
from queue_server.operations.booking_file import COLUMNS, read_file, take
from queue_server.operations.errors import StoppedError
from queue_server.operations.progress import EVERY, Progress, counted
from queue_server.operations.sheet import Sheet, names_of
from queue_server.operations.table_file import file_of
from queue_server.resting import Rest
from tests.support.booked import BookedHall, citizen
from tests.support.referee import HALL_KEY, small_catalog


def stop_after(looks: int, told: list[tuple[int, int]] | None = None) -> Progress:
    """Goes on so many times."""
    left = iter([True] * looks)

    def progress(done: int, total: int, /) -> bool:
        if told is not None:
            told.append((done, total))
        return next(left, False)

    return progress


def portal_file(count: int) -> bytes:
    day = "2026-09-21"
    rows = [",".join(COLUMNS)]
    rows += [f"{n:08},{day},22:00,甲事项,居民身份证,{citizen(n)},测试人" for n in range(1, count + 1)]
    return "\r\n".join(rows).encode()


def test_it_is_told_now_and_then_and_never_says_more_than_all() -> None:
    told: list[tuple[int, int]] = []
    assert list(counted(range(4 * EVERY), 3 * EVERY, stop_after(99, told))) == list(range(4 * EVERY))
    assert told == [(0, 75), (25, 75), (50, 75), (75, 75)]


def test_a_file_of_appointments_that_is_stopped_brings_none() -> None:
    hall, raw = BookedHall(), portal_file(3 * EVERY)
    with hall.store.read() as reader:
        with pytest.raises(StoppedError):
            read_file(reader, hall.moment, raw, HALL_KEY, stop_after(1))
        lines = read_file(reader, hall.moment, raw, HALL_KEY, stop_after(99))
    with pytest.raises(StoppedError):
        hall.run(lambda tx: take(tx, hall.moment, lines, progress=stop_after(2)))
    with hall.store.read() as reader:
        assert reader.bookings_on(hall.today) == []
    assert hall.run(lambda tx: take(tx, hall.moment, lines)).made == 3 * EVERY


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_that_is_stopped_is_no_file(kind: str) -> None:
    table, catalog = Table((By.DAY,)), small_catalog()
    for number in range(1, 2 * EVERY):
        table.put((date.fromordinal(738_000 + number).isoformat(),), Tally(arrivals=number).row())
    sheet = Sheet(table, names_of(Catalog.model_validate(catalog)), "测试", 40)
    with pytest.raises(StoppedError):
        file_of(sheet, kind, stop_after(1))
    assert len(file_of(sheet, kind, stop_after(99))) > 0


def test_resting_ends_the_work_when_it_is_told_to() -> None:
    stopped = threading.Event()
    rest = Rest(stopped, 2)
    assert rest()
    stopped.set()
    assert not rest()
