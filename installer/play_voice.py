"""`./onewindow play-voice`: says the calls of a hall or a zone over the loudspeaker of a machine without a screen.

It follows the board as a screen does and hands each WAV to a player program, one after another. A call that comes while
another is said, or while the loudspeaker is taken, waits; one missed while the server was away is said when it is back,
if its citizen is still expected.
"""

import argparse
import http.client
import json
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import deque
from collections.abc import Callable

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from hall.errors import OneWindowError, Retry, WorldError, plain_words
from hall.wire.views import Board, BoardCall
from installer.any_order import AnyOrder
from installer.hall_api import with_scheme
from installer.loudspeaker import Loudspeaker, LoudspeakerBusy, player
from installer.rehearsal.stage import USUAL_PORT

_AGAIN_SECONDS = 2.0
_SILENCE_SECONDS = 15.0  # the server speaks at least every five
_FETCH_SECONDS = 20.0
_FETCHES = 4  # a server that is started again is back in some seconds, and its citizens still wait for the call
_WAITS_FOR_LOUDSPEAKER = 20  # times of some seconds: so long a call waits for it while its citizen is expected
_BEHIND = 2  # so many calls wait: from then on each is said once, without chime


class BoardError(WorldError):
    """The server has no such board, or does not give a sound."""

    code = "installer.board"
    retry = Retry.LATER
    advice = "请核对 --server 和 --zone，区域写在办事目录 hall.toml 里"


def main(argv: list[str]) -> int:
    """Follow the board until it is stopped."""
    parser = AnyOrder(prog="onewindow play-voice", description="没有屏幕的音箱：跟着叫号屏出声")
    parser.add_argument("--server", default=f"http://127.0.0.1:{USUAL_PORT}", help="服务器地址，如 10.0.0.2:8600")
    parser.add_argument("--zone", default="", metavar="区域", help="只念这个区域的号；不写就是全厅")
    parser.add_argument("--player", default="", metavar="程序", help="播放程序，文件名接在最后；不写就自己找 aplay 等")
    parser.add_argument("--calls", type=int, default=0, metavar="次", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    try:
        command = player(options.player)
        voice = HallVoice(with_scheme(options.server), options.zone, Loudspeaker(command))
        voice.check()
        print(f"用 {command.split()[0]} 出声，跟着 {voice.address}", flush=True)
        voice.speak(options.calls)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1
    return 0


class Listening:
    """Which calls of the boards that come are still to be said: each once, in order, none from before it began."""

    def __init__(self) -> None:
        self._newest: int | None = None
        self._seq = 0

    def news(self, board: Board) -> list[BoardCall]:
        """The calls of a board that are new and whose citizens are expected, oldest first."""
        set_back = board.seq < self._seq  # a server restored from its backup counts from an earlier place
        self._seq = board.seq
        known = board.seq if self._newest is None or set_back else self._newest
        self._newest = max([known, *(call.seq for call in board.calls)])
        new = [call for call in board.calls if call.seq > known and call.state == "called" and call.voice]
        return sorted(new, key=lambda call: call.seq)


class HallVoice:
    """The voice of a hall at one loudspeaker.

    Args:
        address: The server, `http://host:port`.
        zone: A zone's id, "" for the whole hall.
        loudspeaker: Plays what is to be heard.
        rest: Waits so many seconds before a sound is asked for again.
    """

    def __init__(
        self, address: str, zone: str, loudspeaker: Loudspeaker, rest: Callable[[float], None] = time.sleep
    ) -> None:
        self.address = address
        self._asked = f"?{urllib.parse.urlencode({'zone': zone})}" if zone else ""
        self._loudspeaker = loudspeaker
        self._rest = rest
        self._calls: deque[BoardCall] = deque()
        self._expected: frozenset[int] = frozenset()  # the seqs of calls whose citizens have not come yet
        self._volume = 100
        self._changed = threading.Condition()

    def check(self) -> None:
        """Ask for the board once; a server that is not there yet is waited for later.

        Raises:
            BoardError: If the server has no such board.
        """
        try:
            self._get(f"/api/board{self._asked}")
        except urllib.error.HTTPError as error:
            raise BoardError(_told(error)) from None
        except OSError:
            print("服务器还没有连上，会一直再试", flush=True)

    def speak(self, most: int = 0) -> None:
        """Say calls as they come; after so many, 0 for ever."""
        threading.Thread(target=self._follow, name="board", daemon=True).start()
        said = 0
        while not most or said < most:
            with self._changed:
                self._changed.wait_for(lambda: self._calls)
                behind, call = len(self._calls) > _BEHIND, self._calls.popleft()
                volume = self._volume
            if behind and call.seq not in self._expected:
                continue  # its citizen has come: those who are still waited for are heard the sooner
            print(f"{call.number} → {call.window} 号窗口", flush=True)
            for address in (call.voice,) if behind else call.says:
                if not self._play(address, volume, call):
                    break
            said += 1

    def _play(self, address: str, volume: int, call: BoardCall) -> bool:
        """Play one sound of a call; whether the loudspeaker was free for it in the end."""
        tried = 0
        while True:
            try:
                self._loudspeaker.play(self._sound(address), volume)
            except LoudspeakerBusy as error:
                tried += 1
                if tried < _WAITS_FOR_LOUDSPEAKER and call.seq in self._expected:
                    continue
                _tell(plain_words(error))
                return False
            except OneWindowError as error:
                _tell(plain_words(error))
            except OSError:
                _tell("服务器没有给出声音")
            return True

    def _follow(self) -> None:
        listening, pause = Listening(), threading.Event()
        address = f"ws{self.address.removeprefix('http')}/board/live{self._asked}"
        while True:
            try:
                with connect(address, open_timeout=10, close_timeout=1, proxy=None) as socket:
                    while True:
                        self._take(listening, Board.model_validate_json(socket.recv(_SILENCE_SECONDS)))
            except (OSError, WebSocketException, ValueError):
                pause.wait(_AGAIN_SECONDS)

    def _take(self, listening: Listening, board: Board) -> None:
        with self._changed:
            self._volume = board.volume
            self._expected = frozenset(call.seq for call in board.calls if call.state == "called")
            news = listening.news(board)
            if board.volume:  # in quiet hours they pass unheard
                self._calls.extend(news)
                self._changed.notify()

    def _sound(self, address: str) -> bytes:
        for _ in range(_FETCHES - 1):
            try:
                return self._get(address)
            except OSError as error:
                if isinstance(error, urllib.error.HTTPError) and error.code != http.HTTPStatus.NOT_FOUND:
                    raise  # it has no voice, and says so; only one just started does not know the call yet
                self._rest(_AGAIN_SECONDS)
        return self._get(address)

    def _get(self, path: str) -> bytes:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(self.address + path, timeout=_FETCH_SECONDS) as answer:
                body: bytes = answer.read()
                return body
        except http.client.HTTPException as error:  # it ended in the middle of its answer
            raise ConnectionError(type(error).__name__) from None


def _tell(words: str) -> None:
    print(f"这一句没有念出来：{words}", file=sys.stderr, flush=True)


def _told(error: urllib.error.HTTPError) -> str:
    """The server's own words, where it gave any."""
    try:
        return str(json.loads(error.read())["message"])
    except (ValueError, KeyError, TypeError, OSError):
        return f"服务器没有给出叫号屏（{error.code}）"
