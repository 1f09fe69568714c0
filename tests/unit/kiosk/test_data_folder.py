"""A data folder in which something was put back or set aside: technician and manager are told, in words to act on."""

import json
import logging
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from devices.config import DevicesConfig
from hall.clock import DAY_US
from hall.facts import HealthChanged, TicketIssued
from hall.wire.sync import Pushed
from kiosk.__main__ import main
from kiosk.config import KioskConfig, Setup
from kiosk.headless import Headless
from kiosk.journey import events as ev
from kiosk.machine import Machine
from kiosk.metrics import Metrics
from kiosk.working import DATA_PART
from queue_server.link.errors import LedgerDamaged
from queue_server.link.ledger import gone, set_aside
from queue_server.link.ledger.database import FILE, WATERMARK_FILE
from tests.support.kiosks import HALL_KEY, SERVICE, SetClock, kiosk_ledger, sample_hall
from tests.support.ledgers import issue, plan
from tests.support.scripted_server import ScriptedServer
from tests.support.tickets import DAY, NINE
from tests.support.watch import Watch

PAGE = 4096


def setup(folder: Path, server: str = "") -> Setup:
    kiosk = KioskConfig(name="kiosk-1", data=folder, hall_key=folder / "none", server=server)
    return Setup(kiosk, DevicesConfig(), HALL_KEY)


def config_of(folder: Path) -> Path:
    key = folder.parent / "hall.key"
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    config = folder.parent / "kiosk.toml"
    config.write_text(f'[kiosk]\nname = "kiosk-1"\ndata = "{folder.name}"\nhall_key = "hall.key"\n', encoding="utf-8")
    return config


