"""The server's machine: the real store and the real operations behind letters and lines."""

from collections.abc import Callable
from typing import Any

from peewee import PeeweeException

from hall.errors import BugError, OneWindowError
from hall.wire.acts import Memory
from hall.wire.commands import Command, SignIn, Withdraw
from hall.wire.hello import Hello
from hall.wire.sync import Push
from installer.rehearsal.hall_sim.broadcast import Broadcast
from installer.rehearsal.hall_sim.clockwork import Clockwork, MachineClock
from installer.rehearsal.hall_sim.disk import Disk, Killed, SimWatermark, server_database
from queue_server.api.errors import NoSessionError
from queue_server.api.problems import problem_of, status_of
from queue_server.link.problems import error_of
from queue_server.operations import accounts, commands, devices, memory, recovery, sync, withdrawal
from queue_server.operations.auto_call import call_by_itself
from queue_server.operations.errors import UnfitFactError
from queue_server.operations.sessions import find_session
from queue_server.operations.tick import tick
from queue_server.store import Store, Transaction
from queue_server.store.errors import ConflictError
from queue_server.store.records import Restored, Session, Staff

Operation = Callable[[Transaction], Any]


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
        self.broadcast = Broadcast(clockwork, clock, lambda: self.disk.connection.total_changes())

    # ---- life and death

    def start(self) -> None:
        """The program starts on what stands on the disk, unless it runs."""
        if self.store is None:
            try:
                self.store = Store.over(
                    server_database(self.disk), self.hall_id, new_id=self._new_id, watermark=self.watermark
                )
                self.broadcast.begin(self.store)
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
        self.broadcast.end()
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
            case Withdraw():
                return self.run(lambda t: withdrawal.withdraw(t, moment, self._session(t, session), body))
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

    # ---- by itself

    def pass_time(self) -> None:
        """What the server does by itself every few seconds."""
        moment = self.clock.now()
        self.attempt(lambda t: tick(t, moment))
        self.attempt(lambda t: call_by_itself(t, moment))
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
