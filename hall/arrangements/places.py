"""Where what is done: windows 窗口 with the groups they serve, groups 业务类别, the services in them."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from hall.arrangements.part import Fields, Part, gaps, rearranged, unreadable
from hall.catalog import Catalog, ServiceGroup
from hall.window import Window
from hall.words import Count, Name, WindowNumber

MOST_NAME_LETTERS, MOST_EXAMPLE_LETTERS = 20, 6
"""What fits on a tile of the kiosk, and under it."""


class WindowPart(Part):
    """One window with its usual groups and the penalties for helping; None: there is no such window."""

    part: Literal["window"] = "window"
    number: WindowNumber
    window: Window | None = None

    @property
    def key(self) -> str:
        """Each window has one."""
        return f"{self.part}:{self.number}"

    def as_in(self, catalog: Catalog) -> "WindowPart":
        """As it stands."""
        usual = catalog.under("").windows
        return WindowPart(number=self.number, window=next((each for each in usual if each.number == self.number), None))

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place, at its place by number."""
        usual = catalog.under("").windows
        if self.window is not None and any(each.number == self.number for each in usual):
            return rearranged(catalog, windows=(self.window if w.number == self.number else w for w in usual))
        others = [each for each in usual if each.number != self.number]
        if self.window is not None:
            place = next((at for at, each in enumerate(others) if each.number > self.number), len(others))
            others.insert(place, self.window)
        return rearranged(catalog, windows=others)

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """It has its own number, groups that there are, each once, and nobody is left without a window."""
        if self.window is not None:
            served, known = (*self.window.groups, *self.window.helps), {group.id for group in catalog.groups}
            if self.window.number != self.number:
                yield "窗口号和这一项不一样，请核对"
            planned = {group for groups in self.window.plans.values() for group in groups}
            if (set(served) | planned) - known:
                yield "窗口里有大厅没有的业务类别，请刷新这一页再改"
            if len(served) > len(set(served)):
                yield "同一类既主办又协办，请留一样"
            yield from unreadable(self.window.name)
            if len(self.window.name) > MOST_NAME_LETTERS:
                yield f"窗口名称最多 {MOST_NAME_LETTERS} 个字"
        yield from gaps(catalog, self.within(catalog))


class GroupPart(Part):
    """One group: its name and place, what it may hold a day, and whether it is suspended 停办."""

    part: Literal["group"] = "group"
    group: Name
    name: str = Field(min_length=1, max_length=MOST_NAME_LETTERS)
    name_en: str = Field(min_length=1, max_length=60)
    place: str = Field(default="", max_length=40)
    place_en: str = Field(default="", max_length=60)
    examples: tuple[str, ...] = Field(default=(), max_length=8)
    usual_minutes: float = Field(default=10, gt=0, le=240)
    daily_limit: Count | None = None
    warning_at: Count | None = None
    suspended: bool = False

    @property
    def key(self) -> str:
        """Each group has one."""
        return f"{self.part}:{self.group}"

    def _fields(self) -> Fields:
        return {name: getattr(self, name) for name in type(self).model_fields if name not in ("part", "group")}

    def as_in(self, catalog: Catalog) -> "GroupPart":
        """As it stands."""
        return group_part(catalog, self.group)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, groups={self.group: self._fields()})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """Its name is its own, its examples fit, and whoever is not suspended has a window."""
        yield from unreadable(self.name, self.name_en)
        if any(group.name == self.name and group.id != self.group for group in catalog.groups):
            yield f"已经有一类叫{self.name}，请改一个名称"
        for example in self.examples:
            if not 0 < len(example) <= MOST_EXAMPLE_LETTERS:
                yield f"举例「{example}」应是 1 到 {MOST_EXAMPLE_LETTERS} 个字，首页才放得下"
        yield from gaps(catalog, self.within(catalog))


class ServicePart(Part):
    """One service: which group it belongs to, and so at which windows it is done; how long it usually takes."""

    part: Literal["service"] = "service"
    service: Name
    group: Name
    usual_minutes: float | None = Field(default=None, gt=0, le=240)

    @property
    def key(self) -> str:
        """Each service has one."""
        return f"{self.part}:{self.service}"

    def as_in(self, catalog: Catalog) -> "ServicePart":
        """As it stands."""
        service = catalog.service(self.service)
        return ServicePart(service=service.id, group=service.group, usual_minutes=service.usual_minutes)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        own = {"group": self.group, "usual_minutes": self.usual_minutes}
        services = (s.model_copy(update=own) if s.id == self.service else s for s in catalog.services)
        return rearranged(catalog, services=services)

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """The group is there, and the one it leaves keeps some."""
        if all(group.id != self.group for group in catalog.groups):
            yield "没有这一类，请刷新这一页再改"
        yield from gaps(catalog, self.within(catalog))


def group_part(catalog: Catalog, group_id: str) -> GroupPart:
    """A group as a part; KeyError if there is none."""
    return part_of_group(catalog.group(group_id))


def part_of_group(group: ServiceGroup) -> GroupPart:
    """What its page shows of a group.

    Raises:
        ValueError: If there is more of it than the page holds.
    """
    fields = {name: getattr(group, name) for name in GroupPart.model_fields if name not in ("part", "group")}
    return GroupPart(group=group.id, **fields)
