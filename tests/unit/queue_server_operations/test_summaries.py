"""Each day's figures are made once, anew when late facts touch the day, and differ from the journal in nothing."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from hall.clock import MINUTE_US
from hall.grouping import grouping
from hall.tally import Tally
from hall.wire.commands import CallNext, MarkMissed
from installer.hall_api import HallApi
from installer.statistics import main
from queue_server.operations.errors import PeriodError
from queue_server.operations.summaries import HALVES, Found, bring_up_to_date, keep, table
from queue_server.store import Store
from tests.support.referee import Referee
from tests.support.served_hall import MANAGER, PIN, make_hall, new_id, served
from tests.support.summed import Told, summed_as_the_journal_says
from tests.support.workbooks import rows_of, says_the_same
from tests.unit.queue_server_operations.test_forecasting import accuracy, called_after

EVER = date(2000, 1, 1), date(2009, 12, 31)
DAY_S = 86_400


def whole(referee: Referee, *, now: bool = False) -> Tally:
    bring_up_to_date(referee.store, Told(referee), lambda: True, now=now)
    with referee.store.read() as reader:
        return table(reader, date(2026, 1, 1), date(2026, 12, 31), ()).whole


def test_a_number_that_comes_late_has_its_day_made_anew() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    kiosk.issue(offline=True)
    referee.pass_time(DAY_S)
    assert whole(referee).arrivals == 1
    kiosk.push()
    assert whole(referee).arrivals == 2
    summed_as_the_journal_says(referee)


def test_today_is_counted_every_ten_minutes_only() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    for minutes, arrivals in ((0, 1), (9, 1), (1, 3)):
        referee.pass_time(minutes * 60)
        kiosk.issue()
        kiosk.push()
        assert whole(referee).arrivals == arrivals


def test_what_is_stopped_half_way_is_made_another_time() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    left = iter([True, True])
    bring_up_to_date(referee.store, Told(referee), lambda: next(left, False), now=True)
    with referee.store.read() as reader:
        assert not list(reader.summaries("group", date(2026, 1, 1), date(2026, 12, 31)))
    assert whole(referee, now=True).arrivals == 1


def test_ranges_are_judged_as_the_forecast_itself_does_it() -> None:
    referee = Referee()
    for minutes in (10, 20, 26):
        called_after(referee, minutes)
    counted = whole(referee, now=True)
    (week,) = accuracy(referee).weeks
    assert counted.judged == week.all.tickets == 3
    assert (counted.inside, counted.late) == (2, 1)
    assert counted.error_us // 3 == week.all.mae_us
    assert counted.waits.minutes == {10: 1, 20: 1, 26: 1}
    assert counted.services.sum_us == 3 * MINUTE_US // 2


def test_a_stretch_that_is_none_is_told() -> None:
    with Referee().store.read() as reader:
        for first, last in (EVER[::-1], (date(1000, 1, 1), date(2026, 1, 1))):
            with pytest.raises(PeriodError):
                table(reader, first, last, grouping("day"))


def test_the_verb_tells_the_figures_and_finds_every_one_that_the_journal_does_not_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(tmp_path / "hall") as hall:
        kiosk, clerk = hall.kiosk(), hall.clerk()
        for _ in range(3):
            kiosk.issue("alpha", "alpha_one", "A")
        kiosk.push()
        called = clerk.do(CallNext(request_id=new_id())).ticket
        assert called is not None
        clerk.do(MarkMissed(request_id=new_id(), ticket=called.id))
        assert hall.parts is not None
        store = hall.parts.store
        bring_up_to_date(store, hall.parts.clock, lambda: True, now=True)
        day = called.day.isoformat()

        def run(*words: str) -> tuple[int, str]:
            monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
            status = main([*words, "--server", hall.address, "--staff", MANAGER, "--from", day, "--to", day])
            told = capsys.readouterr()
            return status, told.out + told.err

        status, told = run("--by", "group,hour")
        assert (status, "甲类" in told, told.splitlines()[-1].split("\t")[2:4]) == (0, True, ["3", "1"])
        assert run("verify")[0] == 0
        told_by_half = HallApi(hall.address, MANAGER, PIN).statistics(called.day, called.day, "group,half_hour")
        assert (sum(row.figures["arrivals"] or 0 for row in told_by_half.rows), told_by_half.whole.tally[0]) == (3, 3)
        assert {row.key[0] for row in told_by_half.rows} == {"alpha"}
        assert all(re.fullmatch("[0-2][0-9]:[03]0", row.key[1]) for row in told_by_half.rows)
        for subject, by in (("window", "日、窗口、时段"), (HALVES, "日、业务类别、半小时")):
            with store.read() as reader:
                (kept,) = reader.summaries(subject, called.day, called.day)
            wrong = replace(kept, text=re.sub(r"\[[123],", "[9,", kept.text, count=1))
            store.write(partial(keep, found=Found((), (wrong,)))).result()
            status, told = run("verify")
            assert (status, told.count("与流水不符"), f"（按{by}）" in told) == (1, 2, True)
            assert "再核对一次" in told
            store.write(partial(keep, found=Found((), (kept,)))).result()
        assert run("verify")[0] == 0
        files = [tmp_path / f"figures.{kind}" for kind in ("xlsx", "csv")]
        for out in files:
            assert run("--by", "window,hour", "--out", str(out))[0] == 0
        assert says_the_same(*(out.read_bytes() for out in files))
        api = HallApi(hall.address, MANAGER, PIN).statistics(called.day, called.day, "window,hour")
        assert [list(row[2:]) for row in rows_of(files[0].read_bytes())[1:-1]] == [
            list(row.figures.values()) for row in api.rows
        ]
        assert run("--out", str(tmp_path / "figures.txt"))[0] == 1
        assert run("--by", "name")[0] == 1


def test_half_hours_of_a_stopped_hall_are_held_against_its_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = make_hall(tmp_path)
    referee = Referee(made.database)
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    day = date(2026, 9, 21)
    bring_up_to_date(referee.store, Told(referee), lambda: True, now=True)
    told = f'[server]\nhall_id = "{made.hall_id}"\ndata = "{made.data}"\nhall_key = "{made.hall_key}"\n'
    (tmp_path / "hall.toml").write_text(told, encoding="utf-8")
    words = ["verify", str(tmp_path), "--from", day.isoformat(), "--to", day.isoformat()]
    referee.store.close()
    assert main(words) == 0
    with Store.open(made.database, made.hall_id, new_id=new_id) as store:
        with store.read() as reader:
            (kept,) = reader.summaries(HALVES, day, day)
        wrong = replace(kept, text=kept.text.replace("[1,", "[2,", 1))
        store.write(lambda tx: keep(tx, Found((), (wrong,)))).result()
    assert main(words) == 1
    assert re.search(f"{day} alpha [0-9:]{{5}}（按日、业务类别、半小时）与流水不符", capsys.readouterr().err)
