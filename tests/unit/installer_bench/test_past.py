"""The past that the bench makes is one the store could have written itself."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from hall.ticket import TicketState
from hall.wire.commands import CallNext
from installer.bench import past
from installer.bench.errors import BenchError
from queue_server.store import Store, check
from queue_server.store.records import DayCount, Served
from tests.support.referee import HALL_ID, Ids, Referee, small_catalog


def test_journal_and_tables_of_many_past_days_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "PER_DAY", 50)
    database = tmp_path / "hall.db"
    Referee(database).store.close()
    past.fill(database, small_catalog(), 230)
    with Store.open(database, HALL_ID, new_id=Ids()) as store, store.read() as reader:
        checked = check(reader)
        assert checked.differences == ()
        assert checked.entries == 2 + 4 * 230
        assert reader.highest_lane_seq(1) == 230
        assert sum(1 for _ in reader.every(Served)) == 230
        counts = list(reader.every(DayCount))
        assert sum(count.finished for count in counts) == 230
        assert len({count.day for count in counts}) == 5
        assert max(count.day for count in counts) < datetime.now(UTC).date()
        assert list(reader.live_tickets()) == []


def test_the_hall_goes_on_after_its_past(tmp_path: Path) -> None:
    database = tmp_path / "hall.db"
    Referee(database).store.close()
    past.fill(database, small_catalog(), 60)
    referee = Referee(database)
    kiosk = referee.kiosk()
    issued = kiosk.issue()
    kiosk.push()
    called = referee.do(referee.clerk(1), CallNext(request_id=referee.ids()))
    assert called.ticket is not None
    assert (called.ticket.id, called.ticket.state) == (issued.ticket, TicketState.CALLED)
    with referee.store.read() as reader:
        assert check(reader).differences == ()
    referee.store.close()


def test_a_disk_with_too_little_room_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(BenchError, match="磁盘只剩"):
        past.fill(tmp_path / "hall.db", small_catalog(), 1)
    assert list(tmp_path.iterdir()) == []
