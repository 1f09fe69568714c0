"""A group or a service that a manager makes while the hall runs: complete at once, or refused in words; taken back."""

from typing import Any

import pytest

from hall.arrangements import (
    MadeGroup,
    NewGroup,
    NewService,
    ServicePart,
    Waiting,
    WindowPart,
    ZonePart,
    group_part,
    parts_of,
)
from hall.catalog import Service, ServiceGroup
from hall.search import search
from hall.slots import SlotPlan
from hall.window import Window
from hall.wire import commands
from hall.wire.replies import Refusal
from hall.zones import Zone
from queue_server.operations.summaries import bring_up_to_date
from queue_server.operations.views import hall_now
from queue_server.store import check
from queue_server.web.manage.picture import picture
from queue_server.web.manage.tiles import Thresholds
from tests.support.booked import BookedHall
from tests.support.referee import Referee, small_catalog
from tests.support.summed import Told
from tests.unit.queue_server_operations.test_arranging import catalog_of, change

DAY_S = 86_400
GROUP = ServiceGroup(id="gamma", prefix="G", name="丙类", name_en="Gamma", icon="star")
FIRST = Service(id="gamma_one", group="gamma", name="丙事项", name_en="Three", department="丙局")
GAMMA = NewGroup(id="gamma", made=MadeGroup(group=GROUP, services=(FIRST,), windows=(1, 3)))
MORE = NewService(
    id="alpha_two",
    made=Service(id="alpha_two", group="alpha", name="另一项", name_en="Other", department="甲局", initials=("lyx",)),
)


def another(**changes: Any) -> NewGroup:
    """The new group, made otherwise."""
    assert GAMMA.made is not None
    own = {name: changes.pop(name) for name in ("services", "windows") if name in changes}
    group = GROUP.model_copy(update=changes)
    return GAMMA.model_copy(update={"made": GAMMA.made.model_copy(update=own | {"group": group})})


def service(**changes: Any) -> Service:
    return FIRST.model_copy(update=changes)


def test_a_new_group_gives_numbers_and_is_called_at_once() -> None:
    referee = Referee()
    assert change(referee, GAMMA).done
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    ticket = kiosk.issue("gamma")
    assert kiosk.push().highwater == 1
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    assert (called.id, called.number) == (ticket.ticket, "G001")
    assert catalog_of(referee).window(2).penalty_us("gamma") is None
    with referee.store.read() as reader:
        assert check(reader).tables_agree


def test_whatever_plan_is_in_force_its_windows_serve_it() -> None:
    usual = small_catalog()
    first, *others = usual.windows
    planned = first.model_copy(update={"plans": {"早高峰": ("beta",)}})
    referee = Referee(catalog=usual.model_copy(update={"windows": (planned, *others)}))
    assert change(referee, another(windows=(1,))).done
    assert catalog_of(referee).under("早高峰").window(1).groups == ("beta", "gamma")


