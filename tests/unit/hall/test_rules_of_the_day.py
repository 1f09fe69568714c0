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


def issuing(**changes: object) -> Catalog:
    usual = catalog()
    group = usual.groups[0].model_copy(update=changes)
    return usual.model_copy(update={"groups": (group,)})


def test_numbers_are_given_in_their_own_periods_and_before_the_doors_open() -> None:
    periods = issuing(issuing=WeekHours(tuesday=("09:00-10:00", "13:00-14:00")))
    given = {hour for hour in range(24) if refusal(periods, "social", at(hour), 0, None, []) is None}
    assert given == {9, 13}
    assert to_cancel([ticket(1)], periods, at(15)) == []  # the hall is still open
    early = issuing(pre_opening_minutes=30)
    assert [early.gives_numbers("social", at(8, minute)) for minute in (29, 30, 59)] == [False, True, True]
    assert early.next_numbers("social", at(7)) == at(8, 30)
    assert early.next_numbers("social", at(12, 10)) == at(12, 30)


def test_on_a_holiday_nothing_is_given_and_nobody_is_kept() -> None:
    usual = catalog()
    holiday = usual.model_copy(update={"hall": usual.hall.model_copy(update={"closed_days": (DAY,)})})
    assert refusal(holiday, "social", at(10), 0, None, []) == (NoNumber.CLOSED, None)
    assert holiday.next_numbers("social", at(10)) == datetime(2026, 12, 1, 9)  # noqa: DTZ001
    missed = ticket(1).model_copy(update={"state": TicketState.MISSED})
    assert to_cancel([missed], holiday, at(10)) == [missed]


def test_an_appointment_is_stopped_by_neither_hours_nor_limit_but_by_a_live_number() -> None:
    full, me = catalog(daily_limit=1), HolderToken("a" * 64)
    assert refusal(full, "social", at(8, 40), 9, me, [], booked=True) is None
    assert refusal(full, "social", at(9), 9, me, [(ticket(1), me)], booked=True) == (NoNumber.HAS_TICKET, ticket(1))
