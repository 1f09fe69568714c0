"""All about one hall's backups: made, told of, tried. Safe from any thread; one thing at a time.

How it goes is a fact of the hall's health (device `server`, parts `backup` and `backup_drill`), so a backup that fails
stands on the manager's page with what to do.
"""

import hashlib
import logging
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hall.clock import Clock
from hall.errors import OneWindowError
from hall.opening import CHINA_MINUTES
from hall.wire.health import HealthReport, PartHealth
from queue_server.backup.drill import Drilled, drill
from queue_server.backup.envelope import PIECE, fingerprint, seal
from queue_server.backup.errors import BackupDamagedError, NoBackupError
from queue_server.backup.label import Label
from queue_server.backup.place import Kept, Place, told
from queue_server.backup.second import SecondPlace
from queue_server.config import ServerSettings
from queue_server.link.clock import new_id
from queue_server.operations.health import report
from queue_server.store import Store, snapshot, verify

DEVICE = "server"
WORDS = 120  # as many as a fact takes
BACKUP, DRILL = "backup", "backup_drill"
_SCRATCH = "scratch"
_CALL = "请联系维护人员"
_SECOND_ADVICE = "请检查那块盘或网络盘是否接好、是否已满"
_log = logging.getLogger("onewindow.backup")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands: its label, its file, and whether anything had changed since the one before."""

    label: Label
    path: Path
    fresh: bool


class Backups:
    """The backups of an open hall.

    Args:
        store: The hall.
        hall_key: Its key.
        first: Where backups are kept; a scratch folder is made inside, so it should be on a local disk.
        second: Another place for the same, None for none.
        clock: What time it is.
        new_id: As the store wants it.
    """

    def __init__(
        self,
        store: Store,
        hall_key: bytes,
        first: Place,
        second: SecondPlace | None,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self.first = first
        self._store = store
        self._hall_key = hall_key
        self._second = second
        self._clock = clock
        self._new_id = new_id
        self._one = threading.Lock()
        self._scratch = first.folder / _SCRATCH

    def make(self, *, daily: bool = False, asked: bool = False) -> Made:
        """Make a backup now, copy it to the second place, let old ones go, and tell how it went.

        Args:
            daily: For a month instead of a day: the whole chain is followed, and nobody's name or token goes in.
            asked: By a person, not by the clock.

        Raises:
            OneWindowError: What went wrong; it has been told already.
        """
        with self._one:
            try:
                made = self._make(daily=daily, asked=asked)
                self.first.prune(made.label.at)
            except OneWindowError as error:
                _log.error("backup.failed %s: %s", error.code, error)
                self._tell(BACKUP, "fault", f"备份没有做成：{error}", error.advice or _CALL)
                raise
            trouble = self._second.follow(self.first, made.label.at) if self._second else ""
            if trouble:
                _log.error("backup.second_place %s", trouble)
                self._tell(BACKUP, "attention", f"第二处备份没有做成：{trouble}", _SECOND_ADVICE)
            else:
                self._tell(BACKUP, "online")
            return made

    def drill(self) -> Drilled:
        """Try the newest backup, and tell how it went.

        Raises:
            NoBackupError: If there is none to try.
        """
        with self._one:
            newest = next(iter(self.first.paths(self._clock.now().wall_us)), None)
            if newest is None:
                self._tell(DRILL, "fault", "没有备份可演练", _CALL)
                raise NoBackupError("还没有备份")
            drilled = drill(newest, self._store, self._hall_key, self._scratch, self._new_id)
            if drilled.faults:
                _log.error("backup.drill_failed %s: %s", drilled.name, "; ".join(drilled.faults[:3]))
                words = f"恢复演练没有通过：{drilled.faults[0]}"
                self._tell(DRILL, "fault", words, f"现在的备份可能救不回大厅，{_CALL}")
            else:
                _log.info("backup.drilled %s holds %d entries and would do", drilled.name, drilled.entries)
                self._tell(DRILL, "online")
            return drilled

    def kept(self) -> Iterator[Kept]:
        """What the first place has, newest first."""
        return self.first.kept(self._clock.now().wall_us)

    def _make(self, *, daily: bool, asked: bool) -> Made:
        shutil.rmtree(self._scratch, ignore_errors=True)
        self.first.sweep()
        with told(self._scratch):
            self.first.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._scratch.mkdir(mode=0o700)
        try:
            copy = self._scratch / "hall.db"
            at = self._clock.now().wall_us
            self._store.copy(copy)
            with told(copy):
                return self._put_in(copy, at, daily=daily, asked=asked)
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _put_in(self, copy: Path, at: int, *, daily: bool, asked: bool) -> Made:
        snapshot.clean(copy, holders=daily)
        label = self._label(copy, at, daily=daily, asked=asked)
        if daily:
            self._follow_the_chain(copy)
        before = None if daily else self._unchanged_since(label)
        if before is not None:
            return before
        if self.first.make_room(2 * label.size, at):
            _log.warning("backup.disk_nearly_full older backups were let go before their time")
        with copy.open("rb") as database:
            path = self.first.add(label.name, lambda file: seal(database, file, label, self._hall_key))
        return Made(label, path, fresh=True)

    def _label(self, copy: Path, at: int, *, daily: bool, asked: bool) -> Label:
        found = snapshot.examine(copy)
        return Label(
            fingerprint=fingerprint(self._hall_key),
            hall=found.hall_id,
            at=at,
            daily=daily,
            schema_version=found.schema,
            epoch=found.epoch,
            seq=found.seq,
            head=found.hash,
            size=copy.stat().st_size,
            digest=_digest(copy),
            salt=secrets.token_hex(32),
            asked=asked,
            offset_minutes=self._offset_minutes(),
        )

    def _offset_minutes(self) -> int:
        with self._store.read() as reader:
            return reader.catalog().hall.offset_minutes if reader.catalog_version() else CHINA_MINUTES

    def _unchanged_since(self, label: Label) -> Made | None:
        """The newest backup, if the hall has not changed by one byte since: a quiet night fills no disk."""
        newest = next(iter(self.first.paths(label.at)), None)
        if newest is None or newest.name == label.name:
            return None
        try:
            before = self.first.label_of(newest)
        except OneWindowError:
            return None
        return Made(before, newest, fresh=False) if before.digest == label.digest else None

    def _follow_the_chain(self, copy: Path) -> None:
        with snapshot.reading(copy, self._store.hall_id) as reader:
            _, faults = verify(reader)
        if faults:
            raise BackupDamagedError(f"流水的链断了：{faults[0]}", advice=f"请保留现场，{_CALL}")

    def _tell(self, part: str, state: str, problem: str = "", advice: str = "") -> None:
        words = " ".join(problem.split())[:WORDS]
        told_of = PartHealth.model_validate({"part": part, "state": state, "problem": words, "advice": advice[:WORDS]})
        moment = self._clock.now()
        try:
            self._store.write(lambda t: report(t, moment, DEVICE, HealthReport(parts=(told_of,)))).result()
        except OneWindowError as error:  # a full disk may refuse this too; the log has it
            _log.error("backup.not_told %s", error.code)


def backups_of(settings: ServerSettings, store: Store, hall_key: bytes, clock: Clock) -> Backups:
    """The backups of a hall as its settings want them."""
    first = Place(settings.backup_folder, settings.hall_id, hall_key)
    copy = settings.backup_copy
    second = None if copy is None else SecondPlace(Place(copy, settings.hall_id, hall_key))
    return Backups(store, hall_key, first, second, clock, new_id)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            digest.update(piece)
    return digest.hexdigest()
