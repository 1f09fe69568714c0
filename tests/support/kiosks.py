"""A kiosk's parts over real files for tests: catalogue, enrolled ledger, clock."""

from functools import cache
from pathlib import Path

import installer
from hall.catalog import Catalog
from hall.clock import Moment
from installer.hall_init.catalogue import read_catalogue
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from tests.support.ledgers import plan, welcome
from tests.support.tickets import MINUTE, NINE

HALL_KEY = bytes(range(32))
SERVICE = "social_card_first"
GROUP = "social_insurance"
LONGEST = "不动产抵押权首次登记（含在建建筑物抵押）"


@cache
def sample_hall() -> Catalog:
    """The hall that comes with the product."""
    return read_catalogue(Path(installer.__file__).parent / "sample_hall")


class SetClock:
    """A clock that a test moves; it starts at half past nine on an open day."""

    def __init__(self) -> None:
        self.minutes = 30.0

    def now(self) -> Moment:
        at = NINE + round(self.minutes * MINUTE)
        return Moment(wall_us=at, mono_us=at, boot_id="b" * 32)


def kiosk_ledger(folder: Path, catalog: Catalog | None = None, lane: int = 2) -> Ledger:
    """An enrolled ledger that has its catalogue and counts 1, 2, 3."""
    ledger = Ledger.open(folder, "kiosk-1", new_id)
    if ledger.lane is None:
        ledger.apply_welcome(welcome(lane, plan=plan(1, 0)))
        ledger.store_catalog(catalog or sample_hall())
    return ledger
