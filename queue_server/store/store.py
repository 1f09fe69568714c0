"""One hall's store: operations go in, each stands or falls alone, and nothing is answered before it is durable.

`run` is the plain function: one operation, one commit, on the caller's thread (simulator, tests). `write` is the same
behind one writer thread that groups what is waiting into a single commit: each operation in its own savepoint, one
fsync for all (measured 2,300 durable operations a second against 400 one by one).

It is long because all that surrounds one commit stands together: opening, committing, telling, reading beside it,
closing.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock, RLock
from typing import Self, TypeVar, cast

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from hall.catalog import Catalog
from hall.errors import BugError, OneWindowError
from hall.facts import DeviceEnrolled, PlanGiven
from hall.mending import RecoveryBegan, RecoveryReason
from hall.wire.sync import FeedItem
from hall.wire.views import JournalCheck
from hall.words import SERVER_LANE
from queue_server.store import connections, snapshot
from queue_server.store.aside import Aside
from queue_server.store.check import check
from queue_server.store.errors import ClosedError, ForeignFileError
from queue_server.store.order import Order
from queue_server.store.reader import Reader
from queue_server.store.records import RESTORED, Lane, Meta, Restored
from queue_server.store.transaction import Head, Transaction
from queue_server.store.translation import let_go, translated
from queue_server.store.watermark import LOST_LANES, Mark, Watermark, follows
from queue_server.store.writer import GROUP, Job, Writer

T = TypeVar("T")
Operation = Callable[[Transaction], T]
Listener = Callable[[list[FeedItem]], None]
_log = logging.getLogger("onewindow.store")
_SET_BACK = "store.set_back 数据库比大厅旧，按退回过处理：说不清的号等设备补报，不自动叫"
_NEVER_TWICE = (DeviceEnrolled, PlanGiven, RecoveryBegan)
"""Before anybody hears of one of these the mark says so: an older database put back a moment later is noticed.

