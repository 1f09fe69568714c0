"""A database that is older than its hall is noticed at the next start, and a lane given once is never given again."""

import itertools
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.mending import RecoveryReason
from queue_server.link import changed
from queue_server.operations import recovery
from queue_server.store import Store
from queue_server.store.errors import DiskError
from queue_server.store.records import Restored
from queue_server.store.watermark import LOST_LANES, Watermark, _sum
from tests.support.referee import HALL_ID, Referee

RUNS = itertools.count(1)


def opened(path: Path) -> tuple[str, Restored | None, int]:
    """Epoch, why it began, greatest lane: as the next start finds them."""
    with Store.open(path, HALL_ID, new_id=lambda: secrets.token_hex(16)) as hall, hall.read() as reader:
        return reader.server_epoch(), reader.restored(), hall.run(lambda tx: tx.greatest_lane)


def hall_with_a_copy(path: Path) -> tuple[str, Path]:
    """A hall with one kiosk, closed; its epoch, and a copy of the file as it was then."""
    referee = Referee(path)
    referee.kiosk("kiosk-1").issue()
    epoch = referee.run(lambda tx: tx.server_epoch())
    referee.store.close()
    return epoch, Path(shutil.copy(path, path.with_name("old.db")))


def go_on(path: Path, what: Callable[[Referee], object]) -> None:
    referee = Referee(path)
    referee.ids._last = next(RUNS) * 10_000  # another run of the program draws other ids
    what(referee)
    referee.store.keep_place()
    referee.store.close()


