"""The server's machine: the real store and the real operations behind letters and lines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import PeeweeException

from hall.clock import SECOND_US
from hall.errors import BugError, OneWindowError
from hall.wire.acts import Memory
from hall.wire.commands import Command, SignIn
from hall.wire.hello import Hello
from hall.wire.sync import FeedHead, FeedItem, Push
from hall.wire.views import Board, Desk
from installer.rehearsal.hall_sim.clockwork import Clockwork, MachineClock
from installer.rehearsal.hall_sim.disk import Disk, Killed, SimWatermark, server_database
from installer.rehearsal.hall_sim.network import Line
from queue_server.api.errors import NoSessionError
from queue_server.api.problems import problem_of, status_of
from queue_server.link.problems import error_of
from queue_server.operations import accounts, commands, devices, memory, recovery, sync, views
from queue_server.operations.errors import UnfitFactError
from queue_server.operations.sessions import find_session
from queue_server.operations.tick import tick
from queue_server.store import Store, Transaction
from queue_server.store.errors import ConflictError
from queue_server.store.records import Restored, Session, Staff

PAGE = 200
PUMP_US = SECOND_US // 2
SCREENS_US = 10 * SECOND_US
Operation = Callable[[Transaction], Any]


@dataclass
class Follower:
    """A kiosk that follows the feed: its line, and how far it has been told."""

    line: Line
    place: int


@dataclass
class Screen:
    """A desk or board that is kept current over a line; `window` is None for the board."""

    line: Line
    session: str
    window: int | None
    shown: object = None


class ServerNode:
    """The server. Requests come as `serve`; what it says by itself goes over lines.

    Args:
        clockwork: The true time.
        clock: This machine's own clocks.
        disk: Its disk with the hall's database.
        hall: Hall id and key.
        new_id: Source of ids.
    """

    def __init__(
        self, clockwork: Clockwork, clock: MachineClock, disk: Disk, hall: tuple[str, bytes], new_id: Callable[[], str]
    ) -> None:
        self.clockwork = clockwork
        self.clock = clock
        self.disk = disk
        self.hall_id, self._hall_key = hall
        self._new_id = new_id
        self.store: Store | None = None
        self.watermark = SimWatermark()
        self.bugs: list[BaseException] = []
        self.said: list[tuple[object, object]] = []
        self.on_death: Callable[[], None] = lambda: None
        self._followers: dict[str, Follower] = {}
        self._screens: dict[str, Screen] = {}
        self._pumping = self._showing = False

    # ---- life and death

    def start(self) -> None:
        """The program starts on what stands on the disk, unless it runs."""
        if self.store is None:
            try:
                self.store = Store.over(
                    server_database(self.disk), self.hall_id, new_id=self._new_id, watermark=self.watermark
                )
                self.store.on_commit(lambda _: self._news())
                self.store.run(lambda t: recovery.begin_if_restored(t, self.clock.now()))
            except (Killed, OneWindowError, PeeweeException):
                self.die()

    def restore(self, image: bytes, restored: Restored | None) -> None:
        """A backup in place of the database: by the verb, which says so, or by somebody who copies the file."""
        self.die()
        self.disk.put_back(image)
        if restored is not None:
            store = Store.over(server_database(self.disk), self.hall_id, new_id=self._new_id)
            store.run(lambda t: t.renew_epoch(restored))
        self.start()

    def die(self) -> None:
        """The process is gone; its sockets with it."""
        self.store = None
        self.disk.drop_unfinished()
        for line in [end.line for end in self._followers.values()] + [end.line for end in self._screens.values()]:
            line.end()
        self._followers, self._screens = {}, {}
        self._pumping = self._showing = False
        self.on_death()

    def run(self, operation: Operation) -> Any:
        """One operation in its own commit."""
        assert self.store is not None
        return self.store.run(operation)

    def attempt(self, operation: Operation) -> None:
        """As `run`, for what nobody waits for: it may meet a full disk, or the process may die of it."""
        try:
            if self.store is not None:
                self.run(operation)
        except Killed:
            self.die()
        except (BugError, ConflictError) as error:
            self.bugs.append(error)
        except OneWindowError:
            pass

    # ---- requests

    def serve(self, session: str, body: object) -> object:
        """Answer a request: what it asked for, or the error as a device would read it. None: the process died of it."""
        try:
            answer = self._answer(session, body)
            self.said.append((body, answer))
            return answer
        except Killed:
            self.die()
            return None
        except OneWindowError as error:
            if isinstance(error, BugError | UnfitFactError | ConflictError):
                self.bugs.append(error)
            text = problem_of(error).model_dump_json()
            return error_of(status_of(error), text, with_session=bool(session))

    def _answer(self, session: str, body: object) -> object:
        moment = self.clock.now()
        match body:
            case "nonce":
                return self.run(lambda t: devices.new_nonce(t, moment))
            case "catalog":
                assert self.store is not None
                with self.store.read() as reader:
                    return reader.catalog()
            case Hello():
                return self.run(lambda t: devices.hello(t, moment, body, self._hall_key))
            case Push():
                return self._push(session, body)
            case Memory():
                self.run(lambda t: memory.remember(t, moment, self._session(t, session), body))
                return "told"
            case SignIn():
                account = Staff(body.staff, "", clerk=True, manager=False)
                return self.run(lambda t: accounts.let_in(t, moment, account, body, "sim"))
            case _:
                return self.run(
                    lambda t: commands.carry_out(t, moment, self._session(t, session), body, self._hall_key)  # type: ignore[arg-type]
                )

    def _push(self, token: str, push: Push) -> object:
        moment = self.clock.now()
        try:
            return self.run(lambda t: sync.push(t, moment, self._session(t, token), push))
        except UnfitFactError as error:
            trouble = error
            self.run(lambda t: sync.note_refusal(t, moment, self._session(t, token).subject, trouble))
            raise

    def _session(self, transaction: Transaction, token: str) -> Session:
        session = find_session(transaction, self.clock.now(), token)
        if session is None:
            raise NoSessionError("没有登录，或者登录已经结束")
        return session

    # ---- lines

    def follow(self, session: str, after: int, line: Line) -> bool | None:
        """A kiosk follows the feed from a place; False without a session, None without a server."""
        if self.store is None:
            return None
        if self._refused(session):
            return False
        self._followers[line.machine] = Follower(line, after)
        self._pump()
        return True

    def watch(self, session: str, window: int | None, line: Line) -> bool | None:
        """A screen wants to be kept current; False without a session, None without a server."""
        if self.store is None:
            return None
        if window is not None and self._refused(session):
            return False
        self._screens[line.machine] = Screen(line, session, window)
        self._show()
        return True

    def _refused(self, session: str) -> bool:
        assert self.store is not None
        with self.store.read() as reader:
            return find_session(reader, self.clock.now(), session) is None

    def pass_time(self) -> None:
        """What the server does by itself every few seconds."""
        moment = self.clock.now()
        self.attempt(lambda t: tick(t, moment))
        if self.store is not None:
            self.store.keep_place()

    def decide(self, command: Command) -> None:
        """A manager at the hall's own page decides something."""
        moment, staff = self.clock.now(), Staff("100", "", clerk=False, manager=True)

        def as_manager(transaction: Transaction) -> None:
            signed_in = accounts.let_in(transaction, moment, staff, SignIn(staff="100", pin="000000"), "sim")
            session = self._session(transaction, signed_in.session)
            commands.carry_out(transaction, moment, session, command, self._hall_key)

        self.attempt(as_manager)

    def heartbeat(self) -> None:
        """Followers and screens hear that the server is there."""
        if self.store is not None:
            self._pump()
            self._show()

    def _news(self) -> None:
        if self._followers and not self._pumping:
            self._pumping = True
            self.clockwork.after(PUMP_US, "~server pumps", self._pump)
        if self._screens and not self._showing:
            self._showing = True
            self.clockwork.after(SCREENS_US, "~server shows", self._show)

    def _pump(self) -> None:
        self._pumping = False
        followers = [follower for follower in self._followers.values() if follower.line.open]
        if self.store is None or not followers:
            return
        with self.store.read() as reader:
            head = FeedHead(
                seq=reader.head_seq(),
                server_epoch=reader.server_epoch(),
                server_time=self.clock.now().wall_us,
                catalog_version=reader.catalog_version(),
            )
            least = min(follower.place for follower in followers)
            items = reader.feed(least, PAGE) if least < head.seq else []
            for follower in followers:
                own = [item for item in items if item.entry.seq > follower.place]
                self._tell(follower, own, head)

    def _tell(self, follower: Follower, items: list[FeedItem], head: FeedHead) -> None:
        if items:
            follower.place = items[-1].entry.seq
        whole = follower.place >= head.seq
        follower.line.send([*items, head] if whole else items)
        if not whole:
            self._news()

    def _show(self) -> None:
        self._showing = False
        screens = [screen for screen in self._screens.values() if screen.line.open]
        if self.store is None or not screens:
            return
        with self.store.read() as reader:
            live = views.look(reader, self.clock.now())
            for screen in screens:
                if screen.window is not None and find_session(reader, self.clock.now(), screen.session) is None:
                    screen.line.end()
                    continue
                view = compose(reader, self.clock, screen.window, live)
                if view != screen.shown:
                    screen.shown = view
                    screen.line.send(view)


def compose(reader: Any, clock: MachineClock, window: int | None, live: views.Live | None = None) -> Desk | Board:
    """What a screen shows now, apart from when it was composed and what only grows with time."""
    moment = clock.now()
    if window is None:
        return views.board(reader, moment, None, live).model_copy(update={"at": 0, "seq": 0})
    desk = views.desk(reader, moment, window, live)
    return desk.model_copy(update={"at": 0, "seq": 0, "longest_wait_us": 0, "undo_until": 0})