def test_an_old_state_of_a_window_does_not_bring_back_into_a_plan_a_group_that_is_gone() -> None:
    usual = small_catalog()
    first, *others = usual.windows
    planned = first.model_copy(update={"plans": {"早高峰": ("beta",)}})
    referee = Referee(catalog=usual.model_copy(update={"windows": (planned, *others)}))
    assert change(referee, another(windows=(1, 3))).done
    made = catalog_of(referee).window(1)
    without = made.model_copy(update={"groups": ("alpha",)})  # in the plan it serves it still
    assert change(referee, WindowPart(number=1, window=without)).done
    assert change(referee, NewGroup(id="gamma")).done
    old = WindowPart(number=1, window=without)
    assert "大厅没有的业务类别" in "；".join(old.troubles(catalog_of(referee)))
    assert change(referee, old).refusal is Refusal.BAD_ARRANGEMENT


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (another(prefix="A"), "A 字头是甲类的"),
        (another(name="乙类"), "已经有一类叫乙类"),
        (another(name="丙" * 21), "最多 20 个字"),
        (another(name="\u200b"), "名称里要有字"),
        (another(windows=()), "请至少选一个窗口"),
        (another(windows=(1, 40)), "大厅没有的窗口"),
        (another(services=()), "请写上第一个事项"),
        (another(services=(service(name="甲事项"),)), "已经有一个事项叫甲事项"),
        (another(services=(service(id="alpha_one"),)), "已经有这个事项"),
        (another(services=(service(group="alpha"),)), "编号和这一项不一样"),
        (another(services=(FIRST, service(name="又一项"))), "已经有这个事项"),
        (another(services=(FIRST, service(id="gamma_two"))), "已经有一个事项叫丙事项"),
        (another(services=(service(aliases=("a\0b",)),)), "不要有看不见的符号"),
        (another(services=(service(department="局" * 81),)), "最多 80 个字"),
        (another(name_en="x" * 61), "有的文字太长"),
        (another(place="楼" * 41), "有的文字太长"),
        (another(examples=("七个字的举例呀",)), "有的文字太长"),
        (another(daily_limit=10_000_000), "有的数太大"),
        (another(booking=SlotPlan()), "预约时段由办事目录的文件发布"),
        (another(id="alpha"), "编号和这一项不一样"),
        (MORE.model_copy(update={"made": service(id="alpha_two", group="delta")}), "没有这一类"),
        (MORE.model_copy(update={"made": service(id="alpha_two", group="alpha", name="长" * 41)}), "最多 40 个字"),
        (MORE.model_copy(update={"made": service(id="other", group="alpha")}), "编号和这一项不一样"),
    ],
)
def test_what_does_not_fit_is_told_and_refused(wanted: NewGroup | NewService, words: str) -> None:
    referee = Referee()
    assert words in "；".join(wanted.troubles(catalog_of(referee)))
    assert change(referee, wanted).refusal is Refusal.BAD_ARRANGEMENT


def test_a_group_at_the_edge_of_what_fits_has_a_page_and_can_be_changed() -> None:
    referee = Referee()
    most = another(
        name="丙" * 20, name_en="x" * 60, place="楼" * 40, examples=("六个字的举例",) * 8, daily_limit=999_999
    )
    assert change(referee, most).done
    assert group_part(catalog_of(referee), "gamma") in parts_of(catalog_of(referee))


def test_what_is_there_is_not_made_again() -> None:
    referee = Referee()
    assert change(referee, GAMMA).done
    named_otherwise = another(name="丁类", prefix="D")
    assert "已经有这一类" in "；".join(named_otherwise.troubles(catalog_of(referee)))
    assert change(referee, named_otherwise).refusal is Refusal.BAD_ARRANGEMENT
    assert change(referee, GAMMA, before=NewGroup(id="gamma")).refusal is Refusal.CHANGED_MEANWHILE


def test_it_is_taken_back_whole_while_nobody_has_taken_a_number() -> None:
    referee = Referee()
    before = catalog_of(referee)
    assert change(referee, GAMMA).done
    assert change(referee, ZonePart(id="east", zone=Zone(id="east", name="东区", windows=(1,), groups=("gamma",)))).done
    renamed = group_part(catalog_of(referee), "gamma").model_copy(update={"name": "丁类"})
    assert change(referee, renamed).done
    with referee.store.read() as reader:
        made = [entry.seq for entry in reader.arrangement_changes()][-1]
    assert change(referee, NewGroup(id="gamma"), reverts=made).done
    after = catalog_of(referee)
    assert (after.groups, after.services, after.windows) == (before.groups, before.services, before.windows)
    assert after.hall.zones[0].groups == ()
    with referee.store.read() as reader:
        assert check(reader).tables_agree


