"""Starting: every trouble at once in plain words and a status that is not 0; stopping: clean."""

import logging
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from queue_server.app import _warn_if_reachable
from queue_server.backup.backups import backups_of
from queue_server.config import ServerSettings
from queue_server.link.clock import SystemClock
from queue_server.link.hall_key import read_hall_key
from queue_server.logs import PersonalDataFilter
from queue_server.startup import StartError, prepare
from queue_server.store import Store
from tests.support.served_hall import ROOT, make_hall, server_process


def test_the_program_says_where_it_serves_and_stops_when_told(tmp_path: Path) -> None:
    with server_process(tmp_path / "hall") as hall:
        ready = hall.anybody.get("/api/ready").json()
        assert len(ready.pop("epoch")) == 32
        assert ready == {"ready": True, "hall": "test-hall", "schema_version": 1}
        signed_out = hall.anybody.http("GET", "/manage", headers={"Accept": "text/html"})
        assert signed_out.status_code in {303, 307}
    # server_process itself asserts that SIGTERM ends it with 0


def _run(folder: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONEWINDOW_")}
    environment |= {f"ONEWINDOW_SERVER_{name}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "queue_server", *arguments],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_wrong_settings_end_the_program_with_all_mistakes(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text('[server]\nprot = 1\nhost = "nowhere"\n')
    ended = _run(tmp_path, "--config", "hall.toml")
    assert ended.returncode == 2
    assert "3 处需要修改" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_tells_whether_it_could_start(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    good = {"HALL_ID": made.hall_id, "DATA": str(made.data), "HALL_KEY": str(made.hall_key), "PORT": "0"}
    fit = _run(tmp_path, "--check", **good)
    assert (fit.returncode, fit.stdout.strip()) == (0, "可以启动")
    unfit = _run(tmp_path, "--check", **good | {"DATA": str(tmp_path / "empty"), "HALL_KEY": str(tmp_path / "none")})
    assert unfit.returncode == 2
    assert "2 处需要修改" in unfit.stderr
    assert unfit.stderr.count("./onewindow hall init") == 2


def test_an_answer_never_waits_for_the_other_side(tmp_path: Path) -> None:
    ready = prepare(make_hall(tmp_path / "hall").model_copy(update={"port": 0}))
    try:
        with socket.create_connection(("127.0.0.1", ready.port)), ready.listener.accept()[0] as answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        ready.close()


def test_every_trouble_is_told_at_once(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    made.hall_key.chmod(0o644)
    made.database.write_bytes(b"not a database at all" * 1000)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StartError) as told:
            prepare(made.model_copy(update={"port": port}))
    words = str(told.value)
    assert len(told.value.mistakes) == 3
    assert f"chmod 600 {made.hall_key}" in words
    assert str(made.database) in words
    assert "先放好大厅密钥，才看得出备份好不好" in words
    assert f"127.0.0.1:{port}" in words


def test_a_database_without_catalogue_of_another_hall_or_in_use(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    with pytest.raises(StartError, match="test-hall"):
        prepare(made.model_copy(update={"hall_id": "another"}))
    ready = prepare(made)
    with pytest.raises(StartError, match="请先停止另一个"):
        prepare(made)
    ready.close()
    empty = ServerSettings(hall_id="h", data=tmp_path / "bare", hall_key=made.hall_key, port=0)
    empty.data.mkdir()
    Store.open(empty.database, "h", new_id=lambda: secrets.token_hex(16)).close()
    with pytest.raises(StartError, match=r"还没有办事目录。请先运行 \./onewindow hall init"):
        prepare(empty)


def test_a_key_that_is_no_key_is_not_replaced(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    made.hall_key.write_text("too short")
    with pytest.raises(StartError, match="不要重做"):
        prepare(made)
    assert made.hall_key.read_text() == "too short"


def test_a_hall_whose_key_is_gone_is_not_sent_to_found_another(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    made.hall_key.unlink()
    ended = _run(tmp_path, "--check", **_given(made))
    assert ended.returncode == 2
    assert "请把原来的 hall.key 放回去" in ended.stderr
    assert "保险柜" in ended.stderr
    assert "hall init" not in ended.stderr


@pytest.mark.parametrize("key_too", [False, True])
def test_a_mark_that_is_left_tells_of_a_hall_that_was_here(tmp_path: Path, *, key_too: bool) -> None:
    made = make_hall(tmp_path / "hall")
    with Store.open(made.database, made.hall_id, new_id=lambda: secrets.token_hex(16)) as store:
        store.keep_place()
    for path in [path for path in made.data.iterdir() if path.name != "hall.db.watermark"]:
        path.unlink()
    if key_too:
        made.hall_key.unlink()
    ended = _run(tmp_path, "--check", **_given(made))
    assert ended.returncode == 2
    assert "hall.db.watermark 说明这里有过大厅" in ended.stderr
    assert "另一块盘、旧服务器" in ended.stderr
    assert f"放进 {made.backup_folder}，再运行 ./onewindow backup restore" in ended.stderr
    assert "hall init" not in ended.stderr


def test_a_server_open_to_the_network_says_so(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:

    settings = ServerSettings(hall_id="h", data=tmp_path, hall_key=tmp_path / "k")
    _warn_if_reachable(settings)
    assert caplog.text == ""
    _warn_if_reachable(settings.model_copy(update={"host": "192.168.1.9"}))
    assert "设备证书启用之前" in caplog.text


def test_what_looks_like_an_id_number_leaves_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    record = logging.LogRecord(
        "onewindow.x", logging.INFO, "", 1, "read %s at seq %d", ("11010519491231002X", 42), None
    )
    assert PersonalDataFilter().filter(record)
    assert record.getMessage() == "read ［已隐去］ at seq 42"
    failed = logging.LogRecord("x", logging.ERROR, "", 1, "it failed", (), (ValueError, ValueError("陈某"), None))
    PersonalDataFilter().filter(failed)
    assert "陈某" not in logging.Formatter().format(failed)
    assert "ValueError" in logging.Formatter().format(failed)


def another_key(settings: ServerSettings) -> None:
    settings.hall_key.write_text(secrets.token_hex(32))


def test_a_replaced_hall_key_is_told_of_before_anything_is_served(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    right = made.hall_key.read_text()
    prepare(made).close()
    another_key(made)
    for mend in (True, False):
        with pytest.raises(StartError, match="不是这个大厅的那一把") as told:
            prepare(made, mend=mend)
        assert "什么都没有丢" in str(told.value)
        assert "保险柜" in str(told.value)
    assert right not in made.database.read_bytes().decode("latin-1")
    made.hall_key.write_text(right)
    prepare(made).close()  # nothing was lost


def test_check_tells_of_a_replaced_hall_key(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    prepare(made).close()
    another_key(made)
    given = {"HALL_ID": made.hall_id, "DATA": str(made.data), "HALL_KEY": str(made.hall_key), "PORT": "0"}
    ended = _run(tmp_path, "--check", **given)
    assert ended.returncode == 2
    assert "不是这个大厅的那一把" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_check_writes_no_key_down(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    right = made.hall_key.read_text()
    another_key(made)
    prepare(made, mend=False).close()  # a hall of an earlier version knows no key: a check cannot tell
    made.hall_key.write_text(right)
    prepare(made).close()
    prepare(made).close()


def test_a_key_replaced_on_purpose_is_the_one_from_then_on(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    right = made.hall_key.read_text()
    prepare(made).close()
    another_key(made)
    prepare(made, new_key=True).close()
    prepare(made).close()
    made.hall_key.write_text(right)
    with pytest.raises(StartError, match="不是这个大厅的那一把"):
        prepare(made)


def _given(made: ServerSettings) -> dict[str, str]:
    return {"HALL_ID": made.hall_id, "DATA": str(made.data), "HALL_KEY": str(made.hall_key), "PORT": "0"}


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda whole: whole[: len(whole) // 2], "已损坏"),
        (lambda whole: whole[:50], "已损坏"),
        (lambda _: b"not a database at all" * 1000, "不是可读的数据库"),
        (lambda _: b"", "是空的"),
    ],
    ids=["cut short", "nearly nothing", "something else", "empty"],
)
def test_a_check_tells_of_a_damaged_database_and_leaves_it_as_it_is(
    tmp_path: Path, spoil: Callable[[bytes], bytes], words: str
) -> None:
    made = make_hall(tmp_path / "hall")
    spoilt = spoil(made.database.read_bytes())
    made.database.write_bytes(spoilt)
    ended = _run(tmp_path, "--check", **_given(made))
    assert ended.returncode == 2
    assert words in ended.stderr
    assert "没有备份" in ended.stderr
    assert "自动换上" not in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hall init" not in ended.stderr
    assert made.database.read_bytes() == spoilt


def test_a_check_of_a_damaged_database_says_that_a_start_takes_the_backup(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    with Store.open(made.database, made.hall_id, new_id=lambda: secrets.token_hex(16)) as store:
        backups_of(made, store, read_hall_key(made.hall_key), SystemClock()).make()
    made.database.write_bytes(b"")
    ended = _run(tmp_path, "--check", **_given(made))
    assert ended.returncode == 2
    assert "启动服务器时会把坏的改名留存，自动换上最近一份好备份" in ended.stderr
    prepare(made).close()  # and so it does


def test_a_database_of_an_earlier_version_does_not_learn_a_key_that_its_backups_do_not_know(tmp_path: Path) -> None:
    made = make_hall(tmp_path / "hall")
    right = made.hall_key.read_text()
    with Store.open(made.database, made.hall_id, new_id=lambda: secrets.token_hex(16)) as store:
        backups_of(made, store, read_hall_key(made.hall_key), SystemClock()).make()
    another_key(made)
    with pytest.raises(StartError, match="备份是用另一把封的"):
        prepare(made)
    made.hall_key.write_text(right)
    prepare(made).close()
