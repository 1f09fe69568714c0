"""A data folder, or a part of it, put back in place: offline no printed number is ever given again.

The disk's clock runs a thousand times as fast here, from nine o'clock on, so that nobody has to wait for minutes.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.numbering import NumberPlan
from hall.wire.sync import FeedHead, Pushed
from queue_server.link.changed import change_time, touch
from queue_server.link.clock import new_id
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger import Ledger
from queue_server.link.ledger.database import FILE, WATERMARK_FILE
from queue_server.link.ledger.home import Folder
from tests.support.kiosks import sample_hall
from tests.support.ledgers import EPOCH, issue, item, plan, welcome
from tests.support.tickets import DAY, NINE, entry, issued

SPEED = 1000
WEEK: NumberPlan = plan(3, 1, last=DAY + timedelta(days=6))
HEAD = FeedHead(seq=9, server_epoch=EPOCH, server_time=NINE, catalog_version="")
BOTH = (FILE, WATERMARK_FILE)


class Cabinet:
    """A kiosk's data folder, what people saved of it, and every number it ever printed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "data"
        self.numbers: list[str] = []
        self.saved: list[Path] = []
        self._scratch = root / "scratch"
        self._scratch.touch()
        self._began = self._real_us()
        with self.open() as ledger:
            ledger.store_catalog(sample_hall())
            ledger.apply_welcome(welcome(plan=WEEK))
            ledger.hear_time(NINE)
            ledger.apply_feed([HEAD])

    def open(self) -> Ledger:
        return Ledger(Folder(self.folder, change_time=self._fast), "kiosk-1", new_id)

    def give(self, count: int = 1) -> list[str]:
        """Numbers printed offline; none while the kiosk waits for a lane."""
        with self.open() as ledger, suppress(NotEnrolled):
            for _ in range(count):
                self.numbers.append(issue(ledger).number)
        return self.numbers[-count:]

    def save(self) -> Path:
        self.pass_time()
        place = self.root / f"saved-{len(self.saved)}"
        subprocess.run(["cp", "-a", self.folder, place], check=True)
        self.saved.append(place)
        return place

    def move(self) -> None:
        place = self.folder.with_name(f"{self.folder.name}-moved")
        self.folder.rename(place)
        self.folder = place

    def pass_time(self) -> None:
        """Ten seconds by the disk's clock, which goes in steps."""
        until = self._real_us() + 10_000_000 // SPEED
        while self._real_us() < until:
            pass

    def _real_us(self) -> int:
        with self._scratch.open("r+b") as file:
            touch(file.fileno())
            return change_time(file.fileno())

    def _fast(self, handle: int) -> int:
        return NINE + (change_time(handle) - self._began) * SPEED


def cp_a(saved: Path, place: Path) -> None:
    subprocess.run(["cp", "-a", saved, place], check=True)


def cp(saved: Path, place: Path) -> None:
    subprocess.run(["cp", saved, place], check=True)


def in_place(saved: Path, place: Path) -> None:
    """As rsync --inplace and the tools of backup programs do it."""
    content = saved.read_bytes()
    with place.open("r+b" if place.exists() else "wb") as file:
        file.truncate(len(content))
        file.write(content)
    shutil.copystat(saved, place)


def another_file(saved: Path, place: Path) -> None:
    """As rsync and tar do it: a file of its own in place of the other."""
    part = place.with_name("part")
    subprocess.run(["cp", "-a", saved, part], check=True)
    part.rename(place)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "cp -a": cp_a,
    "cp": cp,
    "in place": in_place,
    "another file": another_file,
}
IN_PLACE = ["cp -a", "cp", "in place"]
Act = tuple[str, *tuple[object, ...]]
PUT_BACK: list[Act] = [
    ("put back", which, files, way)
    for which in (0, 1)
    for files in (BOTH, (FILE,), (WATERMARK_FILE,))
    for way in (*IN_PLACE, "another file")
]
OTHERS: list[Act] = [("give", 1), ("give", 3), ("save",), ("delete watermark",), ("chmod",), ("move",)]
ACTS = st.lists(st.sampled_from([*PUT_BACK, *OTHERS * 2]), min_size=4, max_size=10)


@pytest.fixture
def cabinet(tmp_path: Path) -> Cabinet:
    return Cabinet(tmp_path)


def has_leapt(number: str) -> bool:
    """Whether it stands in the second of the day: of nine o'clock that is 32,400."""
    return number.startswith("A2-") and int(number[3:]) > 32_400


def put_back(cabinet: Cabinet, saved: Path, files: tuple[str, ...], way: str) -> None:
    cabinet.pass_time()
    for name in files:
        if (saved / name).exists():
            WAYS[way](saved / name, cabinet.folder / name)


