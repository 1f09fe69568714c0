"""Invented days through the real programs, up to a moment of the last one, and the server's database on a real disk."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
from hall.slip_code import SlipCode, seal
from hall.ticket import Ticket, TicketState
from hall.zones import Layout, Zone
from installer.hall_init.folder import FirstPin, HallFolder
from installer.rehearsal.hall_sim.hall import HALL_ID, HALL_KEY
from installer.rehearsal.simulate_day.catalogue import catalogue
from installer.rehearsal.simulate_day.days import play_real
from installer.rehearsal.simulate_day.play import Play
from installer.rehearsal.simulate_day.real import RealHall
from installer.rehearsal.simulate_day.shape import Shape
from queue_server.link.clock import new_id
from queue_server.operations.accounts import Role
from queue_server.operations.catalog import publish_catalog
from queue_server.store import Store, Transaction
from queue_server.store.connections import APPLICATION_ID
from queue_server.store.records import Session

MANAGER = "1001"
ZONE = Zone(id="east", name="一楼东侧", windows=(1, 2, 3, 4, 5, 6), layout=Layout(last_calls=3, ready=0))


class _ItIsTimeError(Exception):
    """The moment has come; never leaves this module."""


def live_until(shape: Shape, days: int, seed: int, minute: int) -> tuple[bytes, int]:
    """Live days up to a minute of the last one.

    Returns:
        The server's database, and the moment.
    """
    halls, midnights = list[RealHall](), list[int]()

    def told(midnight_us: int, now_us: int, _play: Play) -> None:
        if midnight_us not in midnights:
            midnights.append(midnight_us)
        if len(midnights) == days and now_us >= midnight_us + minute * MINUTE_US:
            raise _ItIsTimeError

    try:
        for _ in play_real(shape, days, seed, told, halls.append):
            pass
    except _ItIsTimeError:
        pass
    disk = halls[0].server.disk
    disk.connection.pragma("application_id", APPLICATION_ID)  # which a disk in memory does not need
    return disk.image(), midnights[-1] + minute * MINUTE_US


def settle(root: Path, image: bytes, wall_us: int, shape: Shape) -> tuple[HallFolder, FirstPin]:
    """A hall folder around such a database, a zone with a layout of its own in its catalogue; its manager's account."""
    folder = HallFolder(root)
    for path in (folder.hall_key.parent, root / "server"):
        path.mkdir(parents=True, mode=0o700)
    folder.hall_key.touch(mode=0o600)
    folder.hall_key.write_text(HALL_KEY.hex(), "ascii")
    (root / "server" / "hall.db").write_bytes(image)
    folder.settings.write_text(
        f'[server]\nhall_id = "{HALL_ID}"\ndata = "server"\nhall_key = "secrets/hall.key"\nport = 0\nvoice = false\n',
        "utf-8",
    )
    catalog, moment = _with_zone(catalogue(shape.windows, helpers=shape.helpers)), _moment(wall_us)
    with Store.open(folder.database, HALL_ID, new_id=new_id) as store:
        store.run(lambda transaction: publish_catalog(transaction, moment, catalog))
        with store.read() as reader:
            sessions = [session.used_at(wall_us) for session in reader.every(Session)]
        for session in sessions:  # nobody is out of touch
            store.run(partial(Transaction.put, record=session))
    return folder, folder.renew_pin(MANAGER, (Role.MANAGER,))


def _moment(wall_us: int) -> Moment:
    return Moment(wall_us=wall_us, mono_us=wall_us, boot_id=new_id())


def _with_zone(catalog: Catalog) -> Catalog:
    known = tuple(number for number in ZONE.windows if any(window.number == number for window in catalog.windows))
    zone = ZONE.model_copy(update={"windows": known})
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"zones": (zone,)})})


def slips(folder: HallFolder) -> dict[TicketState, str]:
    """The code on the slip of one ticket in each state there is; of those who wait one in the middle."""
    with Store.open(folder.database, HALL_ID, new_id=new_id) as store, store.read() as reader:
        last = max(ticket.day for ticket in reader.every(Ticket))
        tickets = [ticket for ticket in reader.every(Ticket) if ticket.day == last]
    return {state: _code(of[len(of) // 2]) for state, of in _by_state(tickets)}


def _by_state(tickets: list[Ticket]) -> Iterator[tuple[TicketState, list[Ticket]]]:
    for state in TicketState:
        if found := sorted((each for each in tickets if each.state is state), key=lambda each: each.issued_at):
            yield state, found


def _code(ticket: Ticket) -> str:
    code = SlipCode(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n, ticket.issued_at)
    return seal(code, HALL_ID, HALL_KEY)
