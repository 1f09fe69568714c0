"""What the hall did not have before: a group 业务类别 that can be taken a number for at once, or one more service 事项.

None in its place: there is no such thing. What was made can be taken away again while nobody has taken a number for it.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from hall.arrangements.part import Part, gaps, rearranged, unreadable
from hall.arrangements.places import MOST_EXAMPLE_LETTERS, MOST_NAME_LETTERS, part_of_group
from hall.catalog import Catalog, Service, ServiceGroup
from hall.window import Window
from hall.words import Name, WindowNumber, Word

MOST_SERVICE_LETTERS = 40
"""Of a service's name: two lines of a row of the kiosk."""
MOST_TEXT_LETTERS = 80
"""Of whatever else is said of a service in one line."""


class MadeGroup(Word):
    """A group with all it needs: its services, and the windows it is one of the main groups of."""

    group: ServiceGroup
    services: tuple[Service, ...] = ()
    windows: tuple[WindowNumber, ...] = ()


class NewGroup(Part):
    """Whether there is a group of that id, and what was made with it."""

    part: Literal["new_group"] = "new_group"
    id: Name
    made: MadeGroup | None = None

    @property
    def key(self) -> str:
        """Each group has one."""
        return f"{self.part}:{self.id}"

    def as_in(self, catalog: Catalog) -> "NewGroup":
        """As it stands."""
        group = next((group for group in catalog.groups if group.id == self.id), None)
        if group is None:
            return NewGroup(id=self.id)
        windows = tuple(window.number for window in catalog.under("").windows if self.id in window.groups)
        made = MadeGroup(group=group, services=tuple(catalog.services_of(self.id)), windows=windows)
        return NewGroup(id=self.id, made=made)

    def within(self, catalog: Catalog) -> Catalog:
        """Put last; its windows serve it under every plan. Or taken away, from windows and zones as well."""
        usual = catalog.under("")
        groups = [group for group in usual.groups if group.id != self.id]
        services = [service for service in usual.services if service.group != self.id]
        windows: Iterable[Window] = (_without(window, self.id) for window in usual.windows)
        zones = (
            zone.model_copy(update={"groups": tuple(group for group in zone.groups if group != self.id)})
            for zone in usual.hall.zones
        )
        if self.made is None:
            hall = {"zones": tuple(zones)}
            return rearranged(catalog, hall=hall, all_groups=groups, services=services, windows=windows)
        at = self.made.windows
        windows = (_with(window, self.id) if window.number in at else window for window in windows)
        groups, services = [*groups, self.made.group], [*services, *self.made.services]
        return rearranged(catalog, all_groups=groups, services=services, windows=windows)

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """It is new, can be told from the others and be served; or nothing is left empty by its going."""
        if self.made is None:
            yield from _left_empty(catalog, self.id, self.within(catalog))
            return
        services, windows = self.made.services, self.made.windows
        if self.made.group.id != self.id or any(service.group != self.id for service in services):
            yield "编号和这一项不一样，请刷新这一页再改"
        yield from _confused(self.made.group, catalog)
        if self.made.group.booking is not None:
            yield "预约时段由办事目录的文件发布，请先不写预约"
        if not services:
            yield "请写上第一个事项"
        for place, service in enumerate(services):
            yield from _misfits(service, (*catalog.services, *services[:place]))
        if not windows:
            yield "请至少选一个窗口"
        if set(windows) - {window.number for window in catalog.windows}:
            yield "有大厅没有的窗口，请刷新这一页再改"


