"""The manager is told of a device that is not heard: since when, only in opening hours, only if it is missed."""

from hall.opening import WeekHours
from hall.wire.hello import DeviceKind
from hall.wire.views import GoneNow, LaneNow
from queue_server.operations.views import look
from queue_server.operations.views.contact import GONE_US, gone, last_heard
from tests.support.referee import SECOND, START_US, Referee, small_catalog

SOON, LATE = GONE_US // SECOND, GONE_US // SECOND + 1


def _lane(lane: int, device: str, seen: int | None = None, *, retired: bool = False) -> LaneNow:
    return LaneNow(lane=lane, device=device, seen=seen, behind=0, plan_until=None, retired=retired)


def _gone(referee: Referee, *lanes: LaneNow) -> list[tuple[str, int | None]]:
    with referee.store.read() as reader:
        found = gone(reader, look(reader, referee.moment), lanes)
    return [(missed.device, missed.since) for missed in found]


def test_a_window_is_missed_when_its_clerk_is_signed_in_and_nothing_of_it_is_heard() -> None:
    referee = Referee()
    session = referee.clerk(1)
    referee.pass_time(SOON)
    assert _gone(referee) == []
    referee.pass_time(1)
    assert _gone(referee) == [("1 号窗口", START_US)]
    referee.run(lambda transaction: transaction.put(session.used_at(referee.moment.wall_us)))
    assert _gone(referee) == []


def test_windows_of_one_name_are_missed_by_their_numbers() -> None:
    catalog = small_catalog()
    named = tuple(window.model_copy(update={"name": "综合窗口"}) for window in catalog.windows)
    referee = Referee(catalog=catalog.model_copy(update={"windows": named}))
    referee.clerk(1)
    referee.clerk(2)
    referee.pass_time(LATE)
    assert _gone(referee) == [("1 号窗口", START_US), ("2 号窗口", START_US)]


def test_a_kiosk_is_missed_by_its_newest_lane_unless_that_was_given_up() -> None:
    referee = Referee()
    referee.pass_time(LATE)
    now = referee.moment.wall_us
    assert _gone(referee, _lane(1, "east", START_US), _lane(2, "west", now)) == [("east", START_US)]
    assert _gone(referee, _lane(1, "east", START_US), _lane(2, "east", now)) == []
    assert _gone(referee, _lane(1, "east", START_US, retired=True), _lane(2, "new")) == [("new", None)]


def test_nobody_is_missed_while_the_hall_is_closed() -> None:
    referee = Referee(catalog=small_catalog(WeekHours(monday=("09:00-17:00",))))
    referee.clerk(1)
    referee.pass_time(LATE)
    assert _gone(referee, _lane(1, "east")) == []


def test_a_kiosk_is_heard_at_its_hello_and_as_long_as_its_session_is_in_use() -> None:
    referee = Referee()
    kiosk = referee.kiosk("east")
    lane = kiosk.welcome.lane
    with referee.store.read() as reader:
        assert last_heard(reader)[lane] == START_US
    referee.pass_time(LATE)
    referee.run(lambda transaction: transaction.put(kiosk.session.used_at(referee.moment.wall_us)))
    with referee.store.read() as reader:
        assert last_heard(reader)[lane] == referee.moment.wall_us


def test_the_kind_of_the_device_is_told_with_it() -> None:
    referee = Referee()
    referee.clerk(2)
    referee.pass_time(LATE)
    with referee.store.read() as reader:
        found = gone(reader, look(reader, referee.moment), [_lane(1, "east")])
    assert found == (
        GoneNow(device="east", kind=DeviceKind.KIOSK, since=None),
        GoneNow(device="2 号窗口", kind=DeviceKind.WINDOW, since=START_US, window=2),
    )