A disk that refuses the mark then is told in the log, and the mark lags until it takes it; a lane alone is not given.
"""
_TOUCHED = (
    "store.put_back 数据文件夹像是从别处拷来的，可能是旧的一份，按退回过处理：说不清的号等设备补报，不自动叫。"
    "若是停着服务器整个搬来（或改过属主、权限），旧的一处不再用：请停下，用 --moved 启动一次"
)


class Store:
    """The durable memory of one hall. Open with `Store.open`, or `Store.in_memory` for a simulated one."""

    def __init__(
        self,
        database: APSWDatabase,
        hall_id: str,
        new_id: Callable[[], str],
        path: Path | None,
        most_at_once: int = GROUP,
    ) -> None:
        self.hall_id = hall_id
        self._database = database
        self._new_id = new_id
        self._path = path
        self._lock: connections.Lock | None = None
        self._gate = RLock()
        self._idle: list[APSWDatabase] = []
        self._idle_lock = Lock()
        self._catalogs: dict[str, Catalog] = {}
        self._listeners: list[Listener] = []
        self._closed = False
        self._untidy = False
        self._writer = Writer(self._commit, most_at_once)
        self._aside = Aside()
        self._watermark: Watermark | None = None
        self._head = Head()
        self._order = Order()
        try:
            self._greet()
        except (peewee.PeeweeException, apsw.Error) as error:
            database.close()
            raise translated(error) from error

    @classmethod
    def open(
        cls,
        path: Path | str,
        hall_id: str,
        *,
        new_id: Callable[[], str],
        most_at_once: int = GROUP,
        moved: bool = False,
    ) -> Self:
        """Open a hall's database, making or migrating it as needed.

        Args:
            path: The database file; its folder must exist. Next to it stand SQLite's own files and the lock.
            hall_id: The hall; a file of another hall is refused.
            new_id: Gives 128 fresh random bits in hex, fit for secrets (`secrets.token_hex(16)`).
            most_at_once: How many operations may share one commit; 1 only to measure what sharing is worth.
            moved: Whether the folder was copied here whole while the hall stood still, and goes on only here.

        Raises:
            StoreError: See `queue_server.store.errors`; the file is never moved or changed then.
        """
        path = Path(path)
        with ExitStack() as opened:
            lock = connections.Lock(path)
            opened.callback(lock.release)
            database = connections.open_writer(path)
            opened.callback(connections.shut, database)
            try:
                store = cls(database, hall_id, new_id, path, most_at_once)
                store._compare(Watermark(path), moved=moved)
            except (peewee.PeeweeException, apsw.Error, OSError) as error:
                raise translated(error) from error
            store._lock = lock
            opened.pop_all()
        return store

    @classmethod
    def in_memory(cls, hall_id: str, *, new_id: Callable[[], str]) -> Self:
        """A hall without a file; `read` then looks through the writing connection."""
        return cls(connections.open_memory(), hall_id, new_id, None)

    @classmethod
    def over(
        cls, database: APSWDatabase, hall_id: str, *, new_id: Callable[[], str], watermark: Watermark | None = None
    ) -> Self:
        """A hall over a database that outlives it: the simulator's disk, made ready by `connections.prepare`."""
        store = cls(database, hall_id, new_id, None)
        if watermark is not None:
            store._compare(watermark)
        return store

    def write(self, operation: Operation[T]) -> "Future[T]":
        """Have an operation done by the writer thread; the future ends after its commit is durable.

        The future raises what the operation raised (it alone was rolled back), `DiskError` if the commit failed,
        `ClosedError` if the store is closed.
        """
        if self._closed:
            raise ClosedError("服务器正在停止")
        job = Job(operation)
        self._writer.take(job)
        return cast("Future[T]", job.future)

    def run(self, operation: Operation[T]) -> T:
        """Do one operation now, on this thread, in its own durable commit."""
        job = Job(operation)
        self._commit([job])
        return cast("T", job.future.result())

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent picture of the hall as of now, on a read-only connection of its own."""
        if self._path is None:
            with self._gate:
                yield Reader(self._database, self.hall_id, self._catalogs)
            return
        database = self._take_reader(self._path)
        try:
            database.execute_sql("BEGIN")
            yield Reader(database, self.hall_id, self._catalogs)
        except (peewee.PeeweeException, apsw.Error) as error:
            let_go(error)
            raise translated(error) from error
        finally:
            if database.connection().in_transaction:
                database.execute_sql("ROLLBACK")
            self._give_back(database)

    def check(self, database: Path | None = None) -> JournalCheck:
        """Whether the journal holds together and the tables say what it says: minutes of a hall with years behind it.

        It is computed in a process of its own: neither its memory nor its time is the server's.

        Args:
            database: A copy of the hall to be checked in its place.

        Raises:
            CheckBrokenError: If it did not come to an end.
            ClosedError: After `end_checks`.
        """
        database = database or self._path
        if database is not None:
            return self._aside.check(database, self.hall_id)
        with self.read() as reader:
            return check(reader)

    def end_checks(self) -> None:
        """Nobody waits for a check any more: a server that stops does not stop minutes later."""
        self._aside.end()

    def copy(self, target: Path) -> None:
        """Copy the hall as of now into a loose file, for a backup. The writer goes on meanwhile.

        Raises:
            DiskError: If the disk refuses.
        """
        with self.read() as reader, connections.in_our_words(target):
            reader.head_seq()  # a read transaction begins with the first look
            snapshot.copy(reader.connection, target)

    def on_commit(self, listener: Listener) -> None:
        """Tell a listener of the new journal entries (holders beside) after each durable commit.

        It is called on the committing thread before the answers go out, so it must be quick and must not write.
        """
        self._listeners.append(listener)

    def close(self) -> None:
        """Finish what is waiting, close every connection, let the lock go. Closing twice is harmless."""
        self._closed = True
        self.end_checks()
        self._writer.stop()
        if not self._database.is_closed():
            self._keep_place_or_say()
        with self._gate, self._idle_lock:
            for database in (*self._idle, self._database):
                connections.shut(database)
            self._idle.clear()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- inside

    def _greet(self) -> None:
        """Take up where the file left off: the head of the journal, who is waiting, whose hall it is."""
        owner = self._database.execute_sql("SELECT hall_id FROM meta LIMIT 1").fetchone()
        if owner is not None and owner[0] != self.hall_id:
            self._database.close()
            raise ForeignFileError(f"这是大厅 {owner[0]} 的数据，不是 {self.hall_id} 的")
        reader = Reader(self._database, self.hall_id, self._catalogs)
        lanes = (lane.lane for lane in reader.every(Lane))
        self._head = Head(*reader.head(), reader.highest_lane_seq(SERVER_LANE), max(lanes, default=SERVER_LANE))
        self._order = Order(reader.waiting())
        if owner is None:
            self.run(lambda transaction: transaction.put(Meta("server_epoch", self._new_id())))

    def _compare(self, watermark: Watermark, *, moved: bool = False) -> None:
        """Notice a database that is, or may be, older than the hall, and begin another life of it then."""
        reader, mark = Reader(self._database, self.hall_id, self._catalogs), watermark.mark
        restored = reader.restored()
        if moved and restored is not None and restored.by_touch:
            self.run(lambda transaction: transaction.drop(Meta, RESTORED))
            restored = None
        if mark is not None:
            foreign = watermark.foreign and not moved
            lost = LOST_LANES if foreign else 0  # of an older copy nothing counts those given since
            self._head = replace(self._head, lane=max(self._head.lane, mark.lane) + lost)
            behind = not follows(reader, mark)
            if restored is None and (foreign or behind):
                told = Restored(reason=RecoveryReason.SET_BACK, by_touch=not behind)
                self.run(lambda transaction: transaction.renew_epoch(told))
                _log.warning(_TOUCHED if told.by_touch else _SET_BACK)
        elif self._head.lane > SERVER_LANE or reader.restored() is not None or reader.last_recovery() is not None:
            # It is lost, and with it who was let in after the backup, if this is or was one.
            self._head = replace(self._head, lane=self._head.lane + LOST_LANES)
        self._watermark = watermark
        self.keep_place()

    def keep_place(self) -> None:
        """Write down beside the database how far the hall has got. Call now and then; costs nothing without news.

        Raises:
            DiskError: If the disk refuses; the hall goes on, and an older place stands.
        """
        if self._watermark is None:
            return
        with self._gate:
            try:
                epoch = Reader(self._database, self.hall_id, self._catalogs).server_epoch()
                self._watermark.keep(Mark(epoch, self._head.lane, self._head.seq, self._head.hash))
            except (OSError, peewee.PeeweeException) as error:
                raise translated(error) from error

    def _keep_place_or_say(self) -> None:
        try:
            self.keep_place()
        except OneWindowError as error:
            _log.error("store.place_not_kept %s", error)

    def _commit(self, jobs: Sequence[Job]) -> None:
        """Do some operations in one durable commit, then tell listeners, then answer."""
        with self._gate:
            try:
                done = self._do(jobs)
            except Exception as error:
                for job in jobs:
                    job.fail(translated(error))
                return
            news = [item for transaction in done for item in transaction.changes.items]
            if any(isinstance(item.entry.fact.body, _NEVER_TWICE) for item in news):
                self._keep_place_or_say()
            self._tell(news)
            self._tidy(any(transaction.changes.forgot for transaction in done))
        for job in jobs:
            job.answer()

    def _do(self, jobs: Sequence[Job]) -> list[Transaction]:
        """The commit itself: the transactions that stand; all or none if it raises."""
        if self._database.is_closed():
            raise ClosedError("服务器已停止")
        if self._database.connection().in_transaction:
            raise BugError("an operation may not begin another one")
        head, done = self._head, list[Transaction]()
        try:
            self._database.execute_sql("BEGIN IMMEDIATE")
            for job in jobs:
                head = self._attempt(job, head, done)
            if head.lane > self._head.lane and self._watermark is not None:
                self._watermark.keep_lane(head.lane)  # durable before it is given; one never given is only a gap
            self._database.execute_sql("COMMIT")
        except BaseException as error:
            let_go(error)
            if self._database.connection().in_transaction:
                self._database.execute_sql("ROLLBACK")
            for transaction in reversed(done):
                transaction.take_back()
            raise
        self._head = head
        return done

    def _attempt(self, job: Job, head: Head, done: list[Transaction]) -> Head:
        """One operation in its savepoint; where the hall stands afterwards."""
        transaction = Transaction(self._database, self.hall_id, self._catalogs, head, self._order, self._new_id)
        self._database.execute_sql("SAVEPOINT operation")
        done.append(transaction)
        try:
            job.result = job.operation(transaction)
        except Exception as error:
            let_go(error)
            done.pop().take_back()
            if not self._database.connection().in_transaction:
                raise  # SQLite gave the whole commit up (a full disk does that)
            self._database.execute_sql("ROLLBACK TO operation")
            job.error = translated(error)
        self._database.execute_sql("RELEASE operation")
        return head if job.error else transaction.place

    def _tell(self, items: list[FeedItem]) -> None:
        if not items:
            return
        for listener in self._listeners:
            try:
                listener(items)
            except Exception as error:  # its words may quote what somebody sent, so only its kind is told
                _log.error("store.listener_failed a listener of new entries failed: %s", type(error).__name__)

    def _tidy(self, forgot: bool) -> None:  # noqa: FBT001 - private, one caller
        """After a deletion, write the log back and empty it, so that what was forgotten is nowhere in the files."""
        self._untidy = self._untidy or forgot
        if not self._untidy or self._path is None:
            return
        connection = self._database.connection()
        connection.set_busy_timeout(0)
        try:
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            self._untidy = False
        except apsw.BusyError:
            _log.debug("store.tidy_later a reader is still looking at the log")
        except apsw.Error as error:  # what was asked for is durable; the next commit tries again
            _log.error("store.tidy_failed the log could not be emptied: %s", error)
        finally:
            connection.set_busy_timeout(5000)

    def _take_reader(self, path: Path) -> APSWDatabase:
        with self._idle_lock:
            if self._closed:
                raise ClosedError("服务器正在停止")
            if self._idle:
                return self._idle.pop()
        return connections.open_reader(path)

    def _give_back(self, database: APSWDatabase) -> None:
        """Keep a connection for the next look, unless somebody holds a look on it that was broken off.

        SQLite keeps showing the hall of then as long as one statement is under way: the next look would see that.
        """
        looks_still = database.connection().txn_state("main") != apsw.SQLITE_TXN_NONE
        with self._idle_lock:
            if self._closed or looks_still:
                database.close()
            else:
                self._idle.append(database)
