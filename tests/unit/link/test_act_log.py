"""A window's memory: there after a power cut, without names, no longer than a week."""

import subprocess
import sys
from pathlib import Path

import pytest

from hall.clock import DAY_US
from hall.wire.commands import CallNext, EnterByHand
from hall.wire.replies import Reply
from queue_server.link.act_log import ActLog, EnteredCall
from queue_server.link.act_log.log import FILE, KEEP_US
from queue_server.link.errors import LedgerInUse, LedgerUnwritable
from tests.support.tickets import NINE
from tests.support.window_desk import ROOT, called_here

STAFF, EPOCH = "1001", "e" * 32


def call(n: int) -> CallNext:
    return CallNext(request_id=f"{n:032x}")


def by_hand(n: int) -> EnterByHand:
    return EnterByHand(request_id=f"{n:032x}", number="A023", called_at=NINE, ended_at=NINE)


def answer(n: int, at: int = NINE, **more: object) -> Reply:
    return Reply(request_id=f"{n:032x}", at=at, **more)  # type: ignore[arg-type]


def act(log: ActLog, n: int, at: int = NINE) -> None:
    log.asked(STAFF, call(n))
    log.answered(answer(n, at))


def test_commands_and_answers_are_there_after_a_start(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked(STAFF, call(1))
        log.asked(STAFF, call(1))
        log.answered(answer(1, ticket=called_here().ticket))
        log.asked(STAFF, call(2))
        log.known_to(EPOCH)
    with ActLog(tmp_path) as log:
        (remembered,) = log.remembered()
        assert (remembered.staff, remembered.command, remembered.reply.ticket) == (
            STAFF,
            call(1),
            called_here().ticket,
        )
        assert [asked.command for asked in log.unanswered()] == [call(2)]
        assert log.epoch == EPOCH


def test_what_is_noted_is_there_though_the_program_is_killed(tmp_path: Path) -> None:
    program = """
import os, pathlib, sys
from hall.wire.commands import CallNext
from queue_server.link.act_log import ActLog
log = ActLog(pathlib.Path(sys.argv[1]))
log.asked("1001", CallNext(request_id="1" * 32))
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    with ActLog(tmp_path) as log:
        assert [asked.command.request_id for asked in log.unanswered()] == ["1" * 32]


@pytest.mark.parametrize("left", [1, 9, 40, 117])
def test_a_torn_line_costs_itself_and_nothing_else(tmp_path: Path, left: int) -> None:
    with ActLog(tmp_path) as log:
        act(log, 1)
        log.asked(STAFF, call(2))
    file = tmp_path / FILE
    data = file.read_bytes()
    last = data.rstrip(b"\n").rfind(b"\n") + 1
    file.write_bytes(data[: min(last + left, len(data) - 2)])
    with ActLog(tmp_path) as log:
        assert [each.command for each in log.remembered()] == [call(1)]
        assert log.unanswered() == []
        act(log, 3)
    with ActLog(tmp_path) as log:
        assert [each.command for each in log.remembered()] == [call(1), call(3)]


def test_a_line_that_was_changed_on_disk_does_not_count(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked(STAFF, call(1))
        log.asked(STAFF, call(2))
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes().replace(b"1001", b"1002", 1))
    with ActLog(tmp_path) as log:
        assert [asked.command for asked in log.unanswered()] == [call(2)]


def test_a_week_is_kept_and_what_is_open_stays_for_ever(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked(STAFF, by_hand(1))
        act(log, 2)
        act(log, 3, NINE + DAY_US)
        act(log, 4, NINE + KEEP_US + 1)
    with ActLog(tmp_path) as log:
        assert [each.command for each in log.remembered()] == [call(3), call(4)]
        assert [asked.command for asked in log.unanswered()] == [by_hand(1)]
    assert f"{2:032x}" not in (tmp_path / FILE).read_text()


def test_a_command_that_never_happened_is_forgotten(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked(STAFF, call(1))
        log.dropped(call(1).request_id)
        assert log.unanswered() == []
    with ActLog(tmp_path) as log:
        assert (log.unanswered(), log.remembered()) == ([], [])


def test_calls_by_hand_stand_in_their_order_with_their_answers(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        act(log, 1)
        log.asked(STAFF, by_hand(2))
        log.asked(STAFF, by_hand(3))
        log.answered(answer(3))
    with ActLog(tmp_path) as log:
        assert log.hand_calls() == [EnteredCall(by_hand(2), None), EnteredCall(by_hand(3), answer(3))]


def test_no_name_is_kept(tmp_path: Path) -> None:
    with ActLog(tmp_path) as log:
        log.asked(STAFF, call(1))
        log.answered(answer(1, masked_name="欧阳**"))
        assert log.remembered()[0].reply.masked_name == ""
    assert "欧阳" not in (tmp_path / FILE).read_text("utf-8")


def test_a_second_program_is_kept_out(tmp_path: Path) -> None:
    with ActLog(tmp_path), pytest.raises(LedgerInUse):
        ActLog(tmp_path)
    ActLog(tmp_path).close()


def test_a_disk_that_takes_nothing_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with ActLog(tmp_path) as log:
        act(log, 1)
        with monkeypatch.context() as patched:
            patched.setattr("queue_server.link.act_log.lines.os.write", full)
            with pytest.raises(LedgerUnwritable):
                log.asked(STAFF, call(2))
            with pytest.raises(LedgerUnwritable):
                log.tidy()
        assert log.unanswered() == []
        act(log, 3)
    with ActLog(tmp_path) as log:
        assert [each.command for each in log.remembered()] == [call(1), call(3)]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerUnwritable):
        ActLog(tmp_path / "file" / "window")
