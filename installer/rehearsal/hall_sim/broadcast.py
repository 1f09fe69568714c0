"""What the server says by itself: the feed to kiosks, desks and board to screens, each over a line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hall.clock import MINUTE_US, SECOND_US
from hall.wire.sync import FeedHead, FeedItem
from hall.wire.views import Board, Desk
from installer.rehearsal.hall_sim.clockwork import Clockwork, MachineClock
from installer.rehearsal.hall_sim.network import Line
from queue_server.operations import views
from queue_server.operations.sessions import find_session
from queue_server.store import Store

PAGE = 200
PUMP_US = SECOND_US // 2
HOUR_US = 60 * MINUTE_US
SCREENS_US = 4 * SECOND_US


@dataclass
class Follower:
    """A kiosk that follows the feed: its line, and how far it has been told."""

    line: Line
    place: int


@dataclass
class Screen:
    """A desk or board that is kept current over a line; `window` is None for the board.

    `as_of` is what the store and the hour were when it was composed last.
    """

    line: Line
    session: str
    window: int | None
    shown: object = None
    as_of: tuple[int, int] | None = None


class Broadcast:
    """Followers and screens of one server; they are gone when its program is.

    Args:
        clockwork: The true time.
        clock: The server's own clocks.
        changes: How many rows were ever changed on the server's disk.

    Attributes:
        told_us: When a screen was last told something new.
        pump_us: So long after a commit the feed is sent on; what happens meanwhile goes in one letter.
    """

    def __init__(self, clockwork: Clockwork, clock: MachineClock, changes: Callable[[], int]) -> None:
        self._clockwork = clockwork
        self._clock = clock
        self._changes = changes
        self._store: Store | None = None
        self._followers: dict[str, Follower] = {}
        self._screens: dict[str, Screen] = {}
        self._pumping = self._showing = False
        self.told_us = 0
        self.pump_us = PUMP_US

    def begin(self, store: Store) -> None:
        """The program runs: whoever comes is told of every commit."""
        self._store = store
        store.on_commit(lambda _: self._news())

    def end(self) -> None:
        """The program is gone, and its sockets with it."""
        self._store = None
        for line in [end.line for end in self._followers.values()] + [end.line for end in self._screens.values()]:
            line.end()
        self._followers, self._screens = {}, {}
        self._pumping = self._showing = False

    def follow(self, session: str, after: int, line: Line) -> bool | None:
        """A kiosk follows the feed from a place; False without a session, None without a server."""
        if self._store is None:
            return None
        if self._refused(session):
            return False
        self._followers[line.machine] = Follower(line, after)
        self._pump()
        return True

    def watch(self, session: str, window: int | None, line: Line) -> bool | None:
        """A screen wants to be kept current; False without a session, None without a server."""
        if self._store is None:
            return None
        if window is not None and self._refused(session):
            return False
        self._screens[line.machine] = Screen(line, session, window)
        self._show()
        return True

    def _refused(self, session: str) -> bool:
        assert self._store is not None
        with self._store.read() as reader:
            return find_session(reader, self._clock.now(), session) is None

    def heartbeat(self) -> None:
        """Followers and screens hear that the server is there."""
        if self._store is not None:
            self._pump()
            self._show()

    def _news(self) -> None:
        if self._followers and not self._pumping:
            self._pumping = True
            self._clockwork.after(self.pump_us, "~server pumps", self._pump)
        if self._screens and not self._showing:
            self._showing = True
            self._clockwork.after(SCREENS_US, "~server shows", self._show)

    def _pump(self) -> None:
        self._pumping = False
        followers = [follower for follower in self._followers.values() if follower.line.open]
        if self._store is None or not followers:
            return
        with self._store.read() as reader:
            head = FeedHead(
                seq=reader.head_seq(),
                server_epoch=reader.server_epoch(),
                server_time=self._clock.now().wall_us,
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
        if self._store is None or not screens:
            return
        as_of = self._changes(), self._clock.now().wall_us // HOUR_US
        with self._store.read() as reader:
            live: views.Live | None = None
            for screen in screens:
                if screen.window is not None and find_session(reader, self._clock.now(), screen.session) is None:
                    screen.line.end()
                    continue
                if screen.as_of == as_of:
                    continue
                live, screen.as_of = live or views.look(reader, self._clock.now()), as_of
                view = compose(reader, self._clock, screen.window, live)
                if view != screen.shown:
                    screen.shown, self.told_us = view, self._clockwork.now_us
                    screen.line.send(view)


def compose(reader: Any, clock: MachineClock, window: int | None, live: views.Live | None = None) -> Desk | Board:
    """What a screen shows now, apart from when it was composed and what only grows with time."""
    moment = clock.now()
    if window is None:
        return views.board(reader, moment, None, live).model_copy(update={"at": 0, "seq": 0})
    desk = views.desk(reader, moment, window, live)
    return desk.model_copy(update={"at": 0, "seq": 0, "longest_wait_us": 0, "undo_until": 0})