class NewService(Part):
    """Whether there is a service of that id, and what was made of it."""

    part: Literal["new_service"] = "new_service"
    id: Name
    made: Service | None = None

    @property
    def key(self) -> str:
        """Each service has one."""
        return f"{self.part}:{self.id}"

    def as_in(self, catalog: Catalog) -> "NewService":
        """As it stands."""
        return NewService(id=self.id, made=next((each for each in catalog.services if each.id == self.id), None))

    def within(self, catalog: Catalog) -> Catalog:
        """Put last, or taken away."""
        others = [service for service in catalog.services if service.id != self.id]
        return rearranged(catalog, services=others if self.made is None else [*others, self.made])

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """It is new, its group is there, and it can be told from the others; or its group keeps some."""
        if self.made is None:
            yield from gaps(catalog, self.within(catalog))
            return
        if self.made.id != self.id:
            yield "编号和这一项不一样，请刷新这一页再改"
        if all(group.id != self.made.group for group in catalog.groups):
            yield "没有这一类，请刷新这一页再改"
        yield from _misfits(self.made, catalog.services)


def _confused(group: ServiceGroup, catalog: Catalog) -> Iterator[str]:
    """Why a new group cannot be told from the others, or read."""
    for other in catalog.groups:
        if other.id == group.id:
            yield "已经有这一类，请到它自己的页上改"
        if other.prefix == group.prefix:
            yield f"{group.prefix} 字头是{other.name}的，请换一个字母"
        if other.name == group.name:
            yield f"已经有一类叫{group.name}，请改一个名称"
    yield from unreadable(group.name, group.name_en)
    if len(group.name) > MOST_NAME_LETTERS:
        yield f"业务类别的名称最多 {MOST_NAME_LETTERS} 个字"
    elif not _has_a_page(group):
        yield "有的文字太长，或者有的数太大，这一类以后就改不了，请改短、改小"


def _has_a_page(group: ServiceGroup) -> bool:
    """Whether it can be shown and changed once it is there: the files may say more of a group than its page can."""
    try:
        part_of_group(group)
    except ValueError:
        return False
    return all(0 < len(example) <= MOST_EXAMPLE_LETTERS for example in group.examples)


def _misfits(service: Service, others: Iterable[Service]) -> Iterator[str]:
    """Why a new service cannot be told from the others, or read."""
    yield from unreadable(service.name, service.name_en, service.department, *service.aliases)
    if len(service.name) > MOST_SERVICE_LETTERS:
        yield f"事项的名称最多 {MOST_SERVICE_LETTERS} 个字"
    if any(len(text) > MOST_TEXT_LETTERS for text in (service.name_en, service.department, *service.aliases)):
        yield f"英文名称、办理部门和每个俗称最多 {MOST_TEXT_LETTERS} 个字"
    others = tuple(others)
    if any(other.name == service.name for other in others):
        yield f"已经有一个事项叫{service.name}，请改一个名称"
    if any(other.id == service.id for other in others):
        yield "已经有这个事项，请到它自己的页上改"


def _with(window: Window, group: str) -> Window:
    plans = {plan: (*groups, group) for plan, groups in window.plans.items()}
    return window.model_copy(update={"groups": (*window.groups, group), "plans": plans})


def _without(window: Window, group: str) -> Window:
    return window.model_copy(
        update={
            "groups": _but(window.groups, group),
            "helps": {each: minutes for each, minutes in window.helps.items() if each != group},
            "plans": {plan: _but(groups, group) for plan, groups in window.plans.items()},
        }
    )


def _but(groups: tuple[str, ...], group: str) -> tuple[str, ...]:
    return tuple(each for each in groups if each != group)


def _left_empty(catalog: Catalog, group: str, after: Catalog) -> Iterator[str]:
    """What has nothing left once a group is gone."""
    if any(each.id == group and each.booking is not None for each in catalog.groups):
        yield "这一类接受预约，不能撤掉；整类不办请用「停办」"
    for window in after.under("").windows:
        if not window.groups:
            yield f"{window.number} 号窗口只办这一类，请先给它别的业务"
        for plan, groups in window.plans.items():
            if not groups:
                yield f"潮汐方案「{plan}」里 {window.number} 号窗口只办这一类，要先改办事目录的文件"
    for zone in after.hall.zones:
        if not zone.windows and not zone.groups:
            yield f"叫号屏区域「{zone.name}」只显示这一类，请先改那里"
