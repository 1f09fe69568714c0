"""What a technician sees of a kiosk and may do with it: `--status` and `--unenrol`."""

import json
from pathlib import Path

import pytest

from hall.clock import SECOND_US
from hall.wire.sync import Pushed
from kiosk.__main__ import main
from queue_server.link.errors import LedgerDamaged
from queue_server.link.ledger.database import FILE
from queue_server.link.ledger.lock import LOCK_FILE
from tests.support.ledgers import HOLDER, issue, open_ledger, plan, welcome
from tests.support.tickets import DAY, NINE


@pytest.fixture
def config(tmp_path: Path) -> Path:
    key = tmp_path / "hall.key"
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    path = tmp_path / "kiosk.toml"
    path.write_text('[kiosk]\nname = "kiosk-1"\ndata = "data"\nhall_key = "hall.key"\n', encoding="utf-8")
    return path


def run(config: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["--config", str(config), verb])
    out, err = capsys.readouterr()
    return status, out, err


def test_status_while_the_kiosk_runs(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_ledger(config.parent / "data", welcome(plan=plan())) as ledger:
        ledger.hear_time(NINE)
        issue(ledger)
        status, out, _ = run(config, "--status", capsys)
        assert status == 0
        assert json.loads(out) == {
            "device": "kiosk-1",
            "lane": 2,
            "replaces": None,
            "incarnation": ledger.state.incarnation[:8],
            "unsent": 1,
            "last_contact": "2026-11-24T01:00:00+00:00",
            "plan_until": str(DAY),
            "plan_rests": None,
            "server_epoch": "e" * 8,
            "set_aside": [],
            "notices": [],
        }
        assert issue(ledger).number == "A004"


def test_the_last_contact_is_exact_once_the_kiosk_has_ended(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_ledger(config.parent / "data", welcome(plan=plan())) as ledger:
        ledger.hear_time(NINE)
        ledger.hear_time(NINE + 53 * SECOND_US)
    assert json.loads(run(config, "--status", capsys)[1])["last_contact"] == "2026-11-24T01:00:53+00:00"


def test_status_says_that_the_server_refused_the_kiosk(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_ledger(config.parent / "data", welcome(plan=plan())) as ledger:
        ledger.note_refused("请核对设备上的大厅密钥文件，然后重新连接")
        [notice] = json.loads(run(config, "--status", capsys)[1])["notices"]
        assert "服务器没有接受本机" in notice
        assert "大厅密钥" in notice
        assert "取号照常" in notice
        ledger.note_refused("")
        assert json.loads(run(config, "--status", capsys)[1])["notices"] == []


def test_status_of_a_kiosk_that_was_refused_before_it_had_a_lane(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_ledger(config.parent / "data") as ledger:
        ledger.note_refused("请核对设备上的大厅密钥文件，然后重新连接")
    [notice] = json.loads(run(config, "--status", capsys)[1])["notices"]
    assert "服务器没有接受本机，还没有登记，取不了号" in notice
    assert "取号照常" not in notice


def test_status_of_a_kiosk_that_met_no_server_yet(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_ledger(config.parent / "data").close()
    status, out, _ = run(config, "--status", capsys)
    told = json.loads(out)
    assert (status, told["lane"], told["unsent"], told["last_contact"], told["plan_until"]) == (0, None, 0, None, None)


@pytest.mark.parametrize("verb", ["--status", "--unenrol"])
@pytest.mark.parametrize(("content", "words"), [(None, "本机还没有启动过"), (b"no database" * 900, "改名留存")])
def test_nothing_to_read_is_told_with_what_to_do(
    config: Path, capsys: pytest.CaptureFixture[str], verb: str, content: bytes | None, words: str
) -> None:
    folder = config.parent / "data"
    folder.mkdir()
    if content:
        (folder / FILE).write_bytes(content)
    status, out, err = run(config, verb, capsys)
    assert (status, out) == (1, "")
    assert words in err
    assert not content or (folder / FILE).read_bytes() == content


def test_status_says_of_a_damaged_ledger_what_a_start_would_say(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = config.parent / "data"
    with open_ledger(folder, welcome(plan=plan())) as ledger:
        for _ in range(60):
            issue(ledger)
    content = bytearray((folder / FILE).read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 4096] = b"\x5a" * 4096
    (folder / FILE).write_bytes(content)
    with pytest.raises(LedgerDamaged) as refused:
        open_ledger(folder)
    status, out, err = run(config, "--status", capsys)
    assert (status, out) == (1, "")
    assert refused.value.advice in err
    assert (folder / FILE).read_bytes() == content


@pytest.mark.parametrize("verb", ["--unenrol", "--headless"])
def test_a_folder_that_takes_no_file_is_told_in_words(
    config: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    folder = config.parent / "data"
    open_ledger(folder, welcome()).close()
    (folder / LOCK_FILE).unlink()
    (folder / LOCK_FILE).mkdir()
    status, _, err = run(config, verb, capsys)
    assert status == 1
    assert f"数据文件夹 {folder} 写不进去" in err
    assert "请技术人员检查本机磁盘" in err


def test_unenrol_is_refused_while_facts_are_unsent(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = config.parent / "data"
    with open_ledger(folder, welcome(plan=plan())) as ledger:
        for _ in range(3):
            issue(ledger)
        ledger.apply_pushed(Pushed(highwater=1, plan=plan()))
    before = (folder / FILE).read_bytes()
    status, _, err = run(config, "--unenrol", capsys)
    assert status == 1
    assert "还有 2 条记录没有传到服务器" in err
    assert (folder / FILE).read_bytes() == before


def test_unenrol_is_refused_while_the_kiosk_runs(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_ledger(config.parent / "data", welcome()) as ledger:
        status, _, err = run(config, "--unenrol", capsys)
        assert (status, ledger.lane) == (1, 2)
        assert "先关掉那个程序" in err


def test_unenrol_puts_everything_aside_and_the_next_start_is_a_new_device(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = config.parent / "data"
    with open_ledger(folder, welcome(plan=plan())) as ledger:
        issue(ledger)
        ledger.apply_pushed(Pushed(highwater=1, plan=plan()))
        incarnation = ledger.state.incarnation
    status, out, _ = run(config, "--unenrol", capsys)
    aside = folder / f"retired-{incarnation[:8]}"
    assert (status, str(aside) in out) == (0, True)
    assert HOLDER.token.encode() not in (aside / FILE).read_bytes()
    for verb in ("--status", "--unenrol"):
        status, _, err = run(config, verb, capsys)
        assert status == 1
        assert f"本机已经注销，原来的记录在 {aside}" in err
        assert "启动取号机程序" in err
        assert "还没有启动过" not in err
    with open_ledger(folder) as ledger:
        assert (ledger.lane, ledger.state.incarnation == incarnation) == (None, False)
    assert run(config, "--status", capsys)[0] == 0
    with open_ledger(aside) as kept:
        assert (kept.lane, kept.state.last_seq) == (2, 1)
