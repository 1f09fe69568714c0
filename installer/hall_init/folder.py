"""Where everything of a hall lives, and making it for the first time.

DIR/hall.toml        settings, one table a program
DIR/secrets/hall.key the hall key, apart from every data folder
DIR/server/          the server's data      DIR/kiosk-1/  the first kiosk's ledger (made by the kiosk itself)
"""

import secrets
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from hall.catalog import Catalog
from hall.errors import InputError
from installer.hall_init.secrets import make_hall_key, new_pin
from queue_server.config import load
from queue_server.link.clock import SystemClock
from queue_server.operations.accounts import Role, add_staff
from queue_server.operations.catalog import publish_catalog
from queue_server.store import Store


@dataclass(frozen=True, slots=True)
class FirstPin:
    """An account made at the beginning; the PIN is shown once and handed to its owner."""

    staff: str
    pin: str
    roles: tuple[Role, ...]


class FolderTakenError(InputError):
    """The folder holds a hall already."""

    code = "hall_init.folder_taken"
    advice = "请换一个空文件夹；要更新办事目录请用 ./onewindow hall seed"


class NoHallError(InputError):
    """The folder holds no hall."""

    code = "hall_init.no_hall"
    advice = "请先运行 ./onewindow hall init"


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
        """The server's database."""
        return self.root / "server" / "hall.db"

    def create(self, catalog: Catalog, *, server_port: int = 8600) -> list[FirstPin]:
        """Make secrets, settings, database, catalogue and the first accounts (a manager, a clerk per window).

        Raises:
            FolderTakenError: If there is a hall here already.
        """
        if self.settings.exists() or self.database.exists():
            raise FolderTakenError(f"{self.root} 里已经有一个大厅")
        self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_hall_key(self.hall_key)
        template = files("installer.config_templates").joinpath("hall.toml").read_text(encoding="utf-8")
        self.settings.write_text(
            template.format(hall_id=catalog.hall.id, port=server_port, window=catalog.windows[0].number),
            encoding="utf-8",
        )
        clerks = [f"{300 + window.number:04}" for window in catalog.windows]
        pins = [FirstPin("1001", new_pin(), (Role.MANAGER,))]
        pins += [FirstPin(staff, new_pin(), (Role.CLERK,)) for staff in clerks]
        with Store.open(self.database, catalog.hall.id, new_id=_new_id) as store:
            _publish(store, catalog)
            for first in pins:
                add_staff(store, first.staff, first.pin, first.roles)
        return pins

    def publish(self, catalog: Catalog) -> bool:
        """Put a newer catalogue in force while the server is stopped; returns whether anything changed.

        Raises:
            NoHallError: If there is no hall here.
            StoreError: If the server runs or the database cannot be used.
        """
        with self._store(catalog.hall.id) as store:
            return _publish(store, catalog)

    def renew_pin(self, staff: str, roles: tuple[Role, ...]) -> FirstPin:
        """A new PIN for an account (made if it is not there), while the server is stopped.

        Raises:
            NoHallError: If there is no hall here.
            StoreError: If the server runs or the database cannot be used.
        """
        first = FirstPin(staff, new_pin(), roles)
        with self._store(load(self.settings, {}).hall_id) as store:
            add_staff(store, first.staff, first.pin, first.roles)
        return first

    def _store(self, hall_id: str) -> Store:
        if not self.database.exists():
            raise NoHallError(f"{self.root} 里还没有大厅")
        return Store.open(self.database, hall_id, new_id=_new_id)


def _publish(store: Store, catalog: Catalog) -> bool:
    moment = SystemClock().now()
    return store.write(lambda transaction: publish_catalog(transaction, moment, catalog)).result()


def _new_id() -> str:
    return secrets.token_hex(16)
