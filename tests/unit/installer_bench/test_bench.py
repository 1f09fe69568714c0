"""The bench end to end with tiny counts; what it counts as broken; that nothing is left running."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from devices.signals import held_back
from hall.facts import GENESIS, Body, Fact, JournalEntry, ServiceFinished, TicketCalled, TicketIssued, TimeQuality
from installer.bench import __main__ as bench
from installer.bench.applying import issued_numbers
from installer.bench.calling import double_calls
from installer.bench.cards import wire_floor_ms
from installer.bench.disk import probe
from installer.bench.errors import BenchError
from installer.bench.figures import Figure, figure, hard_count
from installer.bench.reading import found_to_document_ms
from installer.bench.sizes import Sizes

ROOT = Path(__file__).resolve().parents[3]
TINY = Sizes(
    tickets=2,
    kills=1,
    cards=1,
    turns=1,
    facts=3,
    batches=1,
    rounds=2,
    past=40,
    calls=1,
    outages=(0.1,),
    frames=3,
    starts=1,
    forecasts=2,
    foreseen=1,
    managed=1,
    citizens=40,
)


def entries(*bodies: Body) -> list[JournalEntry]:
    return [
        JournalEntry(
            seq=place,
            at=0,
            quality=TimeQuality.EXACT,
            fact=Fact(
                event_id=f"{place:032x}", lane=1, lane_seq=place, wall_us=0, mono_us=0, boot_id="0" * 32, body=body
            ),
            prev_hash=GENESIS,
            hash=GENESIS,
        )
        for place, body in enumerate(bodies, 1)
    ]


def called(ticket: int, window: int) -> TicketCalled:
    return TicketCalled(ticket=f"{ticket:032x}", window=window, clerk="0301", call_no=1)


def finished(ticket: int, window: int) -> ServiceFinished:
    return ServiceFinished(ticket=f"{ticket:032x}", window=window, clerk="0301")


def issued(n: int, lane: int | None = None) -> TicketIssued:
    return TicketIssued(ticket=f"{n:032x}", day=date(2026, 1, 2), service="s", group="g", prefix="A", lane=lane, n=n)


def test_calls_in_order_are_no_double_calls() -> None:
    assert double_calls(entries(called(1, 1), called(2, 2), finished(1, 1), called(3, 1))) == 0


def test_the_same_citizen_at_two_windows_and_two_at_one_window_are() -> None:
    assert double_calls(entries(called(1, 1), called(1, 2))) == 1
    assert double_calls(entries(called(1, 1), called(2, 1))) == 1


def test_numbers_are_compared_as_printed() -> None:
    numbers = issued_numbers(entries(issued(1), issued(1, lane=2), issued(1), called(1, 1)))
    assert numbers == [("2026-01-02", "A001"), ("2026-01-02", "A2-001"), ("2026-01-02", "A001")]


def test_the_wire_floor_is_the_published_one() -> None:
    assert wire_floor_ms(115_200) == pytest.approx(118.0, abs=0.5)
    assert wire_floor_ms(9600) == pytest.approx(1415.6, abs=5)


def test_a_card_is_read_no_faster_than_the_wire_allows(tmp_path: Path) -> None:
    assert min(found_to_document_ms(tmp_path, 115_200, 2)) >= wire_floor_ms(115_200)


def test_the_probe_takes_so_many_times_and_leaves_nothing(tmp_path: Path) -> None:
    assert len(probe(tmp_path, 3)) == 3
    assert list(tmp_path.iterdir()) == []


def test_both_ways_of_committing_are_measured_under_the_same_calls(tmp_path: Path) -> None:
    figures, failed = bench.run(["calls"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    assert rows["call next: double calls in the journal"].value == 0
    assert rows["call next: other answers to a request id sent again"].value == 0
    for clients in ("1 window", "8 windows", "20 windows"):
        alone = rows[f"call next: {clients}, calls with a commit each"]
        assert alone.ratio == alone.value / rows[f"call next: {clients}, calls"].value


def test_a_hall_with_a_past_is_measured_beside_one_without(tmp_path: Path) -> None:
    figures, failed = bench.run(["past"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    assert rows["past: double calls in both journals"].value == 0
    assert rows["past: other answers to a request id sent again"].value == 0
    for what in ("server until ready", "call next, 1 window, p95", "call next, 8 windows, p95"):
        full = rows[f"past: {what}, full store"]
        assert full.ratio == full.value / rows[f"past: {what}, empty store"].value
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_measured_beside_none(tmp_path: Path) -> None:
    figures, failed = bench.run(["keep"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    assert rows["keep: what the drill found wrong"].value == 0
    during, usual = (rows[f"keep: fact durable, p50, {when}"] for when in ("while one is made", "no backup going on"))
    assert during.ratio == during.value / usual.value


def test_a_week_is_lived_day_by_day_and_what_is_held_stands_beside_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("installer.bench.weeks.DAYS", 2)
    monkeypatch.setattr("installer.bench.weeks.WINDOWS", 4)
    figures, failed = bench.run(["week"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    for whose in ("the server", "its forecast"):
        first, last = (rows[f"week: memory of {whose} after day {day} of 40"] for day in (1, 2))
        assert last.ratio == last.value / first.value
    assert rows["week: numbers given twice on one day"].value == 0


@pytest.mark.parametrize("count", ["0", "-5", "many", "1e6", "20000001"])
def test_a_past_of_no_sensible_length_is_refused(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.main(["--past", count])
    assert refused.value.code == 2
    assert "整数" in capsys.readouterr().err


def test_every_screen_equals_the_server_once_it_is_back(tmp_path: Path) -> None:
    figures, failed = bench.run(["back"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    assert rows["back: screens that show anything else than the server holds"].value == 0
    assert "back: after 0.1 s away, until every screen equals the server" in rows


def test_the_first_ticket_after_a_kill_stands_beside_those_before(tmp_path: Path) -> None:
    figures, failed = bench.run(["issue"], TINY, tmp_path)
    assert failed == []
    rows = {row.what: row for row in figures}
    first = rows["issue: tap → durable, p50, first after a kill"]
    assert first.ratio == first.value / rows["issue: tap → durable, p50, just before a kill"].value
    assert rows["issue: numbers given twice, of all in the journal"].value == 0
    assert rows["issue: numbers on paper that the server does not have"].value == 0


def test_applying_and_boards_are_measured_over_the_real_server(tmp_path: Path) -> None:
    figures, failed = bench.run(["apply", "fanout"], TINY, tmp_path)
    assert failed == []
    hard = {figure.what: figure.value for figure in figures if figure.must_be_zero}
    assert hard == {
        "apply: numbers given twice, of all in the journal": 0,
        "apply: facts sent and not in the journal": 0,
    }
    assert all(row.value > 0 for row in figures if not (row.must_be_zero or row.what.startswith("machine")))
    assert {"fan-out: call → last of 50 boards, p99", "fan-out: call → last of 200 boards, p99"} <= {
        figure.what for figure in figures
    }
    assert list(tmp_path.iterdir()) == []


def processes_with(text: str) -> list[str]:
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it ended meanwhile
        if text in line:
            found.append(line)
    return found


def test_an_interrupt_ends_every_process_and_removes_the_hall(tmp_path: Path) -> None:
    """It comes at the worst moment: a twin has just been started and the next ones are under way."""
    below = tmp_path / "halls"
    below.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "installer.bench", "--only", "calls", "--folder", str(below)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        while running.poll() is None and not list(below.glob("*/logs/twin-*.log")):
            time.sleep(0.001)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130
    assert out == b""
    assert processes_with(str(below)) == []
    assert list(below.iterdir()) == []


def test_a_signal_is_held_back_and_comes_afterwards() -> None:
    passed = []

    def interrupted() -> None:
        with held_back():
            signal.raise_signal(signal.SIGINT)
            passed.append("the block went on")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert passed == ["the block went on"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_part_that_fails_is_told_and_the_others_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def no_hall(_: Path | None) -> Iterator[None]:
        yield None

    def breaks(*_: object) -> Iterator[Figure]:
        yield figure("half done", 1.0, "ms")
        raise BenchError("没有回答")

    def measures(*_: object) -> Iterator[Figure]:
        yield figure("whole", 2.0, "ms")

    monkeypatch.setattr(bench, "bench_hall", no_hall)
    monkeypatch.setattr(bench, "SUBJECTS", {"issue": breaks, "card": measures})
    assert bench.main(["--json", "--only", "issue", "card"]) == 1
    told = capsys.readouterr()
    assert "whole" in [row["what"] for row in json.loads(told.out)]
    assert "没有回答" in told.err


@pytest.mark.parametrize(("count", "status"), [(0, 0), (1, 1)])
def test_only_a_hard_count_decides_the_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], count: int, status: int
) -> None:
    monkeypatch.setattr(bench, "run", lambda *_: ([figure("slow", 1e9, "ms", "≤ 1"), hard_count("重号", count)], []))
    assert bench.main([]) == status
    told = capsys.readouterr()
    assert "slow" in told.out
    assert ("重号" in told.err) is bool(count)


def test_a_folder_that_is_none_is_refused_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.main(["--folder", str(tmp_path / "nowhere")])
    assert refused.value.code == 2
    assert "不是文件夹" in capsys.readouterr().err