def status(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["--config", str(config_of(folder)), "--status"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def damaged(folder: Path, count: int) -> list[str]:
    """A ledger of which a page does not read back, renamed as its message asks; the numbers it had not told yet."""
    with kiosk_ledger(folder) as ledger:
        first = issue(ledger)
        ledger.apply_pushed(Pushed(highwater=1, plan=plan(1, 0)))
        unsent = [issue(ledger) for _ in range(count)]
    path = folder / FILE
    content = bytearray(path.read_bytes())
    middle = content.find(f'"kind":"ticket_issued","ticket":"{unsent[count // 2].id}'.encode()) // PAGE * PAGE
    content[middle : middle + PAGE] = b"\x5a" * PAGE
    path.write_bytes(content)
    path.rename(folder / "坏的 ledger.db")
    assert first.number == "A001"
    return [ticket.number for ticket in unsent]


def test_what_a_damaged_ledger_had_not_told_is_named_as_far_as_it_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "data"
    numbers = damaged(folder, 60)
    before = (folder / "坏的 ledger.db").read_bytes()
    kiosk_ledger(folder).close()  # enrolled anew
    told = status(folder, capsys)
    [aside] = told["set_aside"]
    read = [number.split(" ")[1] for number in aside["numbers"]]
    assert (aside["whole"], aside["unsent"]) == (False, len(read))
    assert {numbers[0], numbers[-1]} <= set(read) < set(numbers)  # from both ends, and nothing invented
    assert read == sorted(read)
    [notice] = told["notices"]
    assert "坏的 ledger.db" in notice
    assert "另有读不出来的" in notice
    assert "凭票补入" in notice
    caplog.set_level(logging.WARNING)
    machine = Machine(setup(folder), Metrics(), Watch[ev.Event]())
    machine.start()
    machine.stop()
    assert "坏的 ledger.db" in caplog.text
    bodies = [sent.fact.body for sent in kiosk_ledger(folder).unsent()]
    [health] = [body for body in bodies if isinstance(body, HealthChanged) and body.part == DATA_PART]
    assert (health.state, "没传到服务器" in health.problem) == ("attention", True)
    assert (folder / "坏的 ledger.db").read_bytes() == before


def test_a_whole_ledger_that_was_renamed_is_read_whole(tmp_path: Path) -> None:
    with kiosk_ledger(tmp_path) as ledger:
        issue(ledger)
        issue(ledger)
    (tmp_path / FILE).rename(tmp_path / "old.db")
    [aside] = set_aside(tmp_path)
    assert (aside.whole, aside.unsent, aside.owes) == (True, 2, True)
    assert [number.split(" ")[1] for number in aside.numbers] == ["A001", "A002"]


def test_what_owes_nothing_is_no_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "data"
    with kiosk_ledger(folder) as ledger:
        issue(ledger)
        ledger.apply_pushed(Pushed(highwater=1, plan=plan(1, 0)))
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    key = status(folder, capsys)
    assert key["set_aside"] == []
    assert main(["--config", str(tmp_path / "kiosk.toml"), "--unenrol"]) == 0
    capsys.readouterr()
    kiosk_ledger(folder).close()
    told = status(folder, capsys)
    assert [each["unsent"] for each in told["set_aside"]] == [0]
    assert told["notices"] == []


def test_a_folder_put_back_is_told_gives_numbers_and_heals_with_the_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    with kiosk_ledger(folder) as ledger:
        issue(ledger)
    watermark = folder / WATERMARK_FILE
    watermark.write_text(watermark.read_text().replace(" 017", " 016"))  # a line of long ago
    server, told = ScriptedServer(sample_hall()), Watch[ev.Event]()
    machine = Machine(setup(folder, server.address), Metrics(), told)
    machine.start()
    try:
        assert issue(machine.ledger).lane == 2
        while_cut_off = status(folder, capsys)
        assert while_cut_off["plan_rests"] == "until_server"
        assert "换回过旧的" in str(while_cut_off["notices"])
        with server:
            told.until(lambda event: isinstance(event, ev.AroundChanged) and event.unsent == 0)
            bodies = [item.entry.fact.body for item in server.journal]
        first, *_ = [body for body in bodies if isinstance(body, HealthChanged) and body.part == DATA_PART]
        assert (first.state, "换回过旧的" in first.problem) == ("attention", True)
        assert date.fromisoformat(status(folder, capsys)["plan_rests"]) < date.max
    finally:
        machine.stop()


def health_of_data(server: ScriptedServer) -> list[str]:
    bodies = [item.entry.fact.body for item in server.journal]
    return [body.state for body in bodies if isinstance(body, HealthChanged) and body.part == DATA_PART]


@pytest.mark.parametrize("how", ["over itself", "as a copy"])
def test_what_a_folder_put_back_lost_is_told_when_the_server_gave_a_new_lane_and_the_day_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The server has facts at the places where this file wrote others: slips in between are on paper alone."""
    monkeypatch.setattr("kiosk.machine.SystemClock", SetClock)  # of the same day as the server's
    folder, saved = tmp_path / "data", tmp_path / "morning"
    server, told = ScriptedServer(sample_hall()), Watch[ev.Event]()
    server.plan = plan(1, 0)

    def all_told(machine: Machine) -> Callable[[ev.Event], bool]:
        return lambda event: (
            isinstance(event, ev.AroundChanged) and event.online is True and not machine.ledger.unsent_count()
        )

    kiosk_ledger(folder).close()
    shutil.copytree(folder, saved)
    with server:
        machine = Machine(setup(folder, server.address), Metrics(), told)
        machine.start()
        issue(machine.ledger)
        told.until(all_told(machine))
        machine.stop()
    with kiosk_ledger(folder) as ledger:
        lost = issue(ledger).id
    if how == "as a copy":
        shutil.rmtree(folder)
        shutil.copytree(saved, folder)
    else:
        for name in (FILE, WATERMARK_FILE):
            (folder / name).write_bytes((saved / name).read_bytes())
    with server:
        for _ in range(2):  # and it is said again by the next start
            told = Watch[ev.Event]()
            machine = Machine(setup(folder, server.address), Metrics(), told)
            machine.start()
            told.until(all_told(machine))
            issue(machine.ledger)
            machine.knowledge.refresh()
            assert machine.knowledge.put_back
            machine.stop()
            assert "只在纸上" in str(status(folder, capsys)["notices"])
        assert health_of_data(server)[-1] == "attention"
        bodies = [item.entry.fact.body for item in server.journal]
        assert lost not in {body.ticket for body in bodies if isinstance(body, TicketIssued)}
    with kiosk_ledger(folder) as ledger:
        assert ledger.lane != 2
        assert [ledger.state.told_put_back_on(DAY + timedelta(days=days)) for days in (0, 1, 2)] == [True, True, False]


def test_a_mark_that_cannot_be_written_is_told_and_numbers_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    kiosk_ledger(folder).close()
    assert status(folder, capsys)["notices"] == []
    (folder / WATERMARK_FILE).unlink()
    (folder / WATERMARK_FILE).mkdir()
    [notice] = status(folder, capsys)["notices"]
    assert f"{WATERMARK_FILE} 写不进去" in notice
    assert "改名移走" in notice
    machine = Machine(setup(folder), Metrics(), Watch[ev.Event]())
    machine.start()
    machine.working.look_at_itself()
    assert issue(machine.ledger).number == "A001"
    machine.stop()
    with kiosk_ledger(folder) as ledger:
        bodies = [sent.fact.body for sent in ledger.unsent()]
    [health] = [body for body in bodies if isinstance(body, HealthChanged) and body.part == DATA_PART]
    assert (health.state, "写不进去" in health.problem, "改名移走" in health.advice) == ("attention", True, True)


def test_a_mark_that_can_be_written_again_is_told_too(tmp_path: Path) -> None:
    (tmp_path / WATERMARK_FILE).mkdir()
    with kiosk_ledger(tmp_path) as ledger:
        assert ledger.unmarked
        (tmp_path / WATERMARK_FILE).rmdir()
        issue(ledger)
        assert not ledger.unmarked


LOST: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "removed": Path.unlink,
}


@pytest.mark.parametrize("how", LOST)
def test_a_ledger_that_is_gone_is_no_new_kiosk_and_one_step_later_it_goes_on_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    folder = tmp_path / "data"
    with kiosk_ledger(folder) as ledger:
        issue(ledger)
    LOST[how](folder / FILE)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(LedgerDamaged) as refused:
        Machine(setup(folder), Metrics(), Watch[ev.Event]())
    assert "什么都没有动" in str(refused.value)
    config = config_of(folder)
    for verb in ("--status", "--unenrol"):
        assert main(["--config", str(config), verb]) == 1
        assert "只在纸上" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    [name] = [each for each in (FILE, WATERMARK_FILE) if f" {each} 改名留存" in refused.value.advice]
    (folder / name).rename(folder / f"bad-{name}")
    for _ in range(2):  # told at every start, until a person has taken the file away
        kiosk_ledger(folder).close()
        told = status(folder, capsys)
        assert [each["file"] for each in told["set_aside"] if not each["whole"]] == [str(folder / f"bad-{name}")]
        [notice] = told["notices"]
        assert "只在纸上" in notice
        assert "0 条" not in notice
    (folder / f"bad-{name}").unlink()
    assert status(folder, capsys)["notices"] == []


def test_a_first_start_cut_short_is_a_first_start_again(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    (tmp_path / f"{FILE}-journal").write_bytes(b"\0" * 512)
    kiosk_ledger(tmp_path).close()


def test_an_emptied_file_beside_a_journal_of_its_pages_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    journal = tmp_path / f"{FILE}-journal"
    journal.write_bytes(b"\0" * 19 + b"\x07" + b"\0" * 492)
    with pytest.raises(LedgerDamaged) as refused:
        kiosk_ledger(tmp_path)
    assert journal.name in refused.value.advice
    assert journal.stat().st_size == 512


def test_what_was_put_aside_long_ago_does_not_excuse_what_is_gone_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk_ledger(tmp_path).close()
    (tmp_path / FILE).rename(tmp_path / "ledger-old.db")
    kiosk_ledger(tmp_path).close()
    (tmp_path / FILE).unlink()
    changed = {"ledger-old.db": NINE - DAY_US, WATERMARK_FILE: NINE}
    monkeypatch.setattr(gone, "_changed_us", lambda path: changed[path.name])
    with pytest.raises(LedgerDamaged):
        kiosk_ledger(tmp_path)


def test_headless_says_first_in_chinese_that_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.machine.SystemClock", SetClock)  # the hall is open
    with kiosk_ledger(tmp_path):
        pass
    headless = Headless(setup(tmp_path), Metrics(), out=StringIO())
    with closing(headless._machine.ledger) as ledger:
        database: Any = ledger._database
        pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
        database.execute_sql(f"PRAGMA max_page_count = {pages}").fetchone()
        order = json.dumps({"service": SERVICE})
        answers = (headless._answer(order) for _ in range(1000))
        refused = next(answer for answer in answers if "error" in answer)
    assert refused["error"] == "ledger.unwritable"
    assert refused["message"].startswith("磁盘没有写进或读出这条记录")
    assert "请技术人员检查本机磁盘" in refused["message"]
