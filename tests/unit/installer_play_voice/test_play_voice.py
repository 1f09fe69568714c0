"""A loudspeaker without a screen: every call is played once, in order, by whatever program the machine has."""

import io
import sys
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hall.wire.commands import CallNext, Recall
from hall.wire.views import Board, BoardCall
from installer.loudspeaker import Loudspeaker, LoudspeakerError, player
from installer.play_voice import HallVoice, Listening, main
from tests.support.served_hall import ServedHall, new_id, served

PLAYER = """
import pathlib, sys, wave
with wave.open(sys.argv[2]) as read, open(sys.argv[1], "a") as out:
    loudest = max(map(abs, memoryview(read.readframes(read.getnframes())).cast("h")))
    print(read.getnframes(), loudest, file=out)
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("hall"), voice=True) as running:
        yield running


@pytest.fixture
def command(tmp_path: Path) -> str:
    (tmp_path / "player.py").write_text(PLAYER)
    return f"{sys.executable} {tmp_path / 'player.py'} {tmp_path / 'played'}"


def _sound(loudness: int = 20_000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as write:
        write.setnchannels(1)
        write.setsampwidth(2)
        write.setframerate(8000)
        write.writeframes(loudness.to_bytes(2, "little", signed=True) * 80)
    return out.getvalue()


def _call(seq: int, state: str = "called") -> BoardCall:
    return BoardCall(
        number=f"A{seq:03}", window=1, window_name="", call_no=1, at=0, state=state, voice=f"/voice/{seq}", seq=seq
    )


def _board(seq: int, *calls: BoardCall) -> Board:
    return Board(at=0, seq=seq, hall="", hall_en="", notices=(), calls=calls, ready=(), missed=(), groups=())


def test_each_call_is_said_once_in_order_and_none_from_before_it_began() -> None:
    ear = Listening()
    assert ear.news(_board(3, _call(3), _call(2))) == []
    assert [call.seq for call in ear.news(_board(6, _call(6), _call(3), _call(5)))] == [5, 6]
    assert ear.news(_board(6, _call(6), _call(5))) == []


def test_what_was_missed_is_said_while_its_citizen_is_expected() -> None:
    ear = Listening()
    ear.news(_board(1))
    assert [call.seq for call in ear.news(_board(9, _call(8), _call(7, "serving"), _call(5)))] == [5, 8]


def test_after_the_server_was_set_back_new_calls_are_heard() -> None:
    ear = Listening()
    ear.news(_board(90, _call(90)))
    assert ear.news(_board(40, _call(38))) == []
    assert [call.seq for call in ear.news(_board(41, _call(41), _call(38)))] == [41]


def test_calls_of_a_running_hall_are_played_in_order(
    hall: ServedHall, command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done: list[int] = []
    voice = threading.Thread(
        target=lambda: done.append(main(["--server", hall.address, "--player", command, "--calls", "2"]))
    )
    assert hall.parts is not None
    boards = hall.parts.live.boards
    voice.start()
    kiosk, clerk = hall.kiosk(), hall.clerk(1)
    kiosk.issue("alpha", "alpha_one", "A")
    kiosk.push()
    while not boards._topics:
        threading.Event().wait(0.01)
    ticket = clerk.do(CallNext(request_id=new_id())).ticket
    assert ticket is not None
    clerk.do(Recall(request_id=new_id(), ticket=ticket.id))
    voice.join(60)
    assert done == [0]
    assert capfd.readouterr().out.count("A001 → 1 号窗口") == 2
    played = [line.split()[0] for line in (tmp_path / "played").read_text().splitlines()]
    chime, mandarin, again, english = played[:4]
    assert mandarin == again
    assert len({chime, mandarin, english}) == 3
    assert played[4:] == played[:4]


def test_a_zone_that_is_not_there_and_a_machine_without_a_player_are_told_in_words(
    hall: ServedHall, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--server", hall.address, "--player", command, "--zone", "attic"]) == 1
    assert "大厅没有区域 attic" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "/nowhere")
    assert main(["--server", hall.address]) == 1
    assert "没有播放程序" in capsys.readouterr().err


def test_the_first_program_that_the_machine_has_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("ffplay", "paplay"):
        (tmp_path / name).touch(mode=0o755)
    assert player() == "paplay"
    with pytest.raises(LoudspeakerError, match="引号"):
        player("mpv '--no-video")


def test_the_volume_is_in_the_samples(command: str, tmp_path: Path) -> None:
    speaker = Loudspeaker(command)
    for volume in (100, 40):
        speaker.play(_sound(), volume)
    assert (tmp_path / "played").read_text().split() == ["80", "20000", "80", "8000"]


@pytest.mark.parametrize("expected", [True, False], ids=["still waited for", "has come"])
def test_a_call_waits_for_a_busy_loudspeaker_as_long_as_its_citizen_is_expected(
    command: str, tmp_path: Path, *, expected: bool
) -> None:
    busy = tmp_path / "busy"
    busy.write_text("x" * 10)  # another program has the loudspeaker for so many tries
    (tmp_path / "player.py").write_text(
        "import pathlib, sys\nbusy = pathlib.Path(sys.argv[1]).with_name('busy')\nleft = busy.read_text()[1:]\n"
        "busy.write_text(left)\nif left: sys.exit('device busy')\npathlib.Path(sys.argv[1]).write_text('heard')\n"
    )
    board = _board(1, _call(1) if expected else _call(1, "serving"))
    with server_that_breaks_off(_sound()) as address:
        voice = HallVoice(address, "", Loudspeaker(command, lambda _: None))
        voice._take(Listening(), board)
        assert voice._play("/voice/1", 100, _call(1)) is expected
    assert (tmp_path / "played").exists() is expected


def test_a_busy_device_is_asked_again_and_a_lasting_trouble_told(tmp_path: Path) -> None:
    (tmp_path / "player.py").write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\nold = file.read_text() if file.exists() else ''\n"
        "file.write_text(old + 'x')\nif len(old) < int(sys.argv[2]): sys.exit('device busy')\n"
    )
    rests: list[float] = []
    for fails in (2, 9):
        command = f"{sys.executable} {tmp_path / 'player.py'} {tmp_path / f'tries{fails}'} {fails}"
        if fails == 2:
            Loudspeaker(command, rests.append).play(_sound(), 100)
        else:
            with pytest.raises(LoudspeakerError, match="device busy"):
                Loudspeaker(command, rests.append).play(_sound(), 100)
        assert (tmp_path / f"tries{fails}").read_text() == "xxx"
    assert len(rests) == 4


@contextmanager
def server_that_breaks_off(*sounds: bytes) -> Iterator[str]:
    """A server that is killed while it sends all sounds but the last, which it gives as often as asked; its address."""
    left = list(sounds)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            last = len(left) == 1
            sound = left[0] if last else left.pop(0)
            self.send_response(200)
            self.send_header("Content-Length", str(len(sound) + (0 if last else 100)))
            self.end_headers()
            self.wfile.write(sound)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_server_killed_in_the_middle_of_a_sound_is_asked_again(command: str, tmp_path: Path) -> None:
    rests: list[float] = []
    with server_that_breaks_off(b"RIFF", _sound()) as address:
        HallVoice(address, "", Loudspeaker(command), rests.append)._play("/voice/1", 100, _call(1))
    assert len(rests) == 1
    assert (tmp_path / "played").read_text().split() == ["80", "20000"]


def test_a_sound_that_cannot_be_had_is_told_and_does_not_end_the_voice(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with server_that_breaks_off(*[b"RIFF"] * 9) as address:
        HallVoice(address, "", Loudspeaker(command), lambda _: None)._play("/voice/1", 100, _call(1))
    assert "服务器没有给出声音" in capsys.readouterr().err
    rateless = _sound()[:24] + bytes(4) + _sound()[28:]
    with server_that_breaks_off(rateless) as address:
        HallVoice(address, "", Loudspeaker(command))._play("/voice/1", 100, _call(1))
    assert "读不出来" in capsys.readouterr().err
