"""Where everything of a hall lives, and making it for the first time.

DIR/hall.toml        settings, one table a program
DIR/secrets/hall.key the hall key, apart from every data folder
DIR/server/          the server's data      DIR/kiosk-1/  the first kiosk's ledger (made by the kiosk itself)
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from hall.arrangements import ArrangementChanged, lost_in
from hall.booking import Booking
from hall.catalog import Catalog
from hall.errors import InputError
from hall.facts import JournalEntry
from hall.keys import Purpose, derive
from hall.opening import local_time
from installer.hall_init.first_bookings import invite
from installer.hall_init.secrets import make_hall_key
from installer.hall_init.unfinished import all_or_nothing, refuse_half_made
from installer.stopped import STOP_IT, stopped_store
from queue_server.config import ServerSettings, load
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.hall_key import read_hall_key
from queue_server.operations.accounts import Role, add_staff, new_pin, roles_of
from queue_server.operations.catalog import publish_catalog
from queue_server.store import Reader, Store
from queue_server.store.key_mark import note_key
from queue_server.store.replacing import is_pending
from queue_server.web.manage.settings.forms import title_of


@dataclass(frozen=True, slots=True)
class FirstPin:
    """An account made at the beginning; the PIN is shown once and handed to its owner."""

    staff: str
    pin: str
    roles: tuple[Role, ...]


class FolderTakenError(InputError):
    """The folder holds a hall already."""

    code = "hall_init.folder_taken"
    advice = (
        "什么都没有改。要更新办事目录请用 ./onewindow hall seed；大厅密钥、设置或数据不见了，请从别处拷回或恢复备份；"
        "真要另建一个大厅，才换一个空文件夹"
    )


class SettingsLostError(InputError):
    """The files would undo what managers have changed on their page."""

    code = "hall_init.settings_lost"
    advice = (
        "什么都没有发布。请把这些改动抄进办事目录的文件（现在的值在管理页「设置 → 修改记录」）；"
        "确实要用文件里的，请加上 --over-settings"
    )


class NoHallError(InputError):
    """The folder holds no hall, or no data of it."""

    code = "hall_init.no_hall"
    advice = "请写上大厅文件夹，就是 hall init 建的那个"


class NoSuchStaffError(InputError):
    """The hall knows no such staff number."""

    code = "hall_init.no_staff"
    advice = "请核对工号；要新增这个工号，请加上 --new clerk（窗口人员）或 --new manager（管理人员）"


class StaffNumberError(InputError):
    """A staff number that nobody could type."""

    code = "hall_init.staff_number"
    advice = "工号是 2 到 12 位数字"


@dataclass(frozen=True, slots=True)
class HallFolder:
    """The paths of one hall."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings of every program on this machine."""
        return self.root / "hall.toml"

    @property
    def hall_key(self) -> Path:
        """The hall key."""
        return self.root / "secrets" / "hall.key"

    @property
    def database(self) -> Path:
        """The server's database: where the settings say, once there are any. Raises `ConfigError`."""
        return load(self.settings, {}).database if self.settings.exists() else self.root / "server" / "hall.db"

    def read_settings(self) -> ServerSettings:
        """The server's settings.

        Raises:
            NoHallError: If there are none.
            ConfigError: If they cannot be used.
        """
        if not self.settings.exists():
            raise NoHallError(f"{self.root} 里没有大厅的设置 hall.toml")
        return load(self.settings, {})

    def create(self, catalog: Catalog, *, server_port: int = 8600) -> list[FirstPin]:
        """Make secrets, settings, database, catalogue and the first accounts (a manager, a clerk per window).

        Raises:
            FolderTakenError: If there is a hall here already.
            HalfMadeError: If there is half a hall here.
            NotMadeError: If the disk refuses; what was made is taken away again.
        """
        refuse_half_made(self.root)
        if self.settings.exists() or self.hall_key.exists() or any(self.database.parent.glob("hall.db*")):
            raise FolderTakenError(f"{self.root} 里已经有一个大厅")
        with all_or_nothing(self.root):
            return self._create(catalog, server_port)

    def _create(self, catalog: Catalog, server_port: int) -> list[FirstPin]:
        self.database.parent.mkdir(mode=0o700, exist_ok=True)
        make_hall_key(self.hall_key)
        template = files("installer.config_templates").joinpath("hall.toml").read_text(encoding="utf-8")
        self.settings.write_text(
            template.format(hall_id=catalog.hall.id, port=server_port, window=catalog.windows[0].number),
            encoding="utf-8",
        )
        clerks = [f"{300 + window.number:04}" for window in catalog.windows]
        pins = [FirstPin("1001", new_pin(), (Role.MANAGER,))]
        pins += [FirstPin(staff, new_pin(), (Role.CLERK,)) for staff in clerks]
        with Store.open(self.database, catalog.hall.id, new_id=new_id) as store:
            store.run(lambda transaction: note_key(transaction, read_hall_key(self.hall_key), new_id()))
            _publish(store, catalog)
            for first in pins:
                add_staff(store, first.staff, first.pin, first.roles)
        return pins

    def publish(self, catalog: Catalog, *, over_settings: bool = False) -> bool:
        """Put a newer catalogue in force while the server is stopped; returns whether anything changed.

        Args:
            catalog: The whole of it.
            over_settings: Also where it undoes what managers have changed on their page.

        Raises:
            SettingsLostError: If it would undo that, and it was not said that it shall.
            NoHallError: If there is no hall here.
            HalfMadeError: If there is half a hall here.
            StoreError: If the server runs or the database cannot be used.
        """
        with self._store(catalog.hall.id) as store:
            with store.read() as reader:
                lost = [] if over_settings else _lost(reader, catalog)
            if lost:
                raise SettingsLostError(f"管理页上改过的 {len(lost)} 处，文件里不是这样：{'；'.join(lost)}")
            return _publish(store, catalog)

    def invite(self, hall_id: str) -> list[Booking]:
        """Put invented appointments into the sample hall while its server is stopped; what was made.

        Raises:
            NotSampleError: If it is another hall.
            NoHallError: If there is no hall here.
            HalfMadeError: If there is half a hall here.
            StoreError: If the server runs or the database cannot be used.
        """
        moment, key = SystemClock().now(), read_hall_key(self.read_settings().hall_key)
        with self._store(hall_id) as store:
            return store.write(lambda transaction: invite(transaction, moment, key)).result()

    def renew_pin(self, staff: str, roles: tuple[Role, ...] = ()) -> FirstPin:
        """A new PIN for an account, while the server is stopped.

        Args:
            staff: Its number.
            roles: What it may do from now on, also for an account that is not there yet; none keeps what it may.

        Raises:
            NoHallError: If there is no hall here.
            HalfMadeError: If there is half a hall here.
            StaffNumberError: If it is no number.
            NoSuchStaffError: If there is no such account and no roles are given.
            StoreError: If the server runs or the database cannot be used.
        """
        hall_id = self.read_settings().hall_id
        if not re.fullmatch(r"[0-9]{2,12}", staff):
            raise StaffNumberError(f"{staff} 不是工号")
        with self._store(hall_id) as store:
            first = FirstPin(staff, new_pin(), roles or roles_of(store, staff))
            if not first.roles:
                raise NoSuchStaffError(f"大厅里没有 {staff} 这个工号")
            add_staff(store, first.staff, first.pin, first.roles)
        return first

    def write_key_for(self, other: Purpose) -> Path:
        """Write the key that the hall shares with its relay or webhook, again if it is there; where it is.

        Raises:
            NoHallError: If there is no hall here.
            HallKeyUnusable: If its key cannot be used.
        """
        key = derive(read_hall_key(self.read_settings().hall_key), other)
        path = self.hall_key.with_name(f"{other.name.lower()}.key")
        path.touch(mode=0o600)
        path.write_text(key.hex() + "\n", encoding="ascii")
        return path

    @contextmanager
    def _store(self, hall_id: str) -> Iterator[Store]:
        refuse_half_made(self.root)
        with stopped_store(found_database(self.read_settings()), hall_id, STOP_IT) as store:
            yield store