@settings(max_examples=30, deadline=None)
@given(acts=ACTS)
def test_whatever_is_put_back_no_number_is_printed_twice(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as root:
        cabinet = Cabinet(Path(root))
        cabinet.give()
        cabinet.save()
        for what, *how in acts:
            match what, how:
                case "give", [int(count)]:
                    cabinet.give(count)
                case "save", _:
                    cabinet.save()
                case "put back", [int(which), tuple(files), str(way)]:
                    put_back(cabinet, cabinet.saved[which % len(cabinet.saved)], files, way)
                    cabinet.give()
                case "delete watermark", _:
                    (cabinet.folder / WATERMARK_FILE).unlink(missing_ok=True)
                case "chmod", _:
                    for name in BOTH:
                        if (cabinet.folder / name).exists():
                            (cabinet.folder / name).chmod(0o600)
                case "move", _:
                    cabinet.move()
        cabinet.give(2)
        assert len(cabinet.numbers) == len(set(cabinet.numbers))


@pytest.mark.parametrize("way", IN_PLACE)
@pytest.mark.parametrize("times", [1, 2])
def test_a_whole_folder_put_back_in_place_is_noticed_and_numbers_go_on(cabinet: Cabinet, way: str, times: int) -> None:
    cabinet.give(2)
    saved = cabinet.save()
    cabinet.give(3)
    for _ in range(times):
        put_back(cabinet, saved, BOTH, way)
        assert all(has_leapt(number) for number in cabinet.give(2))
    assert len(set(cabinet.numbers)) == len(cabinet.numbers) == 5 + 2 * times


def test_a_folder_from_before_the_first_number_put_back(cabinet: Cabinet) -> None:
    saved = cabinet.save()
    cabinet.give(3)
    put_back(cabinet, saved, BOTH, "cp -a")
    cabinet.give(3)
    assert len(set(cabinet.numbers)) == 6


def touched_by(cabinet: Cabinet, what: str) -> None:
    cabinet.pass_time()
    watermark = cabinet.folder / WATERMARK_FILE
    match what:
        case "chmod":
            watermark.chmod(0o640)
        case "link":
            watermark.with_name("link").hardlink_to(watermark)
        case "deleted":
            watermark.unlink()
        case _:
            saved = cabinet.saved[0] / WATERMARK_FILE
            cp_a(saved, watermark)


@pytest.mark.parametrize("what", ["chmod", "link", "deleted", "an older watermark"])
def test_a_false_alarm_costs_the_short_numbers_of_one_day(cabinet: Cabinet, what: str) -> None:
    cabinet.give()
    cabinet.save()
    cabinet.give()
    touched_by(cabinet, what)
    assert has_leapt(cabinet.give()[0])
    with cabinet.open() as ledger:  # the program alone wrote since: nothing new to be said
        assert ledger.state.lane == 2
        ledger.apply_welcome(welcome(plan=WEEK, highwater=3))
        ledger.hear_time(NINE)
        ledger.apply_feed([HEAD])
        assert issue(ledger).lane == 2  # some numbers of today may be on paper that nobody can tell of
        assert issue(ledger, day=DAY + timedelta(days=1)).number == "A001"


def test_what_the_program_alone_wrote_is_no_alarm(cabinet: Cabinet) -> None:
    for _ in range(3):
        cabinet.pass_time()
        cabinet.give()
        cabinet.move()
    assert cabinet.numbers == ["A001", "A004", "A007"]


def test_a_disk_that_tells_no_times_is_no_alarm(tmp_path: Path) -> None:
    def home() -> Folder:
        return Folder(tmp_path, change_time=lambda _: 0)

    for number in ("A001", "A004"):
        with Ledger(home(), "kiosk-1", new_id) as ledger:
            ledger.apply_welcome(welcome(plan=WEEK, highwater=ledger.state.last_seq))
            (tmp_path / WATERMARK_FILE).chmod(0o640)
            assert issue(ledger).number == number


def test_what_an_older_file_forgot_and_the_server_never_heard_is_not_given_again_after_the_hello(
    cabinet: Cabinet,
) -> None:
    """Numbers given while cut off stand on paper alone: the feed cannot tell of them."""
    cabinet.give()
    with cabinet.open() as ledger:
        ledger.apply_pushed(Pushed(highwater=1, plan=WEEK))
    saved = cabinet.save()
    cabinet.give(3)
    put_back(cabinet, saved, (FILE,), "cp -a")
    with cabinet.open() as ledger:
        ledger.apply_welcome(welcome(plan=WEEK, highwater=1))
        ledger.hear_time(NINE)
        ledger.apply_feed([item(entry(1, issued(50), lane=5)), HEAD])
        cabinet.numbers += [issue(ledger).number for _ in range(2)]
        assert issue(ledger, day=DAY + timedelta(days=1)).number == "A001"
    assert len(set(cabinet.numbers)) == 6
