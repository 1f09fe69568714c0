from datetime import datetime

import pytest
from pydantic import ValidationError

from hall.admission import NoNumber, refusal
from hall.catalog import Catalog, Hall, Service, ServiceGroup
from hall.closing import to_cancel
from hall.identity import HolderToken
from hall.opening import WeekHours, business_day, local_time
from hall.ticket import TicketState
from hall.window import Window
from tests.support.tickets import DAY, NINE, ticket

HOURS = WeekHours(tuesday=("09:00-12:00", "13:00-17:00"))


def catalog(*, serve_after_closing: bool = True, daily_limit: int | None = None) -> Catalog:
    hall = Hall(id="qinghe", name="青禾", name_en="Qinghe", hours=HOURS, serve_after_closing=serve_after_closing)
    group = ServiceGroup(
        id="social", prefix="A", name="社会保险", name_en="Social", icon="umbrella", daily_limit=daily_limit
    )
    service = Service(id="card", group="social", name="社保卡申领", name_en="Card", department="人社局")
    window = Window(number=3, name="3号窗口", groups=("social",))
    return Catalog(hall=hall, groups=(group,), services=(service,), windows=(window,))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute)  # noqa: DTZ001 - the hall's own clock


def test_the_hall_lives_at_its_offset() -> None:
    assert local_time(NINE, 480) == at(9)
    assert business_day(NINE - 9 * 3_600_000_000, 480) == DAY
    assert business_day(NINE - 9 * 3_600_000_000 - 1, 480) != DAY


def test_numbers_are_given_in_opening_hours_only() -> None:
    open_hours = {hour: refusal(catalog(), "social", at(hour), 0, None, []) is None for hour in range(24)}
    assert [hour for hour, ok in open_hours.items() if ok] == [9, 10, 11, 13, 14, 15, 16]
    assert HOURS.next_opening(at(12)) == at(13)
    assert HOURS.next_opening(at(17)) == datetime(2026, 12, 1, 9)  # noqa: DTZ001


def test_one_live_ticket_per_person_and_group() -> None:
    me, other = HolderToken("a" * 64), HolderToken("b" * 64)
    mine = ticket(1)
    finished = mine.model_copy(update={"state": TicketState.FINISHED})
    assert refusal(catalog(), "social", at(9), 1, me, [(mine, me)]) == (NoNumber.HAS_TICKET, mine)
    assert refusal(catalog(), "social", at(9), 1, me, [(mine, other)]) is None
    assert refusal(catalog(), "social", at(9), 1, me, [(finished, me)]) is None
    assert refusal(catalog(), "social", at(9), 1, None, [(mine, me)]) is None


def test_a_full_group_says_so() -> None:
    assert refusal(catalog(daily_limit=2), "social", at(9), 2, None, []) == (NoNumber.FULL, None)
    assert refusal(catalog(daily_limit=2), "social", at(9), 1, None, []) is None


def test_at_closing_time_the_setting_decides_about_those_still_waiting() -> None:
    waiting, called, missed = (
        ticket(n).model_copy(update={"state": state})
        for n, state in enumerate((TicketState.WAITING, TicketState.CALLED, TicketState.MISSED), 1)
    )
    everyone = [waiting, called, missed]
    assert to_cancel(everyone, catalog(), at(16, 59)) == []
    assert to_cancel(everyone, catalog(), at(17)) == [missed]
    assert to_cancel(everyone, catalog(serve_after_closing=False), at(17)) == [waiting, missed]
    tomorrow = datetime(2026, 11, 25, 0, 0)  # noqa: DTZ001
    assert to_cancel(everyone, catalog(), tomorrow) == [waiting, missed]


@pytest.mark.parametrize("periods", [("9-12",), ("12:00-09:00",), ("09:00-12:00", "11:00-13:00")])
def test_impossible_hours_are_refused_in_words(periods: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match="时段"):
        WeekHours(monday=periods)


def test_the_version_follows_the_content() -> None:
    assert catalog().version == catalog().version
    assert catalog().version != catalog(daily_limit=3).version