def test_a_hall_that_only_went_on_keeps_its_life(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    epoch, _ = hall_with_a_copy(path)
    go_on(path, lambda referee: referee.clerk(1))
    assert opened(path) == (epoch, None, 1)
    assert opened(path) == (epoch, None, 1)


def test_an_older_file_put_back_begins_another_life(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    epoch, old = hall_with_a_copy(path)
    go_on(path, lambda referee: referee.clerk(1))
    shutil.copy(old, path)
    new_epoch, restored, _ = opened(path)
    assert new_epoch != epoch
    assert restored is not None
    assert restored.reason is RecoveryReason.SET_BACK
    assert opened(path)[0] == new_epoch  # once is enough


def test_an_older_file_that_went_on_elsewhere_is_noticed_by_its_chain(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "hall.db", tmp_path / "elsewhere" / "hall.db"
    epoch, old = hall_with_a_copy(path)
    elsewhere.parent.mkdir()
    shutil.copy(old, elsewhere)
    go_on(path, lambda referee: referee.clerk(1))
    go_on(elsewhere, lambda referee: [referee.clerk(2) for _ in range(9)])
    shutil.copy(elsewhere, path)
    assert opened(path)[0] != epoch


def test_a_line_that_does_not_read_back_is_told_with_what_it_means(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "hall.db"
    hall_with_a_copy(path)
    path.with_name("hall.db.watermark").write_text("torn")
    opened(path)
    [told] = [record.getMessage() for record in caplog.records if "watermark_unreadable" in record.getMessage()]
    assert "hall.db.watermark 读不出来" in told
    assert "./onewindow backup restore" in told
    assert "没有换过，就不用做什么" in told


def test_a_lane_given_after_the_copy_is_not_given_again(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    _, old = hall_with_a_copy(path)
    referee = Referee(path)
    referee.ids._last = next(RUNS) * 10_000
    lanes = [referee.kiosk(f"kiosk-{number}").welcome.lane for number in (2, 3)]
    referee.store.close()  # nobody called keep_place: the lane was written down when it was given
    assert lanes == [2, 3]
    shutil.copy(old, path)
    assert opened(path)[2] == 3
    again = Referee(path)
    again.ids._last = next(RUNS) * 10_000
    assert again.kiosk("kiosk-4").welcome.lane == 4
    again.store.close()


def test_what_nobody_may_get_twice_is_written_down_before_anybody_hears_of_it(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    referee = Referee(path)
    referee.kiosk("kiosk-1").issue()  # a lane and a plan; nobody called keep_place
    mark, head = Watermark(path).mark, referee.run(lambda tx: tx.head())
    assert mark is not None
    assert (mark.seq, mark.hash) == head
    referee.store.close()


def test_a_lane_that_cannot_be_written_down_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    referee = Referee(tmp_path / "hall.db")

    def refuse(_self: Watermark, _lane: int) -> None:
        raise OSError(28, "No space left on device")

    request = referee.hello_of("kiosk-1", referee.ids())
    with monkeypatch.context() as patch:
        patch.setattr(Watermark, "keep_lane", refuse)
        with pytest.raises(DiskError):
            referee.greet(request)
    assert referee.run(lambda tx: tx.greatest_lane) == 0
    assert referee.greet(request).lane == 1
    referee.store.close()


@pytest.mark.parametrize("content", [b"", b"garbage", b"a 1 2 b 0123456789abcdef\n"])
def test_a_watermark_that_does_not_read_back_says_nothing_but_leaves_lanes_free(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hall.db"
    epoch, _ = hall_with_a_copy(path)
    (tmp_path / "hall.db.watermark").write_bytes(content)
    assert opened(path) == (epoch, None, 1 + LOST_LANES)
    assert Watermark(path).mark is not None


def test_a_backup_of_before_the_first_lane_leaves_those_free_that_nobody_counted(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    with Store.open(path, HALL_ID, new_id=lambda: secrets.token_hex(16)) as hall:
        hall.run(lambda tx: tx.renew_epoch(Restored(reason=RecoveryReason.RESTORED)))
    path.with_name("hall.db.watermark").unlink()
    assert opened(path)[2] == LOST_LANES


def test_nor_does_a_mark_lost_after_the_recovery_has_begun(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    moment = referee.moment
    referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us))
    referee.store.close()
    (tmp_path / "hall.db.watermark").unlink()
    assert opened(tmp_path / "hall.db")[2] == LOST_LANES


def test_a_disk_that_takes_no_watermark_is_told_as_one_of_our_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    referee = Referee(tmp_path / "hall.db")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("queue_server.link.changed.write_with_moment", refuse)
    referee.clerk(1)
    with pytest.raises(DiskError):
        referee.store.keep_place()
    referee.store.close()


def copied(source: Path, target: Path) -> Path:
    """Database and mark, with all that a copy may bring along (times, rights); made a while after they were written."""
    target.mkdir(exist_ok=True)
    for file in source.glob("hall.db*"):
        shutil.copy2(file, target)
    with (source / "hall.db.watermark").open("rb") as original, (target / "hall.db.watermark").open("rb+") as copy:
        written = changed.change_time(original.fileno())
        while changed.is_near(changed.change_time(copy.fileno()), written):
            changed.touch(copy.fileno())
    return target


@pytest.mark.parametrize("way", ["copied over", "another folder"])
def test_a_whole_folder_put_back_begins_another_life_and_gives_no_lane_again(tmp_path: Path, way: str) -> None:
    home = tmp_path / "server"
    home.mkdir()
    epoch, _ = hall_with_a_copy(home / "hall.db")
    old = copied(home, tmp_path / "old")
    go_on(home / "hall.db", lambda referee: [referee.kiosk(f"kiosk-{number}") for number in (2, 3)])
    if way == "another folder":
        home.rename(tmp_path / "newer")
    copied(old, home)
    new_epoch, restored, lane = opened(home / "hall.db")
    assert new_epoch != epoch
    assert restored == Restored(reason=RecoveryReason.SET_BACK, by_touch=True)
    assert lane == 1 + LOST_LANES
    assert opened(home / "hall.db") == (new_epoch, restored, lane)  # once is enough


def test_a_hall_that_was_moved_on_purpose_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "server"
    home.mkdir()
    epoch, _ = hall_with_a_copy(home / "hall.db")
    go_on(home / "hall.db", lambda referee: referee.clerk(1))
    new_home = copied(home, tmp_path / "bigdisk") / "hall.db"
    with Store.open(new_home, HALL_ID, new_id=lambda: secrets.token_hex(16), moved=True) as hall, hall.read() as reader:
        assert (reader.server_epoch(), reader.restored()) == (epoch, None)
    assert opened(new_home) == (epoch, None, 1)


def test_moved_on_purpose_can_still_be_said_after_something_else_has_opened_it(tmp_path: Path) -> None:
    home = tmp_path / "server"
    home.mkdir()
    hall_with_a_copy(home / "hall.db")
    go_on(home / "hall.db", lambda referee: referee.clerk(1))
    new_home = copied(home, tmp_path / "bigdisk") / "hall.db"
    assert opened(new_home)[1] is not None
    with Store.open(new_home, HALL_ID, new_id=lambda: secrets.token_hex(16), moved=True) as hall, hall.read() as reader:
        assert reader.restored() is None


def test_moved_hides_no_older_database_after_something_else_has_opened_it_either(tmp_path: Path) -> None:
    home = tmp_path / "server"
    home.mkdir()
    _, old = hall_with_a_copy(home / "hall.db")
    go_on(home / "hall.db", lambda referee: referee.clerk(1))
    new_home = copied(home, tmp_path / "bigdisk") / "hall.db"
    told = opened(new_home)[1]
    assert told is not None
    assert told.by_touch
    shutil.copy(old, new_home.with_name("older.db"))
    older = Referee(new_home.with_name("older.db"))  # as the hall was, and as it was told of by then
    older.run(lambda tx: tx.put(told.as_meta()))
    older.store.close()
    shutil.copy(new_home.with_name("older.db"), new_home)
    with Store.open(new_home, HALL_ID, new_id=lambda: secrets.token_hex(16), moved=True) as hall, hall.read() as reader:
        assert reader.restored() == Restored(reason=RecoveryReason.SET_BACK)


def test_moved_does_not_hide_a_database_that_is_older_than_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    _, old = hall_with_a_copy(path)
    go_on(path, lambda referee: referee.clerk(1))
    shutil.copy(old, path)
    with Store.open(path, HALL_ID, new_id=lambda: secrets.token_hex(16), moved=True) as hall, hall.read() as reader:
        assert reader.restored() == Restored(reason=RecoveryReason.SET_BACK)


def test_the_mark_of_an_earlier_version_tells_of_no_stranger(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    epoch, _ = hall_with_a_copy(path)
    mark = Watermark(path).mark
    assert mark is not None
    line = f"{mark.epoch} {mark.lane} {mark.seq} {mark.hash}"
    path.with_name("hall.db.watermark").write_text(f"{line} {_sum(line)}\n")
    assert opened(path) == (epoch, None, 1)
    assert not Watermark(path).foreign
