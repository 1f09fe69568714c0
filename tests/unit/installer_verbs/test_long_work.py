"""Long work at a terminal: a line that says how far it is, a Ctrl-C that is kind, and files whole or not at all."""

import io
import json
import signal
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import journal, statistics
from installer.hall_api import HallApi, HallApiError
from queue_server.store import Store
from tests.support.referee import Referee
from tests.support.served_hall import MANAGER, PIN, make_hall, new_id, served

Capture = pytest.CaptureFixture[str]
_PEOPLE = 80


class Terminal(io.StringIO):
    """Somebody looks on, and presses Ctrl-C at the so-manieth word of how far it is."""

    def __init__(self, stop_at: int = 0) -> None:
        super().__init__()
        self._left = stop_at

    def isatty(self) -> bool:
        return True

    def write(self, words: str, /) -> int:
        if "%" in words:
            self._left -= 1
            if self._left == 0:
                signal.raise_signal(signal.SIGINT)
        return super().write(words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A stopped hall in which eighty people took a number."""
    made = make_hall(tmp_path)
    referee = Referee(made.database)
    kiosk = referee.kiosk()
    for _ in range(_PEOPLE):
        kiosk.issue()
    kiosk.push()
    referee.store.close()
    settings = f'[server]\nhall_id = "{made.hall_id}"\ndata = "{made.data}"\nhall_key = "{made.hall_key}"\n'
    (tmp_path / "hall.toml").write_text(settings, encoding="utf-8")
    return tmp_path


def test_a_file_holds_what_would_be_printed_and_agrees_with_the_hall(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert journal.main(["export", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) > _PEOPLE
    out, terminal = folder / "journal.jsonl", Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert journal.main(["export", str(folder), "--out", str(out)]) == 0
    assert out.read_text("utf-8") == printed
    told = [int(words.removeprefix("导出流水 ").rstrip("%\n")) for words in terminal.getvalue().split("\r")[1:]]
    assert told == sorted(set(told))
    assert len(told) > 2
    assert journal.main(["verify", str(folder), "--export", str(out)]) == 0
    assert f"2026-09-21  取号 {_PEOPLE}  办理完毕 0" in capsys.readouterr().out


_DAY = ["--from", "2026-09-21", "--to", "2026-09-21"]
WORK: dict[str, tuple[Callable[[list[str]], int], list[str]]] = {
    "journal export": (journal.main, ["export", ".", "--out", "journal.jsonl"]),
    "journal verify": (journal.main, ["verify", "."]),
    "statistics verify": (statistics.main, ["verify", ".", *_DAY]),
    "statistics csv": (statistics.main, ["show", ".", *_DAY, "--out", "figures.csv"]),
    "statistics xlsx": (statistics.main, ["show", ".", *_DAY, "--out", "figures.xlsx"]),
}


@pytest.mark.parametrize("kept", ["", "以前导出的\n"])
@pytest.mark.parametrize("work", WORK)
def test_ctrl_c_leaves_no_half_file_and_nothing_of_the_old_one_is_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch, work: str, kept: str
) -> None:
    main, words = WORK[work]
    names = ["journal.jsonl", "figures.csv", "figures.xlsx"]
    for name in names if kept else []:
        (folder / name).write_text(kept, encoding="utf-8")
    before = {path.name for path in folder.iterdir()}
    heard = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("sys.stderr", Terminal(stop_at=1 if "statistics " in work else 2))
    monkeypatch.chdir(folder)
    with pytest.raises(KeyboardInterrupt):
        main(words)
    assert {path.name for path in folder.iterdir()} == before
    assert not kept or {(folder / name).read_text("utf-8") for name in names} == {kept}
    assert signal.getsignal(signal.SIGINT) is heard
    with Store.open(folder / "hall.db", "small", new_id=new_id):
        pass  # its file is free again


def test_where_no_terminal_is_only_lines_come_out_and_each_is_whole(folder: Path, capsys: Capture) -> None:
    assert journal.main(["export", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert [json.loads(line)["seq"] for line in told.out.splitlines()] == list(range(1, told.out.count("\n") + 1))


def test_a_place_that_cannot_be_written_is_told(folder: Path, capsys: Capture) -> None:
    assert journal.main(["export", str(folder), "--out", str(folder / "没有" / "journal.jsonl")]) == 1
    assert "写不了：没有这个文件或文件夹" in capsys.readouterr().err


def test_a_running_hall_gives_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "journal.jsonl"
    with served(tmp_path / "hall") as hall:
        kiosk = hall.kiosk()
        for _ in range(_PEOPLE):
            kiosk.issue("alpha", "alpha_one", "A")
        kiosk.push()
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
        assert journal.main(["export", "--server", hall.address, "--staff", MANAGER, "--out", str(out)]) == 0
        entries = list(HallApi(hall.address, MANAGER, PIN).journal())
    assert out.read_text("utf-8").splitlines() == [entry.model_dump_json() for entry in entries]


def test_a_server_that_goes_away_in_the_middle_is_told_and_not_taken_for_the_end() -> None:
    signed_in = json.dumps({"session": "s", "staff": "1001", "roles": ["manager"], "window": None, "expires_at": 1})
    answers = (
        f"HTTP/1.1 200 OK\r\nContent-Length: {len(signed_in)}\r\nConnection: close\r\n\r\n{signed_in}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
    )
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for answer in answers:
                caller, _ = server.accept()
                with caller:
                    caller.recv(1 << 16)
                    caller.sendall(answer.encode())

        serving = threading.Thread(target=serve)
        serving.start()
        api = HallApi(f"http://127.0.0.1:{server.getsockname()[1]}", "1001", "246802")
        with pytest.raises(HallApiError, match="没有说完就断了"):
            list(api.journal())
        serving.join()