def test_a_number_of_a_group_that_was_taken_back_meanwhile_is_told_and_can_be_called_once_the_group_is_back() -> None:
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    assert change(referee, GAMMA).done
    ticket = kiosk.issue("gamma", offline=True)
    assert change(referee, NewGroup(id="gamma")).done
    with referee.store.read() as reader:
        taken_back = next(iter(reader.arrangement_changes())).seq
    assert kiosk.push().highwater == 1
    with referee.store.read() as reader:
        told = picture(hall_now(reader, referee.moment), Thresholds(25, 40)).alerts
    assert [alert.title for alert in told] == ["G001没有窗口叫得到：那一类业务已经没有了"]
    assert change(referee, GAMMA, reverts=taken_back).done
    with referee.store.read() as reader:
        assert hall_now(reader, referee.moment).groupless == ()
    called = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert called is not None
    assert called.id == ticket.ticket
    with referee.store.read() as reader:
        assert check(reader).tables_agree


@pytest.mark.parametrize("days", [0, 3])
@pytest.mark.parametrize("gone", [NewGroup(id="gamma"), NewService(id="gamma_one")])
def test_what_a_number_was_taken_for_stays(days: int, gone: NewGroup | NewService) -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    assert change(referee, another(services=(FIRST, service(id="gamma_two", name="又一项")))).done
    kiosk.issue("gamma")
    kiosk.push()
    referee.pass_time(days * DAY_S)
    bring_up_to_date(referee.store, Told(referee), lambda: True)
    assert change(referee, gone, waiting=Waiting.SERVE).refusal is Refusal.NUMBERS_GIVEN
    assert gone.as_in(catalog_of(referee)).made is not None


@pytest.mark.parametrize("days", [0, 3])
def test_a_service_that_was_asked_for_elsewhere_does_not_go_with_the_group_it_was_moved_to(days: int) -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    assert change(referee, MORE).done
    kiosk.issue("alpha")
    kiosk.push()
    referee.pass_time(days * DAY_S)
    bring_up_to_date(referee.store, Told(referee), lambda: True)
    assert change(referee, GAMMA).done
    assert change(referee, ServicePart(service="alpha_one", group="gamma")).done
    assert change(referee, NewGroup(id="gamma")).refusal is Refusal.NUMBERS_GIVEN
    assert change(referee, ServicePart(service="alpha_one", group="alpha")).done
    assert change(referee, NewGroup(id="gamma")).done
    assert [service.id for service in catalog_of(referee).services_of("alpha")] == ["alpha_one", "alpha_two"]


def test_a_service_for_which_somebody_has_an_appointment_stays() -> None:
    hall = BookedHall()
    assert change(hall, MORE).done
    booking = hall.book(1, service="alpha_two", days=1)
    assert change(hall, NewService(id="alpha_two")).refusal is Refusal.NUMBERS_GIVEN
    hall.cancel(booking.number)
    assert change(hall, NewService(id="alpha_two")).done


def test_nothing_else_is_left_empty_by_its_going() -> None:
    referee = Referee()
    assert change(referee, another(windows=(1,))).done
    only = Window(number=1, name="1号窗口", groups=("gamma",))
    assert change(referee, WindowPart(number=1, window=only)).done
    assert change(referee, ZonePart(id="west", zone=Zone(id="west", name="西区", groups=("gamma",)))).done
    told = "；".join(NewGroup(id="gamma").troubles(catalog_of(referee)))
    assert "1 号窗口只办这一类" in told
    assert "区域「西区」只显示这一类" in told
    assert change(referee, NewGroup(id="gamma")).refusal is Refusal.BAD_ARRANGEMENT
    assert "甲类就没有事项了" in "；".join(NewService(id="alpha_one").troubles(catalog_of(referee)))


def test_a_new_service_is_found_and_may_be_given_to_another_group() -> None:
    referee = Referee()
    assert change(referee, MORE).done
    (found,) = search(catalog_of(referee).services, "lyx")
    assert found.service.name == "另一项"
    assert change(referee, ServicePart(service="alpha_two", group="beta")).done
    assert change(referee, NewService(id="alpha_two")).done
    assert search(catalog_of(referee).services, "lyx") == []
