"""The hall that is simulated: its catalogue, its people, and the disks as they are when the doors open."""

from functools import lru_cache
from itertools import cycle

from hall.catalog import Catalog, Hall, Service, ServiceGroup
from hall.clock import Moment
from hall.identity import DocumentKind, IdentityDocument, check_character, holder_of
from hall.opening import DAYS, WeekHours, business_day
from hall.slots import Slot, SlotPlan
from hall.window import Window
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.disk import Disk, server_database
from queue_server.operations.bookings import record_booking
from queue_server.operations.catalog import publish_catalog
from queue_server.store import Store, Transaction

HALL_ID = "sim-hall"
HALL_KEY = bytes(range(32))
SAFE_SERVER, SAFE_LEDGER = 2, 3
"""FULL for a write-ahead log, EXTRA for a rollback journal: below these a commit may be forgotten with the power."""
GROUPS = {"alpha": "A", "beta": "B", "gamma": "C"}
_SLOTS = 2
_ALL_DAY = ("00:00-24:00",)
_OFFICE = ("09:00-12:00", "13:00-17:30")
PEOPLE = 200
BOOKED, BOOKED_GROUP = 80, "alpha"
"""So many of the people, the first ones, have an appointment of that group in the hours after the doors open."""
CANARY_NUMBER, CANARY_NAME = "99999919", "龘龖"
"""How every invented person's number and name begin: neither may stand on any disk, and no real one begins so."""
CANARY_NOTE = "靐齉"
"""A clerk's word for a colleague: in no fact, no stored command, and gone with the visit."""
PLAN, AUTO_CALL_SECONDS = "潮汐", 15


@lru_cache(maxsize=256)
def catalogue(
    windows: int, *, open_all_day: bool = True, serve_after: bool = True, notice: str = "", without: str = ""
) -> Catalog:
    """Three groups and so many windows, some of which help out after a while."""
    hours = WeekHours(**dict.fromkeys(DAYS, _ALL_DAY if open_all_day else _OFFICE))
    groups = [group for group in GROUPS if group != without]
    return Catalog(
        hall=Hall(
            id=HALL_ID,
            name="模拟大厅",
            name_en="Simulated Hall",
            hours=hours,
            serve_after_closing=serve_after,
            notice=notice,
            auto_call_seconds=AUTO_CALL_SECONDS,
            calls_before_missed=2,
        ),
        groups=tuple(_group(g) for g in groups),
        services=tuple(Service(id=f"{g}_one", group=g, name=f"{g}事项", name_en=g, department="局") for g in groups),
        windows=tuple(_window(number, groups) for number in range(1, windows + 1)),
    )


def _group(group: str) -> ServiceGroup:
    plan = SlotPlan(capacity=BOOKED) if group == BOOKED_GROUP else None
    return ServiceGroup(id=group, prefix=GROUPS[group], name=f"{group}类", name_en=group, icon="a", booking=plan)


def _window(number: int, groups: list[str]) -> Window:
    own = groups[number % len(groups)]
    other = groups[(number + 1) % len(groups)]
    match number % 3:
        case 0:
            return Window(number=number, name=f"{number}号窗口", groups=tuple(groups))
        case 1:
            return Window(
                number=number, name=f"{number}号窗口", groups=(own,), helps={other: 10}, plans={PLAN: (other,)}
            )
        case _:
            return Window(number=number, name=f"{number}号窗口", groups=(own, other))


@lru_cache(maxsize=PEOPLE)
def person(number: int) -> IdentityDocument:
    """One of the invented people: a citizen number of a region that does not exist, a name of rare characters."""
    body = f"{CANARY_NUMBER}{number % 100:02}0101{number:03}"
    name = f"{CANARY_NAME}{number}"
    return IdentityDocument(kind=DocumentKind.RESIDENT, name=name, number=body + check_character(body))


@lru_cache(maxsize=4)
def empty_server() -> bytes:
    """A server's disk at the newest schema, without a hall on it yet."""
    store = Store.in_memory(HALL_ID, new_id=Dice("empty server").new_id)
    image = bytes(store._database.connection().serialize("main"))  # noqa: SLF001 - only to save a second per seed
    store.close()
    return image


def server_disk(catalog: Catalog, dice: Dice, moment: Moment) -> Disk:
    """A server's disk with a life of its own and a catalogue in force."""
    disk = Disk(empty_server(), SAFE_SERVER)
    store = Store.over(server_database(disk), HALL_ID, new_id=dice.new_id)
    store.run(lambda t: publish_catalog(t, moment, catalog))
    return disk


def booked_slots(catalog: Catalog, now_us: int) -> list[Slot]:
    """The next times of this day for which people have appointments."""
    day = business_day(now_us, catalog.hall.offset_minutes)
    return [slot for slot in catalog.slots_of(BOOKED_GROUP, day, {}) if slot.at > now_us][:_SLOTS]


def book(catalog: Catalog, disk: Disk, moment: Moment) -> None:
    """Appointments as a portal brought them, in the next slots of this day; with randomness of their own."""
    store = Store.over(server_database(disk), HALL_ID, new_id=Dice("appointments").new_id)
    slots = booked_slots(catalog, moment.wall_us)

    def record(transaction: Transaction) -> None:
        for number, slot in zip(range(BOOKED), cycle(slots), strict=False):
            holder = holder_of(person(number), HALL_KEY)
            record_booking(transaction, moment, f"{number:08}", f"{BOOKED_GROUP}_one", slot, holder)

    store.run(record)


def ledger_disk() -> Disk:
    """A kiosk's disk without a ledger."""
    return Disk(b"", SAFE_LEDGER)