def found_database(settings: ServerSettings) -> Path:
    """The database of a hall whose settings are there. Raises `NoHallError` if it is not there."""
    if settings.database.exists() or is_pending(settings.database):
        return settings.database
    raise NoHallError(
        f"还没有大厅数据 {settings.database}",
        advice="请核对设置里 [server] 的 data；数据不见了，请恢复备份：./onewindow backup restore",
    )


def _lost(reader: Reader, catalog: Catalog) -> list[str]:
    """When and by whom each was changed that the files would undo, newest first."""
    if not reader.catalog_version():
        return []
    in_force, offset = reader.catalog(), catalog.hall.offset_minutes
    changed_at = {body: entry.at for entry in reader.arrangement_changes() if (body := _change_in(entry))}
    return [
        f"{title_of(change.after, in_force)}（{local_time(at, offset):%m-%d %H:%M} 工号 {change.staff}）"
        for change in lost_in(catalog, changed_at, in_force)
        if (at := changed_at[change])
    ]


def _change_in(entry: JournalEntry) -> ArrangementChanged | None:
    return entry.fact.body if isinstance(entry.fact.body, ArrangementChanged) else None


def _publish(store: Store, catalog: Catalog) -> bool:
    moment = SystemClock().now()
    return store.write(lambda transaction: publish_catalog(transaction, moment, catalog)).result()
